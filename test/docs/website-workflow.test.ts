import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const path = '.github/workflows/website.yml';
const text = readFileSync(path, 'utf8');
const { permissions, jobs } = parse(text);

it('the workflow of the site has no more rights than it needs', () => {
  expect(permissions).toEqual({ contents: 'read' });
  expect(jobs.build.permissions).toBeUndefined();
  expect(jobs.publish.permissions).toEqual({ pages: 'write', 'id-token': 'write' });
  expect(jobs.publish.if).toContain("github.ref == 'refs/heads/main'");
  for (const [, action] of text.matchAll(/uses: (\S+)/g)) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
});

it('the workflow of the site builds it as `make website` does', () => {
  expect(text).toContain('run: make website');
  expect(readFileSync('Makefile', 'utf8')).toMatch(/^website: .*WEBSITE_BASE/m);
});

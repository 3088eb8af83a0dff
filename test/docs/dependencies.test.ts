import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pages } from './pages.ts';

test('docs/dependencies.md has a reason for each dependency, and for no other', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8'));
  const listed = [...(pages.get('docs/dependencies.md') ?? '').matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, name]) => name);
  expect(listed).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
});

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = 'examples/gitlab/component/templates';
const components = readdirSync(folder);

interface Input {
  readonly description: string;
  readonly default: string;
  readonly regex?: string;
  readonly options?: readonly string[];
}
interface Job {
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
}

function read(file: string, inputs: Readonly<Record<string, string>> = {}) {
  const text = readFileSync(join(folder, file), 'utf8');
  const spec: { readonly spec: { readonly inputs: Readonly<Record<string, Input>> } } = parseAllDocuments(text)[0]?.toJS();
  const declared = spec.spec.inputs;
  // GitLab puts inputs into the text of what stands below the header.
  const body = text
    .replace(/^[\s\S]*?\n---\n/, '')
    .replaceAll(/\$\[\[ inputs\.(\w+) \]\]/g, (_, name) => inputs[name] ?? declared[name]?.default ?? 'undeclared');
  const jobs: Readonly<Record<string, Job>> = parseAllDocuments(body)[0]?.toJS();
  const [job = { variables: {}, script: [] }] = Object.values(jobs);
  const used = [...text.matchAll(/\$\[\[ inputs\.(\w+) \]\]/g)].map(([, name = '']) => name);
  return { declared, used, job, names: Object.keys(jobs) };
}

/** The words of each `npx` that the job's script runs. */
function wordsOf({ variables, script }: Job): readonly string[] {
  const programs = temporaryFolder();
  for (const [name, text] of [
    ['npx', `for word in "$@"; do printf '<%s>' "$word"; done >> '${programs}/words'; echo >> '${programs}/words'`],
    ['git', ''],
  ])
    writeFileSync(join(programs, name ?? ''), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const env = { PATH: `${programs}:${process.env.PATH}`, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: '$(touch pwned)', ...variables };
  expect(spawnSync('sh', ['-e', '-c', script.join('\n')], { cwd: programs, env, encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  });
  expect(readdirSync(programs)).not.toContain('pwned');
  return readFileSync(join(programs, 'words'), 'utf8').trim().split('\n');
}

describe.each(components)('the GitLab component %s', (file) => {
  it('declares each input that it uses, uses each that it declares, and has defaults of the right form', () => {
    const { declared, used, names } = read(file);
    expect([...new Set(used)].sort()).toEqual(Object.keys(declared).sort());
    expect(names).toEqual([`mainsheet: ${file.replace('.yml', '')}`]);
    for (const [name, { description, default: value, regex, options }] of Object.entries(declared)) {
      expect(description, name).toMatch(/\S/);
      if (regex !== undefined) expect(value).toMatch(new RegExp(regex));
      if (options !== undefined) expect(options).toContain(value);
      if (name !== 'stage') expect(regex ?? options, name).toBeDefined();
    }
  });

  it('takes no input that a shell would act on', () => {
    const { declared } = read(file);
    for (const hostile of ['$(touch pwned)', '`x`', 'a b', 'a;b', '"', "'", '\n', '$X', '| x'])
      for (const { regex, options } of Object.values(declared)) {
        if (regex !== undefined) expect(new RegExp(regex, 'u').test(hostile), `${regex} ${hostile}`).toBe(false);
        if (options !== undefined) expect(options).not.toContain(hostile);
      }
  });
});

it('the components run what their inputs say', () => {
  expect(wordsOf(read('check.yml', { root: 'mesh', version: '0.2.0' }).job)).toEqual([
    '<--yes><mainsheet@0.2.0><check><--root><mesh><--format><gitlab>',
    '<--yes><mainsheet@0.2.0><test><--root><mesh>',
    '<--yes><mainsheet@0.2.0><render><--check><--root><mesh>',
    '<--yes><mainsheet@0.2.0><verify><--root><mesh>',
    '<--yes><mainsheet@0.2.0><diff><--root><mesh><--base><origin/$(touch pwned)>',
  ]);
  expect(wordsOf(read('rollouts.yml').job)).toEqual([
    expect.stringMatching(/^<--yes><mainsheet@[\d.]+><rollout><advance><--all><--root><\.>$/),
  ]);
  expect(wordsOf(read('rollouts.yml', { automerge: 'gated' }).job)[0]).toMatch(/<--automerge=gated>$/);
});

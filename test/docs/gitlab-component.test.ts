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

/** What became of a job in a folder of its own, as GitLab's shell runs it. */
interface RanJob {
  readonly status: number | null;
  readonly log: string;
  /** The words of each `npx`. */
  readonly words: readonly string[];
  readonly file: (name: string) => string;
}

/** Runs a job's script; `npx` ends as `codes` says of its command. */
function play({ variables, script }: Job, codes: Readonly<Record<string, number>> = {}): RanJob {
  const programs = temporaryFolder();
  const ends = Object.entries(codes).map(([command, code]) => `[ "$3" = ${command} ] && exit ${code}`);
  for (const [name, text] of [
    [
      'npx',
      `for word in "$@"; do printf '<%s>' "$word"; done >> '${programs}/words'; echo >> '${programs}/words'\necho "answer of $3"\n${ends.join('\n')}\nexit 0`,
    ],
    ['git', ''],
  ])
    writeFileSync(join(programs, name ?? ''), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  const env = { PATH: `${programs}:${process.env.PATH}`, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: '$(touch pwned)', ...variables };
  const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', script.join('\n')], { cwd: programs, env, encoding: 'utf8' });
  expect(readdirSync(programs)).not.toContain('pwned');
  const file = (name: string) => readFileSync(join(programs, name), 'utf8');
  return { status, log: stdout + stderr, words: file('words').trim().split('\n'), file };
}

/** The words of each `npx` of a job where all goes well. */
function wordsOf(job: Job): readonly string[] {
  const { status, words } = play(job);
  expect(status).toBe(0);
  return words;
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
  const check = { root: 'mesh', version: '0.2.0' };
  expect(wordsOf(read('check.yml', check).job)).toEqual([
    '<--yes><mainsheet@0.2.0><check><--format><gitlab><--root><mesh>',
    '<--yes><mainsheet@0.2.0><test><--format><junit><--root><mesh>',
    '<--yes><mainsheet@0.2.0><render><--check><--root><mesh>',
    '<--yes><mainsheet@0.2.0><verify><--root><mesh>',
    '<--yes><mainsheet@0.2.0><diff><--base><origin/$(touch pwned)><--exit-code><--format><markdown><--root><mesh>',
  ]);
  const elsewhere = wordsOf(read('check.yml', { ...check, rendered: 'elsewhere' }).job);
  expect(elsewhere.map((line) => line.split('><')[2])).toEqual(['check', 'test', 'diff']);
  expect(elsewhere[2]).toContain('<--rerender>');
  expect(wordsOf(read('publish.yml').job)).toEqual([expect.stringMatching(/^<--yes><mainsheet@[\d.]+><publish><--root><\.>$/)]);
  expect(wordsOf(read('rollouts.yml').job)).toEqual([
    expect.stringMatching(/^<--yes><mainsheet@[\d.]+><rollout><advance><--all><--root><\.>$/),
  ]);
  expect(wordsOf(read('rollouts.yml', { automerge: 'gated' }).job)[0]).toMatch(/<--automerge=gated>$/);
});

describe('the job of the component check', () => {
  const { job } = read('check.yml');

  it('is green where something changes, and says so to later jobs', () => {
    const { status, log, file } = play(job, { diff: 2 });
    expect({ status, variables: file('mainsheet.env') }).toEqual({
      status: 0,
      variables: 'MAINSHEET_CHANGED=true\nMAINSHEET_EXIT_CODE=0\n',
    });
    expect([log, file('mainsheet-diff.md'), file('gl-code-quality-report.json')]).toEqual([
      'answer of render\nanswer of verify\nanswer of diff\n',
      'answer of diff\n',
      'answer of check\n',
    ]);
  });

  it('runs all, tells what was found in words as well, and ends with the first failure', () => {
    const { status, log, words, file } = play(job, { check: 1, render: 2, diff: 3 });
    expect(status).toBe(1);
    expect(words.map((line) => line.split('><')[2])).toEqual(['check', 'check', 'test', 'render', 'verify', 'diff']);
    expect(words[1]).not.toContain('format');
    expect(log).toMatch(
      /^answer of check\nmainsheet check: exit code 1\n[\s\S]*mainsheet render --check: exit code 2\n[\s\S]*mainsheet diff: exit code 3\n$/,
    );
    expect(file('mainsheet.env')).toBe('MAINSHEET_CHANGED=false\nMAINSHEET_EXIT_CODE=1\n');
  });
});

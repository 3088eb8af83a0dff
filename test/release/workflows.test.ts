import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readInputs } from '../../src/action/read-inputs.ts';
import { actionFile, inputVariable } from '../action/job-runner.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

const folders = ['.github/workflows', 'examples/github-actions'];
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.yml'))
    .map((file) => join(folder, file)),
);

function read(file: string): { readonly text: string; readonly on: object; readonly permissions: object; readonly jobs: readonly Job[] } {
  const text = readFileSync(file, 'utf8');
  const { on, permissions, jobs } = parse(text);
  return { text, on, permissions, jobs: Object.values(jobs) };
}

describe.each(files)('%s', (file) => {
  const { text, on, permissions, jobs } = read(file);
  const steps = jobs.flatMap((job) => job.steps);

  it('pins what it uses by commit, and says of which version that is', () => {
    const used = [...text.matchAll(/^ +(?:- )?uses: (.*)$/gm)].map(([, line = '']) => line);
    expect(used.length).toBe(steps.filter(({ uses }) => uses !== undefined).length);
    for (const line of used)
      expect(line).toMatch(/^(\.\/|[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|OWNER\/mainsheet@COMMIT # v\d+\.\d+\.\d+)$/);
  });

  it('gives no right to all of its jobs but that to read, and no job all the time in the world', () => {
    expect(['{}', '{"contents":"read"}']).toContain(JSON.stringify(permissions));
    for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });

  it('puts no text of others into a shell, and leaves no token in the clone without saying so', () => {
    expect(Object.keys(on)).not.toContain('pull_request_target');
    for (const { run = '', uses = '', with: inputs = {} } of steps) {
      expect(run).not.toContain('${{');
      if (uses.startsWith('actions/checkout@')) expect(typeof inputs['persist-credentials']).toBe('boolean');
    }
  });

  it('says to the action what the action takes', () => {
    for (const { uses = '', with: inputs = {} } of steps) {
      if (uses !== './' && !uses.startsWith('OWNER/mainsheet@')) continue;
      for (const name of Object.keys(inputs)) expect(Object.keys(actionFile.inputs)).toContain(name);
      // What stands in braces is text by then.
      const text = (value: unknown) => String(value).replaceAll(/\$\{\{.*?\}\}/g, 'value');
      const given = Object.entries({ command: 'check', ...inputs }).map(([name, value]) => [inputVariable(name), text(value)]);
      expect(readInputs(Object.fromEntries(given))).toHaveProperty('inputs');
    }
  });
});

it('who may write does so behind an environment that can be protected, and runs no script of the repository before', () => {
  const { jobs } = read('.github/workflows/release.yml');
  const writing = jobs.filter(({ permissions = {} }) => Object.values(permissions).includes('write'));
  expect(writing.length).toBe(3);
  for (const job of writing) {
    expect(job.environment).toMatch(/^\w+$/);
    expect(job.steps.map(({ run = '' }) => run).join('\n')).not.toMatch(/\bmake\b|npm (ci|install)|\.ci\/run/);
  }
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSummary } from '../../src/action/job-files.ts';
import { runAction } from '../../src/action/run-action.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { inputVariable } from './job-runner.ts';

/** A command that answers with its words and variables. */
const echo = 'console.log(JSON.stringify({ words: process.argv.slice(2), variables: process.env }))';

/** Runs the action with a command of these lines in place of its own; `answer` is what the command wrote. */
function act(inputs: Readonly<Record<string, string>>, script = echo, variables: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder();
  const ownCommand = join(folder, 'own.mjs');
  writeFileSync(ownCommand, script);
  let log = '';
  const given = Object.entries(inputs).map(([name, value]) => [inputVariable(name), value]);
  const surroundings = {
    PATH: process.env.PATH ?? '',
    GITHUB_WORKSPACE: folder,
    RUNNER_TEMP: folder,
    GITHUB_OUTPUT: join(folder, 'output'),
  };
  const code = runAction({
    variables: { ...surroundings, ...Object.fromEntries(given), ...variables },
    write: (text) => {
      log += text;
    },
    ownCommand,
  });
  return { code, log, folder, answer: () => JSON.parse(log), output: () => readFileSync(join(folder, 'output'), 'utf8') };
}

/** A package as npm would lay it, whose command says its own version. */
function install(folder: string, version: string): void {
  const home = join(folder, 'node_modules/mainsheet');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'mainsheet', version, bin: { mainsheet: 'run.mjs' } }));
  writeFileSync(join(home, 'run.mjs'), `console.log('version ${version}')`);
}

describe('running the action', () => {
  it('hands the token on in a variable that forges know, and no input', () => {
    const { answer } = act({ command: 'publish', token: 'secret', arguments: '--dry-run' });
    expect(answer().words).toEqual(['publish', '--root=.', '--dry-run']);
    expect(answer().variables.MAINSHEET_TOKEN).toBe('secret');
    expect(Object.keys(answer().variables).filter((name) => name.startsWith('INPUT_'))).toEqual([]);
  });

  it('keeps the token from commands that have no use for it', () => {
    expect(act({ command: 'render', token: 'secret' }).log).not.toContain('secret');
  });

  it.each([
    [0, 'done'],
    [1, 'invalid'],
    [3, 'failed'],
    [4, 'refused'],
    [70, 'fault'],
    [99, 'fault'],
  ])('ends as the command does: %i is %s', (code, result) => {
    const ran = act({ command: 'check' }, `process.exitCode = ${code}`);
    expect(ran.code).toBe(code);
    expect(ran.output()).toMatch(new RegExp(`^exit-code<<(.*)\n${code}\n\\1\nresult<<(.*)\n${result}\n`));
  });

  it('is a fault where the command is killed', () => {
    expect(act({ command: 'check' }, "process.kill(process.pid, 'SIGKILL')").code).toBe(70);
  });

  it('runs the version that the repository has installed', () => {
    const folder = temporaryFolder();
    install(folder, '0.0.7');
    expect(act({ command: 'render', version: 'installed' }, echo, { GITHUB_WORKSPACE: folder }).log).toBe('version 0.0.7\n');
    expect(act({ command: 'render', version: 'installed' })).toMatchObject({
      code: 1,
      log: expect.stringContaining('::mainsheet is not installed in '),
    });
  });

  it('fetches an exact version, and runs no script of a package', () => {
    const programs = temporaryFolder();
    install(programs, '0.0.9');
    writeFileSync(join(programs, 'npm'), `#!/bin/sh\necho "$@" > "$NPM_LOG"\nenv >> "$NPM_LOG"\ncp -r '${programs}/node_modules' .\n`, {
      mode: 0o755,
    });
    const variables = { PATH: `${programs}${delimiter}${process.env.PATH}`, NPM_LOG: join(programs, 'asked') };
    expect(act({ command: 'publish', version: '0.0.9', token: 'secret' }, echo, variables).log).toBe('version 0.0.9\n');
    const asked = readFileSync(join(programs, 'asked'), 'utf8');
    expect(asked).toMatch(/^install --ignore-scripts .* mainsheet@0\.0\.9\n/);
    expect(asked).not.toContain('secret');
  });
});

describe('the summary of a job', () => {
  it('is cut at a line where GitHub would refuse it, with its fence closed', () => {
    const file = join(temporaryFolder(), 'summary');
    writeSummary(file, `# Title\n\n\`\`\`\`text\n${'ünd so weiter\n'.repeat(100_000)}\`\`\`\`\n`);
    const text = readFileSync(file, 'utf8');
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text.split('\n').slice(-6)).toEqual(['ünd so weiter', '````', '', 'The rest is in `/tmp/report.md`.', '', '']);
  });
});

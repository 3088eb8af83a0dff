import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeSummary } from '../../src/action/job-files.ts';
import { runAction } from '../../src/action/run-action.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { inputVariable, obeyed, readOutputs } from './job-runner.ts';

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
  const outputs = readOutputs(readFileSync(join(folder, 'output'), 'utf8'));
  return { code, ...obeyed(log), folder, outputs, answer: () => JSON.parse(readFileSync(outputs.report ?? '', 'utf8')) };
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
    expect(answer().words).toEqual(['publish', '--root=.', '--format=json', '--dry-run']);
    expect(answer().variables.MAINSHEET_TOKEN).toBe('secret');
    expect(Object.keys(answer().variables).filter((name) => /^INPUT_|OUTPUT|SUMMARY/.test(name))).toEqual([]);
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
    expect(ran.outputs).toMatchObject({ 'exit-code': String(code), result, errors: code === 0 ? '0' : '1' });
    expect(ran.commands).toHaveLength(code === 0 ? 0 : 1);
  });

  it('is a fault where the command is killed', () => {
    const killed = act({ command: 'check' }, "process.kill(process.pid, 'SIGKILL')");
    expect(killed).toMatchObject({ code: 70, outputs: { result: 'fault' }, commands: [expect.stringContaining('was ended by SIGKILL')] });
  });

  it('says what was said first where a command ends without a reason', () => {
    const { code, commands } = act({ command: 'plan' }, "console.error('\\nthere is no way'); process.exitCode = 4");
    expect([code, commands]).toEqual([4, ['error title=mainsheet plan::refused for safety: there is no way']]);
  });

  it.each([{ RUNNER_TEMP: '/dev/null/gone' }, { GITHUB_WORKSPACE: '/dev/null/gone' }])(
    'has outputs also where it cannot begin: %j',
    (variables) => {
      const { code, outputs, commands } = act({ command: 'check' }, echo, variables);
      expect(code).toBeGreaterThan(0);
      expect(outputs).toEqual({
        ...{ 'exit-code': String(code), result: expect.any(String), report: '', errors: '1', warnings: '0' },
        ...{ changed: 'false', 'pull-requests': '[]', 'pull-request-urls': '' },
      });
      expect(commands).toHaveLength(1);
    },
  );

  it('hides tokens wherever a command says them, and lets no command of it reach the runner', () => {
    const script = `console.log('{"proposals": [{"branch": "secret-token", "title": "other-token"}]}');
      console.error('error: secret-token\\n::warning::secret-token\\n##[error]other-token\\n::set-output name=changed::true'); process.exitCode = 1`;
    const ran = act({ command: 'propose', token: 'secret-token' }, script, { PROM_TOKEN: 'other-token', GITHUB_STEP_SUMMARY: '' });
    expect(ran.commands).toEqual(['error title=mainsheet propose::***']);
    expect(JSON.parse(ran.outputs['pull-requests'] ?? '')).toEqual([{ branch: '***', title: '***', outcome: '' }]);
    expect(ran.log + JSON.stringify(ran.outputs) + readFileSync(ran.outputs.report ?? '', 'utf8')).not.toMatch(/(secret|other)-token/);
  });

  it('tells as many findings beside the lines as GitHub shows, and how many more there are', () => {
    const finding = (i: number) => ({
      ...{ code: 'MS2001', name: 'known-version', severity: 'error', message: `m${i}`, why: 'w', fix: 'f', hints: [], related: [] },
      location: { file: 'a.yaml', start: { line: i, column: 1 }, end: { line: i, column: 2 } },
    });
    const diagnostics = Array.from({ length: 120 }, (_, i) => finding(i + 1));
    const script = `import { appendFileSync } from 'node:fs';
      appendFileSync(process.env.MAINSHEET_FINDINGS, ${JSON.stringify(`${JSON.stringify({ version: 1, diagnostics })}\n`)}); process.exitCode = 1`;
    const folder = temporaryFolder();
    const ran = act({ command: 'check' }, script, { GITHUB_STEP_SUMMARY: join(folder, 'summary') });
    expect(ran.commands).toHaveLength(10);
    expect(ran.commands[9]).toContain('title=mainsheet check::and 111 more');
    expect(ran.log).toContain('a.yaml:120:1: error[MS2001] known-version: m120\n');
    expect(ran.outputs.errors).toBe('120');
    const summary = readFileSync(join(folder, 'summary'), 'utf8');
    expect(summary).toContain('`a.yaml:100:1` m100\n');
    expect(summary).toContain('\nand 20 more, which the log has.\n');
    expect(summary.match(/\*\*Why/g)).toHaveLength(1);
  });

  it('runs the version that the repository has installed', () => {
    const folder = temporaryFolder();
    install(folder, '0.0.7');
    expect(act({ command: 'render', version: 'installed' }, echo, { GITHUB_WORKSPACE: folder }).log).toContain('version 0.0.7\n');
    expect(act({ command: 'render', version: 'installed' })).toMatchObject({
      code: 1,
      commands: [expect.stringContaining('::mainsheet is not installed in ')],
    });
  });

  it('fetches an exact version, and runs no script of a package', () => {
    const programs = temporaryFolder();
    install(programs, '0.0.9');
    writeFileSync(join(programs, 'npm'), `#!/bin/sh\necho "$@" > "$NPM_LOG"\nenv >> "$NPM_LOG"\ncp -r '${programs}/node_modules' .\n`, {
      mode: 0o755,
    });
    const variables = { PATH: `${programs}${delimiter}${process.env.PATH}`, NPM_LOG: join(programs, 'asked') };
    expect(act({ command: 'publish', version: '0.0.9', token: 'secret' }, echo, variables).log).toContain('version 0.0.9\n');
    const asked = readFileSync(join(programs, 'asked'), 'utf8');
    expect(asked).toMatch(/^install --ignore-scripts .* mainsheet@0\.0\.9\n/);
    expect(asked).not.toContain('secret');
  });
});

describe('the summary of a job', () => {
  it('is cut at a line where GitHub would refuse it, with its fence closed', () => {
    const file = join(temporaryFolder(), 'summary');
    writeSummary(
      file,
      `# Title\n\n<details><summary>All</summary>\n\n\`\`\`\`text\n${'ünd so weiter\n'.repeat(100_000)}\`\`\`\`\n\n</details>\n`,
    );
    const text = readFileSync(file, 'utf8');
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
    expect(text).toMatch(/\nünd so weiter\n````\n\n<\/details>\n\nand \d+ more lines, which the log has\.\n\n$/);
  });
});

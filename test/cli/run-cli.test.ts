import fc from 'fast-check';
import { expect, test } from 'vitest';
import { colorDepth } from '../../src/cli/color-depth.ts';
import type { CreateCompiler } from '../../src/cli/compiler.ts';
import { exitCode, exitCodeOf } from '../../src/cli/exit-code.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { InvariantError } from '../../src/model/result.ts';
import { folderWith, runIn } from './cli-fixtures.ts';
import { fakeCompiler } from './fake-compiler.ts';

const small = { 'environments/dev/environment.yaml': '', 'environments/dev/reviews.yaml': 'odd\n' };
const commandNames = ['render', 'check', 'explain', 'list', 'init', 'schema', 'completion'];

test('help lists every command, and each command teaches by examples', async () => {
  const folder = folderWith({});
  for (const line of [[], ['--help'], ['-h']]) {
    const { code, stdout } = await runIn(folder, line);
    expect(code).toBe(0);
    for (const name of commandNames) expect(stdout).toMatch(new RegExp(`^  ${name}  `, 'm'));
  }
  for (const name of commandNames) {
    const { code, stdout } = await runIn(folder, [name, '--help']);
    expect(code).toBe(0);
    const examples = stdout.split('\n').filter((line) => line.startsWith('  ') && line.includes('mainsheet ') && !line.includes('--help'));
    expect(examples.length).toBeGreaterThanOrEqual(3);
  }
});

test('--version prints the version alone', async () => {
  expect(await runIn(folderWith({}), ['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
});

test('slips of the command line are answered with what was probably meant', async () => {
  const folder = folderWith(small);
  expect(await runIn(folder, ['rendre'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: there is no command `rendre`, did you mean `render`?\n`mainsheet --help` lists the commands.\n',
  });
  const flag = await runIn(folder, ['render', '--chek']);
  expect(flag.code).toBe(1);
  expect(flag.stderr).toMatch(/^error: No flag registered for --chek, did you mean --check\?\n$/);
  expect(await runIn(folder, ['check', '--format', 'xml'])).toMatchObject({ code: 1, stdout: '' });
  expect((await runIn(folder, ['--env', 'dev', 'render'])).stderr).toContain('A command comes first');
});

test('no command line, however odd, is a fault of Mainsheet or shows a stack trace', async () => {
  const folder = folderWith(small);
  const words = fc.oneof(
    fc.constantFrom(
      ...commandNames.slice(0, 2),
      '--env',
      '--format',
      '--',
      '--constructor',
      '__proto__',
      '--__proto__',
      'toString',
      '-e',
      '-zz',
      '--no-check',
      '\u001b[2J',
    ),
    fc.string({ maxLength: 12 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(words, { maxLength: 5 }), async (commandLine) => {
      const { code, stderr } = await runIn(folder, [...commandLine.filter((word) => word !== 'init' && word !== '--out')]);
      expect([0, 1]).toContain(code);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none may come through
      expect(stderr).not.toMatch(/\n\s+at |[\u0000-\u0009\u000b-\u001f\u007f]/);
    }),
    { seed: 20_021, numRuns: 1_500 },
  );
});

test('a bug of our own is told as one, without a stack trace unless asked for', async () => {
  const folder = folderWith(small);
  const compiler = async (): Promise<CreateCompiler> => (tree, options) => ({
    ...fakeCompiler(tree, options),
    compile: () => {
      throw new InvariantError('weights of reviews sum to 99');
    },
  });
  const ran = await runIn(folder, ['check', '--env', 'dev'], { compiler });
  expect(ran).toEqual({
    code: 70,
    stdout: '',
    stderr: `error: this is a bug in Mainsheet, not in your files
  what:    InvariantError: weights of reviews sum to 99
  version: mainsheet 0.1.0, node 20, test
  command: mainsheet check --env dev
Please report these lines, and if you can the smallest intent that shows it.
\`MAINSHEET_DEBUG=1\` in the environment adds where in the code it happened.
`,
  });
  expect((await runIn(folder, ['check'], { compiler, variables: { MAINSHEET_DEBUG: '1' } })).stderr).toMatch(/\n {4}at /);
});

test('code that cannot be loaded is a fault of the installation, not an unreadable command line', async () => {
  const compiler = async () => {
    throw new TypeError('no such module');
  };
  expect(await runIn(folderWith(small), ['check'], { compiler })).toMatchObject({ code: 70, stdout: '' });
});

test('a refusal of the system is safe to run again', async () => {
  const compiler = async (): Promise<CreateCompiler> => () => {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' });
  };
  const ran = await runIn(folderWith(small), ['check'], { compiler });
  expect(ran.code).toBe(3);
  expect(ran.stderr).toContain('ENOSPC');
});

test('the exit code is that of the gravest error', () => {
  const at = (code: string, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({
    ...{ code, severity, name: 'n', message: 'm', why: 'w', fix: 'f', related: [], hints: [] },
  });
  expect(exitCodeOf([])).toBe(exitCode.done);
  expect(exitCodeOf([at('MS3001', 'warning'), at('MS8001', 'info')])).toBe(exitCode.done);
  expect(exitCodeOf([at('MS3001')])).toBe(exitCode.inputHasErrors);
  expect(exitCodeOf([at('MS3001'), at('MS8030')])).toBe(exitCode.environmentFailed);
  expect(exitCodeOf([at('MS8059'), at('MS8029'), at('MS3001')])).toBe(exitCode.refusedForSafety);
  expect(exitCodeOf([at('MS8060')])).toBe(exitCode.inputHasErrors);
});

test('colour follows FORCE_COLOR, then NO_COLOR, then the terminal', () => {
  expect(colorDepth({}, true)).toBe(4);
  expect(colorDepth({}, false)).toBe(1);
  expect(colorDepth({ NO_COLOR: '1' }, true)).toBe(1);
  expect(colorDepth({ NO_COLOR: '' }, true)).toBe(4);
  expect(colorDepth({ TERM: 'dumb' }, true)).toBe(1);
  expect(colorDepth({ FORCE_COLOR: '1' }, false)).toBe(4);
  expect(colorDepth({ FORCE_COLOR: '0' }, true)).toBe(1);
  expect(colorDepth({ FORCE_COLOR: '3', NO_COLOR: '1' }, false)).toBe(4);
});

test('findings, help and slips are coloured only where that is wanted', async () => {
  const folder = folderWith(small);
  for (const line of [['check'], ['--help'], ['nope']]) {
    const plain = await runIn(folder, line);
    const colored = await runIn(folder, line, { colorDepth: 4 });
    expect(plain.stdout + plain.stderr).not.toContain('\u001b');
    expect(colored.stdout + colored.stderr).toContain('\u001b[');
  }
});

test('progress is one line on a terminal, only for long work, and is taken away', async () => {
  const folder = folderWith({ ...small, 'environments/prod/environment.yaml': '' });
  let now = 0;
  const clock = () => {
    now += 400;
    return now;
  };
  const watched = await runIn(folder, ['render'], { clock, isTerminal: true });
  expect(watched.stderr).toContain('\r\u001b[2Kcompiling prod (2 of 2)\r\u001b[2K');
  expect(watched.stderr).not.toContain('compiling dev');
  for (const world of [{ clock, isTerminal: false }, { isTerminal: true }, { clock, isTerminal: true, variables: { CI: 'true' } }]) {
    expect((await runIn(folder, ['render'], world)).stderr).not.toContain('compiling');
  }
});

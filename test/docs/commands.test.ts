import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtCli, cleanEnvironment, runBuilt } from '../cli/built-cli.ts';
import { pages } from './pages.ts';

const root = process.cwd();
const verbs = new Set([...readFileSync(join(root, 'Makefile'), 'utf8').matchAll(/^([a-z0-9]+):.*## /gm)].map(([, verb]) => verb));

/** Help by command, as it is asked for. */
const helps = new Map<string, string>();

function helpOf(command: string): string {
  const known = helps.get(command);
  if (known !== undefined) return known;
  const { code, stdout } = runBuilt([...command.split(' '), '--help'], root);
  expect(code, `mainsheet ${command}`).toBe(0);
  helps.set(command, stdout);
  return stdout;
}

/** What pages tell people to type: in code blocks and in backticks, up to the end of the line or the next command. */
function linesToType(page: string, program: string): readonly string[] {
  return [...page.matchAll(new RegExp(`(?:^\\$ |^|\`|&& |npx |; )${program} ([a-z][^\`\\n|;&#]*)`, 'gm'))].map(([, words = '']) =>
    words.trim(),
  );
}

const written = [...pages].filter(([path]) => !/^docs\/(cli\.md|reference|diagnostics)/.test(path));

test.each(written)('the commands of %s exist, with their flags', (_, page) => {
  for (const line of linesToType(page, 'mainsheet')) {
    const [first = '', ...words] = line.split(/\s+/);
    const own = helpOf(first);
    // Of a command with commands of its own, theirs is asked for.
    const help = own.includes('\nCOMMANDS\n') && words[0] !== undefined ? helpOf(`${first} ${words[0]}`) : own;
    for (const flag of words.filter((word) => word.startsWith('--'))) expect(help, line).toContain(flag.split('=')[0]);
  }
  for (const line of linesToType(page, 'make')) expect(verbs, line).toContain(line.split(/\s+/)[0]);
});

test('README shows every command, and `make render` is `mainsheet render`', () => {
  const readme = pages.get('README.md') ?? '';
  const commands = [...runBuilt(['--help'], root).stdout.matchAll(/^ {2}mainsheet ([a-z]+)(?: <.*)?$/gm)].map(([, command]) => command);
  expect(commands.length).toBeGreaterThan(5);
  for (const command of commands) expect(readme).toContain(`| \`mainsheet ${command}\` |`);
  expect(readFileSync(join(root, 'Makefile'), 'utf8')).toMatch(/^render: build .*\n\t@node dist\/mainsheet\.mjs render /m);
});

test('CONTRIBUTING lists every verb of the Makefile', () => {
  const page = pages.get('CONTRIBUTING.md') ?? '';
  for (const verb of verbs) expect(page).toContain(`\`make ${verb}\``);
});

test('docs/cli.md is what the commands say of themselves', () => {
  builtCli();
  const check = () =>
    execFileSync(process.execPath, [join(root, 'scripts/generate-cli-page.mjs'), '--check'], { env: cleanEnvironment(), encoding: 'utf8' });
  expect(check()).toBe('');
});

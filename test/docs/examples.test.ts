import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runBuilt } from '../cli/built-cli.ts';

const root = process.cwd();
const files = readdirSync(join(root, 'examples'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));
const texts = new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
const workflows = files.filter((path) => path.includes('github-actions/'));

/** Commands that an example runs, with their flags. */
function commandsIn(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/npx --yes (?:"\$MAINSHEET"|mainsheet@[\d.]+) ([^>|\n]*)/g)].map(([, words = '']) => words.trim().split(/\s+/));
}

describe('examples', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(2);
  });

  it.each(files)('%s is YAML, and runs commands that exist', (path) => {
    const text = texts.get(path) ?? '';
    expect(typeof parse(text)).toBe('object');
    const commands = commandsIn(text);
    expect(commands.length).toBeGreaterThan(0);
    for (const words of commands) {
      const command = words
        .slice(0, words.findIndex((word) => word.startsWith('-')) + 1 || undefined)
        .filter((word) => !word.startsWith('-'));
      const { code, stdout } = runBuilt([...command, '--help'], root);
      expect(code, words.join(' ')).toBe(0);
      for (const flag of words.filter((word) => word.startsWith('--'))) expect(stdout, words.join(' ')).toContain(flag);
    }
  });

  it.each(workflows)('%s has no more rights than it needs', (path) => {
    const text = texts.get(path) ?? '';
    const { permissions, on, concurrency } = parse(text);
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.keys(on)).not.toContain('pull_request_target');
    expect(concurrency.group).toMatch(/\S/);
    const used = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    for (const action of used) expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
    // What a pull request names must not become part of a shell's line.
    for (const [, script = ''] of text.matchAll(/run: (.*)/g)) expect(script).not.toContain('${{');
    expect(text).toContain('persist-credentials: false');
  });
});

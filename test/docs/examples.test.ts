import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { builtCli, runBuilt } from '../cli/built-cli.ts';

const root = process.cwd();
const files = readdirSync(join(root, 'examples'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)));
const texts = new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
/** What a forge runs; the others are objects of a cluster. */
const pipelines = files.filter((path) => /^examples\/git/.test(path) && texts.get(path)?.includes('npx ') === true);
const workflows = files.filter((path) => path.includes('github-actions/'));

/** Commands that an example runs, with their flags: by npx, or by functions of its script that do. */
function commandsIn(text: string): readonly (readonly string[])[] {
  const runs = /(?:npx --yes (?:"\$MAINSHEET"|mainsheet@[\d.]+)|\b(?:run|mainsheet)) ([a-z][^>|;\n]*)/g;
  const reports = [...text.matchAll(/\breported (\w+) \w+ /g)].map(([, command = '']) => [command, '--format']);
  return [...reports, ...[...text.replaceAll(/#.*$/gm, '').matchAll(runs)].map(([, words = '']) => words.trim().split(/\s+/))];
}

describe('examples', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(2);
  });

  it.each(files)('%s is YAML', (path) => {
    for (const document of parseAllDocuments(texts.get(path) ?? '')) expect(typeof document.toJS()).toBe('object');
  });

  it.each(pipelines)('%s runs commands that exist', (path) => {
    const text = texts.get(path) ?? '';
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
    const used = [...text.matchAll(/^ +(?:- )?uses: (\S+)/gm)].map(([, action]) => action);
    for (const action of used) expect(action).toMatch(/^(?:[\w./-]+@[0-9a-f]{40}|OWNER\/mainsheet@COMMIT)$/);
    // What a pull request names must not become part of a shell's line.
    for (const [, script = ''] of text.matchAll(/run: (.*)/g)) expect(script).not.toContain('${{');
    expect(text).toContain('persist-credentials: false');
  });

  it.each(['argocd', 'flux'])('of %s are what the commands on their page write', (engine) => {
    const page = readFileSync(join(root, 'examples', engine, 'README.md'), 'utf8');
    const lines = [...page.matchAll(/^mainsheet (deploy-config .*)$/gm)].map(([, line = '']) => line.split(' '));
    expect(lines).toHaveLength(2);
    for (const words of lines) expect(runBuilt([...words, '--check'], root)).toMatchObject({ code: 0, stderr: '' });
  });

  it('render as a plugin what the Application says, and take it for nothing else', () => {
    const { command, args } = parse(texts.get('examples/argocd/plugin.yaml') ?? '').spec.generate;
    const programs = mkdtempSync(join(tmpdir(), 'mainsheet-plugin-'));
    onTestFinished(() => rmSync(programs, { recursive: true, force: true }));
    writeFileSync(join(programs, 'mainsheet'), `#!/bin/sh\nexec '${process.execPath}' '${builtCli()}' "$@"\n`, { mode: 0o755 });
    const [program, ...words] = [...command, ...args];
    const generate = (environment: string) =>
      spawnSync(program, words, {
        cwd: root,
        encoding: 'utf8',
        env: { PATH: `${programs}:${process.env.PATH}`, ARGOCD_ENV_ENVIRONMENT: environment },
      });
    const { status, stdout } = generate('prod');
    expect(status).toBe(0);
    expect(parseAllDocuments(stdout).length).toBeGreaterThan(5);
    for (const hostile of ['', 'prod; echo x', '$(echo prod)', '--help', '"'])
      expect(generate(hostile)).toMatchObject({ status: 1, stdout: '' });
  });
});

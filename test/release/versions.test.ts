import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = process.cwd();
const { version, files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function run(folder: string, script: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'scripts', script), ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** What says a version, with some of it replaced. */
function sources(edits: Readonly<Record<string, (text: string) => string>>): string {
  const folder = temporaryFolder();
  for (const path of ['package.json', 'package-lock.json', 'CHANGELOG.md', 'README.md', 'scripts', 'docs/ci.md', 'examples'])
    cpSync(join(root, path), join(folder, path), { recursive: true });
  for (const [path, edit] of Object.entries(edits)) {
    const before = readFileSync(join(folder, path), 'utf8');
    const after = edit(before);
    expect(after, path).not.toBe(before);
    writeFileSync(join(folder, path), after);
  }
  execFileSync('git', ['init', '-q'], { cwd: folder });
  execFileSync('git', ['add', '-A'], { cwd: folder });
  return folder;
}

const dated = (text: string) => text.replace('## [Unreleased]', `## [${version}] - 2026-12-01`);

describe('versions', () => {
  it('agree', () => {
    expect(run(root, 'check-versions.mjs')).toEqual({ status: 0, stdout: `version ${version}\n`, stderr: '' });
  });

  it('are asked of all that people copy', () => {
    const folder = sources({
      'package-lock.json': (text) => text.replace(`"version": "${version}"`, '"version": "0.0.1"'),
      'docs/ci.md': (text) =>
        text
          .replace(`OWNER/mainsheet@COMMIT # v${version}`, 'OWNER/mainsheet@COMMIT # v0.0.2')
          .replace(`rev: v${version}`, 'rev: v0.0.3')
          .replace(`OWNER/mainsheet:${version}`, 'OWNER/mainsheet:0.0.4')
          .replace(`mainsheet-${version}.tgz`, 'mainsheet-0.0.7.tgz'),
      'examples/github-actions/check.yml': (text) => text.replace(`mainsheet@${version}`, 'mainsheet@0.0.5'),
      'examples/gitlab/component/templates/check.yml': (text) => text.replace(`default: "${version}"`, 'default: "0.0.6"'),
    });
    const { status, stderr } = run(folder, 'check-versions.mjs');
    expect(status).toBe(1);
    expect([...stderr.matchAll(/0\.0\.\d/g)].map(([found]) => found).sort()).toEqual([
      '0.0.1',
      '0.0.2',
      '0.0.3',
      '0.0.4',
      '0.0.5',
      '0.0.6',
      '0.0.7',
    ]);
  });

  it('are released with a changelog that has them, and a date', () => {
    expect(run(sources({ 'CHANGELOG.md': (text) => text.replace('## [Unreleased]', '## [9.9.9]') }), 'check-versions.mjs').status).toBe(1);
    expect(run(sources({ 'CHANGELOG.md': dated }), 'check-versions.mjs', '--release').status).toBe(0);
    const undated = sources({ 'CHANGELOG.md': (text) => text.replace('## [Unreleased]', `## [${version}]`) });
    expect(run(undated, 'check-versions.mjs', '--release')).toMatchObject({ status: 1, stderr: expect.stringContaining('has no date') });
  });

  it('have notes with the lines to copy', () => {
    const folder = sources({ 'CHANGELOG.md': dated });
    const commit = 'c0ffee'.repeat(7).slice(0, 40);
    const { status, stdout } = run(folder, 'release-notes.mjs', 'Bookinfo/mainsheet', commit, `sha256:${'ab'.repeat(32)}`);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^The first release\.\n/);
    expect(stdout).toContain(`- uses: Bookinfo/mainsheet@${commit} # v${version}\n`);
    expect(stdout).toContain(`docker pull ghcr.io/bookinfo/mainsheet:${version}@sha256:abab`);
    expect(run(folder, 'release-notes.mjs', 'Bookinfo/mainsheet', 'main', '').status).toBe(1);
  });
});

describe('the image', () => {
  const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');

  it('is made from bases that cannot become others, and runs as nobody in particular', () => {
    const bases = [...dockerfile.matchAll(/^ARG \w+_IMAGE=(.*)$/gm)].map(([, base]) => base);
    expect(bases).toHaveLength(2);
    for (const base of bases) expect(base).toMatch(/^docker\.io\/library\/[\w.:-]+@sha256:[0-9a-f]{64}$/);
    for (const [, from] of dockerfile.matchAll(/^FROM (?:--platform=\S+ )?(\S+)/gm)) expect(from).toMatch(/^\$\{\w+_IMAGE\}$/);
    expect(dockerfile).toMatch(/^USER \d+:\d+$/m);
    expect(dockerfile).toMatch(/^ENTRYPOINT \["mainsheet"\]$/m);
  });

  it('is given what the package is made of, and no more', () => {
    const lines = readFileSync(join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(lines[0]).toBe('*');
    const allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).replace(/\/$/, ''));
    expect(allowed).toEqual(
      expect.arrayContaining([...files.filter((file: string) => file !== 'dist'), 'src', 'scripts', 'package-lock.json', 'tsconfig.json']),
    );
    for (const path of allowed) expect(existsSync(join(root, path)), path).toBe(true);
    expect(allowed.filter((path) => /test|\.git|dist|node_modules|environments/.test(path))).toEqual([]);
  });
});

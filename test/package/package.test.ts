import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtCli, cleanEnvironment } from '../cli/built-cli.ts';

const root = process.cwd();
const home = mkdtempSync(join(tmpdir(), 'mainsheet-package-'));
const shop = join(home, 'shop');
const installed = join(shop, 'node_modules/mainsheet');
const release = join(home, 'release');
const { version, dependencies: bundled, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
let tarball = '';

/** npm with a cache and settings of its own, and no registry to ask. */
function npm(folder: string, ...words: readonly string[]) {
  const env = { ...cleanEnvironment(), HOME: home, npm_config_cache: join(home, 'cache'), npm_config_registry: 'http://127.0.0.1:9/' };
  return spawnSync('npm', [...words], { cwd: folder, encoding: 'utf8', env });
}

function run(program: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, [...words], {
    cwd: shop,
    encoding: 'utf8',
    env: { ...cleanEnvironment(), HOME: home },
  });
  return { status, stdout, stderr };
}

const command = join(shop, 'node_modules/.bin/mainsheet');

beforeAll(() => {
  builtCli();
  const words = [join(root, 'scripts/release-files.mjs'), release, 'https://forge.example.com/bookinfo/mainsheet'];
  execFileSync(process.execPath, words, { env: { ...cleanEnvironment(), HOME: home }, stdio: 'pipe' });
  tarball = join(release, `mainsheet-${version}.tgz`);
  mkdirSync(shop);
  writeFileSync(join(shop, 'package.json'), '{"name": "shop", "private": true, "type": "module"}');
  const { status, stderr } = npm(shop, 'install', '--offline', '--no-audit', '--no-fund', tarball);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
}, 120_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

describe('the package', () => {
  it('holds what runs, what explains it, and nothing else', () => {
    const files = filesOf(installed);
    const known = [
      /^dist\/(action|index|mainsheet)\.mjs(\.map)?$/,
      /^dist\/chunks\/[\w.-]+\.mjs(\.map|\.LEGAL\.txt)?$/,
      /^dist\/types\/([\w-]+\/)?[\w-]+\.d\.ts$/,
      /^hooks\/staged\.sh$/,
      /^templates\/(partials\/)?[\w-]+\.hbs$/,
      /^(action\.yml|package\.json|(CHANGELOG|README)\.md|LICENSE|NOTICE|THIRD-PARTY-NOTICES\.txt)$/,
    ];
    expect(files.filter((file) => !known.some((form) => form.test(file)))).toEqual([]);
    for (const form of known)
      expect(
        files.some((file) => form.test(file)),
        String(form),
      ).toBe(true);
    expect(files).toEqual(
      expect.arrayContaining(['dist/action.mjs', 'dist/types/index.d.ts', 'templates/virtual-service.hbs', 'LICENSE', 'NOTICE']),
    );
  });

  it('is small', () => {
    expect(statSync(tarball).size).toBeLessThan(3_000_000);
    expect(filesOf(installed).length).toBeLessThan(700);
  });

  it('asks for no other package, and runs nothing when it is installed', () => {
    const {
      dependencies,
      devDependencies,
      scripts,
      private: isPrivate,
      name,
      version: said,
      repository,
    } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect({ dependencies, devDependencies, scripts, isPrivate }).toEqual({});
    expect({ name, said }).toEqual({ name: 'mainsheet', said: version });
    expect(repository).toEqual({ type: 'git', url: 'git+https://forge.example.com/bookinfo/mainsheet.git' });
    expect(readdirSync(join(shop, 'node_modules')).filter((entry) => !entry.startsWith('.'))).toEqual(['mainsheet']);
  });

  it('names whose code is in it', () => {
    const notices = readFileSync(join(installed, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of Object.keys(bundled)) {
      const part = notices.split(`\n${name} `)[1]?.split(/^-{80}$/m)[0];
      expect(part, name).toMatch(/MIT|Apache|BSD|ISC/);
    }
    expect(notices).toContain('Permission is hereby granted, free of charge');
  });

  it('says nothing of the machine that it was built on', () => {
    const told = filesOf(installed).filter((file) => readFileSync(join(installed, file), 'utf8').includes(root));
    expect(told).toEqual([]);
  });

  it('has a command that is run by its name', () => {
    expect(statSync(join(installed, 'dist/mainsheet.mjs')).mode & 0o111).toBe(0o111);
    expect(readFileSync(join(installed, 'dist/mainsheet.mjs'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(run(command, '--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(run(command, 'init')).toMatchObject({ status: 0, stderr: '' });
    expect(run(command, 'render')).toMatchObject({ status: 0, stderr: '' });
    expect(filesOf(join(shop, 'rendered')).length).toBeGreaterThan(2);
  });

  it('has a library with its types, which ask for nothing else either', () => {
    const lines = ["import { compile, type Compilation } from 'mainsheet';", "const made: Compilation = compile(new Map(), 'prod');"];
    writeFileSync(
      join(shop, 'use.mts'),
      `${lines.join('\n')}\nexport const codes: readonly string[] = made.diagnostics.map(({ code }) => code);\n`,
    );
    writeFileSync(
      join(shop, 'use.mjs'),
      "import { compile } from 'mainsheet';\nconsole.log(compile(new Map(), 'prod').diagnostics[0].code);\n",
    );
    expect(run(process.execPath, 'use.mjs')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^MS\d{4}\n$/) });
    const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--module', 'nodenext', '--target', 'es2023', '--types', ''];
    expect(run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), ...options, 'use.mts')).toMatchObject({
      status: 0,
      stdout: '',
    });
  });
});

describe('what is published beside it', () => {
  it('says what is bundled, and nothing of what is only for development', () => {
    const read = (ending: string) => JSON.parse(readFileSync(join(release, `mainsheet-${version}.${ending}.json`), 'utf8'));
    const { bomFormat, metadata, components } = read('cdx');
    expect({ bomFormat, whole: metadata.component.name }).toEqual({ bomFormat: 'CycloneDX', whole: 'mainsheet' });
    const named = ({ group, name }: { readonly group?: string; readonly name: string }) =>
      group === undefined ? name : `${group}/${name}`;
    const names: readonly string[] = components.map(named);
    expect(names).toEqual(expect.arrayContaining(Object.keys(bundled)));
    for (const name of Object.keys(devDependencies)) expect(names).not.toContain(name);
    const { spdxVersion, packages } = read('spdx');
    expect(spdxVersion).toMatch(/^SPDX-2\.\d$/);
    expect(packages).toHaveLength(components.length + 1);
    // The licences that are passed on are those of the same packages.
    const notices = readFileSync(join(installed, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    const told = notices
      .split(/^-{80}$/m)
      .slice(1)
      .map((part) => part.trim().split(' ')[0]);
    expect(new Set(told)).toEqual(new Set(names));
  });

  it('has checksums', () => {
    expect(spawnSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: release, encoding: 'utf8' })).toMatchObject({ status: 0 });
    expect(readdirSync(release)).toHaveLength(4);
  });
});

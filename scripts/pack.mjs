/**
 * Makes the package that is published: `node scripts/pack.mjs [FOLDER] [REPOSITORY]` writes mainsheet-VERSION.tgz into FOLDER (the one it runs
 * in, without), and prints its path. REPOSITORY is the address of the sources, as npm's provenance wants it in the package. Everything that the command needs is bundled in dist/, so the package names no dependency, and installing it fetches
 * nothing else. The repository's own package.json is private: what is published comes from here.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledLock } from './bundled-packages.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const [, , folder = '.', repository] = process.argv;
const target = resolve(folder);
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const notices = 'THIRD-PARTY-NOTICES.txt';

execFileSync(process.execPath, [join(root, 'scripts/build.mjs')], { stdio: ['ignore', 'ignore', 'inherit'] });
const stage = mkdtempSync(join(tmpdir(), 'mainsheet-package-'));
try {
  for (const file of manifest.files)
    cpSync(join(root, file), join(stage, file), { recursive: true, filter: (path) => !/[\\/]\.\w+$/.test(path) });
  writeFileSync(join(stage, notices), noticesOf(bundledPackages()));
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(publishedManifest(), null, 2)}\n`);
  // On Windows npm is a script, which only a shell starts; the words are ours.
  const words = ['pack', '--json', '--ignore-scripts', '--no-update-notifier', `--pack-destination=${target}`];
  const told = execFileSync('npm', words, { cwd: stage, encoding: 'utf8', shell: process.platform === 'win32' });
  const [{ filename }] = Object.values(JSON.parse(told));
  console.log(join(target, filename));
} finally {
  rmSync(stage, { recursive: true, force: true });
}

/** What of package.json is for those who install it. */
function publishedManifest() {
  const { name, version, description, keywords, license, type, engines, bin, exports } = manifest;
  const files = [...manifest.files, notices];
  const source = repository === undefined ? {} : { repository: { type: 'git', url: `git+${repository}.git` } };
  return { name, version, description, keywords, license, ...source, type, engines, bin, exports, files };
}

function bundledPackages() {
  const { packages } = bundledLock(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license }]) => ({ path, name: path.replace(/^.*node_modules\//, ''), version, license }));
}

/** Their licences, as they ask for it of whoever passes on a copy. */
function noticesOf(packages) {
  const texts = packages.map(({ path, name, version, license }) => {
    const folder = join(root, path);
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
    const said = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...said].join('\n\n');
  });
  return `${['The files in dist/ hold code of these packages.', ...texts].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/**
 * What a release publishes: `node scripts/release-files.mjs FOLDER [REPOSITORY]` writes the package, what is bundled in it as CycloneDX and
 * as SPDX, and the checksums of all three. REPOSITORY is the address that npm's provenance is held against.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledLock } from './bundled-packages.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const [target, ...repository] = process.argv.slice(2);
if (target === undefined) {
  console.error('usage: node scripts/release-files.mjs FOLDER [REPOSITORY]');
  process.exit(1);
}
const folder = resolve(target);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
execFileSync(process.execPath, [join(root, 'scripts/pack.mjs'), folder, ...repository], { stdio: ['ignore', 'ignore', 'inherit'] });
for (const [format, ending] of [
  ['cyclonedx', 'cdx'],
  ['spdx', 'spdx'],
])
  writeFileSync(join(folder, `${name}-${version}.${ending}.json`), billOf(format));
const sums = readdirSync(folder)
  .sort()
  .map(
    (file) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex')}  ${file}\n`,
  );
writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
for (const file of readdirSync(folder).sort()) console.log(join(target, file));

/**
 * Of the lock file alone: what is installed here may be of one platform, what is bundled is of none. npm itself would leave out whatever a
 * package for development asks for as well, so those are taken out of the lock file first; and it names the whole by its folder.
 */
function billOf(format) {
  const place = mkdtempSync(join(tmpdir(), 'mainsheet-sbom-'));
  try {
    const stage = join(place, name);
    mkdirSync(stage);
    const { devDependencies, ...manifest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const lock = bundledLock(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
    writeFileSync(join(stage, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(stage, 'package-lock.json'), JSON.stringify(lock));
    const words = ['sbom', `--sbom-format=${format}`, '--sbom-type=application', '--package-lock-only', '--no-update-notifier'];
    const options = { cwd: stage, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' };
    return execFileSync('npm', words, options);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * Whether everything that says a version says the same: `node scripts/check-versions.mjs [--release]`. Always package.json, the lock file, and
 * what pages and examples pin; with --release also that the changelog has a dated part for it, and nothing that waits for a later one.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { partsOf } from './changelog-parts.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const { version } = JSON.parse(read('package.json'));
const lock = JSON.parse(read('package-lock.json'));
const faults = [];

for (const [where, said] of [
  ['package-lock.json', lock.version],
  ['package-lock.json, packages', lock.packages[''].version],
])
  if (said !== version) faults.push(`${where} says ${said}`);

/** What people copy: a package of a version, a comment behind a pinned commit, a tag of the image, a file of the release, the default of the component. */
const pins = [
  /\bmainsheet@(\d+\.\d+\.\d+\S*?)(?=["'\s`]|$)/gm,
  /\bOWNER\/mainsheet(?:@\S+ # v|:)(\d[\w.-]*)/g,
  /\bmainsheet-(\d+\.\d+\.\d+\S*?)\.(?:tgz|cdx|spdx)\b/g,
  /^ +rev: v(\d[\w.-]*)/gm,
  /^ {4}version:\n(?: {6}.*\n)*? {6}default: "?(\d[^"\n]*)/gm,
];
const pages = execFileSync('git', ['ls-files', '-z', '--', 'README.md', 'docs', 'examples'], { cwd: root, encoding: 'utf8' });
for (const path of pages.split('\0').filter((one) => /\.(md|ya?ml)$/.test(one)))
  for (const pin of pins) for (const [, said] of read(path).matchAll(pin)) if (said !== version) faults.push(`${path} pins ${said}`);

const [first] = partsOf(read('CHANGELOG.md'));
if (process.argv.includes('--release')) {
  if (first?.name !== version) faults.push(`CHANGELOG.md begins with ${first?.name}`);
  else if (!/^\d{4}-\d{2}-\d{2}$/.test(first.date ?? '')) faults.push('CHANGELOG.md has no date for it');
} else if (first?.name !== version && first?.name !== 'Unreleased') faults.push(`CHANGELOG.md begins with ${first?.name}`);

for (const fault of faults) console.error(`package.json says ${version}, but ${fault}`);
if (faults.length > 0) process.exitCode = 1;
else console.log(`version ${version}`);

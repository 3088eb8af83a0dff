import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { intentPath, repositoryOf } from '../generate.mjs';
import { benchServices } from '../services.mjs';
import { objectsIn, writeFiles } from './files.mjs';

const checks = 'schemas of intents and manifests, references, rules on both';
const shared = {
  checks,
  objects: (folder) => objectsIn(join(folder, 'rendered')),
};

function prepare(folder, services) {
  writeFiles(folder, repositoryOf(services));
}

/** So that the measured run finds its cache filled and its output up to date. */
function prepareWarm(folder, services, environment) {
  prepare(folder, services);
  const { status, stderr } = spawnSync(process.execPath, [environment.MAINSHEET, 'render', '--root', '.'], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`mainsheet render: exit ${status}\n${stderr}`);
}

export const mainsheetCold = {
  ...shared,
  name: 'mainsheet',
  title: '**mainsheet render --no-cache**, no output yet',
  prepare,
  before: (folder) => rmSync(join(folder, 'rendered'), { recursive: true, force: true }),
  shell: '"$NODE" "$MAINSHEET" render --root . --no-cache',
};

export const mainsheetWarm = {
  ...shared,
  name: 'mainsheet-warm',
  title: 'mainsheet render, again: cache filled, nothing changed',
  prepare: prepareWarm,
  shell: '"$NODE" "$MAINSHEET" render --root .',
};

export const mainsheetOneChange = {
  ...shared,
  name: 'mainsheet-one-change',
  title: 'mainsheet render, cache filled, one intent changed',
  prepare: prepareWarm,
  before: (folder) => {
    const path = join(folder, intentPath(benchServices(1)[0]));
    const text = readFileSync(path, 'utf8');
    const [from, to] = text.includes('percent: 10\n') ? ['percent: 10\n', 'percent: 20\n'] : ['percent: 20\n', 'percent: 10\n'];
    writeFileSync(path, text.replace(from, to));
  },
  shell: '"$NODE" "$MAINSHEET" render --root .',
  objects: undefined,
  /** The bytes of `rendered/` do not depend on the cache: a fresh render without it, put aside, for comparison. */
  uncached: '"$NODE" "$MAINSHEET" render --root . --no-cache --out uncached',
};

/** Input: the same values as the intents have, as JSON; output: cdk8s' own `dist/`. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { objectsIn, writeFiles } from './files.mjs';

const installed = fileURLToPath(new URL('../node_modules/cdk8s', import.meta.url));
const shared = {
  checks: 'names of constructs',
  missing: () => (existsSync(installed) ? undefined : 'cdk8s is not installed: npm ci in bench/'),
  prepare: (folder, services) => writeFiles(folder, new Map([['services.json', JSON.stringify(services)]])),
  before: (folder) => rmSync(join(folder, 'dist'), { recursive: true, force: true }),
  objects: (folder) => objectsIn(join(folder, 'dist')),
};

export const oneChart = {
  ...shared,
  name: 'cdk8s',
  title: 'cdk8s, one chart',
  shell: '"$NODE" "$BENCH/peers/programs/cdk8s.mjs" one',
};

export const chartPerService = {
  ...shared,
  name: 'cdk8s-charts',
  title: 'cdk8s, chart per service',
  largest: 1000,
  shell: '"$NODE" "$BENCH/peers/programs/cdk8s.mjs" each',
};

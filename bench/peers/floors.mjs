/** What no compiler on Node that uses the `yaml` package could undercut, and a script without any check. */
import { join } from 'node:path';
import { repositoryOf } from '../generate.mjs';
import { objectsIn, writeFiles } from './files.mjs';

function prepare(folder, services) {
  writeFiles(folder, repositoryOf(services));
}

export const nodeStart = {
  name: 'node',
  title: 'floor: Node starts and ends',
  checks: '–',
  prepare: () => {},
  shell: '"$NODE" "$BENCH/peers/programs/start.mjs"',
};

export const nodeParse = {
  name: 'node-yaml',
  title: 'floor: Node, `yaml` parses the same files',
  checks: 'YAML',
  prepare,
  shell: '"$NODE" "$BENCH/peers/programs/parse.mjs" environments',
};

export const bareScript = {
  name: 'script',
  title: 'floor: script that reads, parses, fills a template, writes',
  checks: 'YAML',
  prepare,
  shell: '"$NODE" "$BENCH/peers/programs/script.mjs" environments out',
  objects: (folder) => objectsIn(join(folder, 'out')),
};

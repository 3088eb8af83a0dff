import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { edgeCases } from './edge-cases.mjs';
import { generateIntents } from './generate-intents.mjs';

const root = resolve(import.meta.dirname, '../..');

/**
 * Every tree to be rendered: this repository's own, the golden cases, generated ones, and those at the edge.
 * @param {{seed: number, count: number}} options
 * @returns {{name: string, files: Map<string, string>, mayBeRefused: boolean}[]}
 */
export function collectCases({ seed, count }) {
  const own = { name: 'repository', files: filesOf(root, ['environments', 'templates', 'mainsheet.yaml']), mayBeRefused: false };
  const golden = ['seed', 'samples'].flatMap((group) =>
    readdirSync(join(root, 'test/golden', group))
      .sort()
      .map((name) => ({
        name: `golden/${group}/${name}`,
        files: filesOf(join(root, 'test/golden', group, name), ['environments']),
        mayBeRefused: false,
      })),
  );
  const free = [...generateIntents({ seed, count }), ...edgeCases()].map((one) => ({ ...one, mayBeRefused: true }));
  return [own, ...golden, ...free];
}

function filesOf(folder, tops) {
  const files = new Map();
  const walk = (path) => {
    const full = join(folder, path);
    if (!existsSync(full)) return;
    if (!statSync(full).isDirectory()) files.set(path, readFileSync(full, 'utf8'));
    else for (const name of readdirSync(full).sort()) walk(`${path}/${name}`);
  };
  for (const top of tops) walk(top);
  return files;
}

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { generateValidators } from '../../scripts/generate-validators.mjs';

const root = resolve(import.meta.dirname, '../..');
const folder = join(import.meta.dirname, '.bin');

/** What is written in TypeScript, for programs that are not: bundled into a file of this run's own. */
export async function bundleSources() {
  await generateValidators();
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, 'sources.mjs');
  const contents = ['our-verdict', 'analysis-cases', 'stored-verdicts', 'mutants/stricter', 'witness']
    .map((name) => `export * from './test/conformance/${name}.ts';`)
    .join('\n');
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  return import(pathToFileURL(outfile).href);
}

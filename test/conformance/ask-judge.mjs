import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { clusterAround } from './cluster-around.mjs';

const source = join(import.meta.dirname, 'judge');
const built = join(import.meta.dirname, '.bin');
const program = join(built, 'judge');

export function hasGo() {
  return spawnSync('go', ['version']).status === 0;
}

/** Builds the judge where its sources changed; the first time that takes minutes. */
export function buildJudge() {
  const hash = createHash('sha256');
  for (const name of readdirSync(source).sort()) hash.update(`${name}\0`).update(readFileSync(join(source, name)));
  const stamp = hash.digest('hex');
  const stampFile = `${program}.stamp`;
  if (existsSync(program) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return 'up to date';
  mkdirSync(built, { recursive: true });
  const started = performance.now();
  const { status } = spawnSync('nice', ['go', 'build', '-buildvcs=false', '-o', program, '.'], {
    cwd: source,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('the judge could not be built');
  writeFileSync(stampFile, stamp);
  return `built in ${Math.round((performance.now() - started) / 1000)} s`;
}

/**
 * The judge's lines for compiled environments, each with `old` of its environment.
 * @param {{name: string, compilation: object, old: boolean}[]} environments
 * @param {{analysis: boolean}} options
 */
export async function ask(environments, { analysis }) {
  if (environments.length === 0) return [];
  const old = new Map(environments.map((one) => [one.name, one.old]));
  const text = environments.map(({ name, compilation }) => streamOf(name, compilation, analysis)).join('---\n');
  const output = await run(analysis ? [] : ['-validate-only'], text);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map((verdict) => ({ ...verdict, old: old.get(verdict.case) }));
}

/** The rendered files as they will be applied, without Kustomize's own. */
function streamOf(name, compilation, analysis) {
  const files = [...compilation.files].filter(([path]) => !path.endsWith('kustomization.yaml')).map(([, text]) => text);
  const cluster = analysis ? clusterAround(compilation).map((object) => stringify(object)) : [];
  return [`# case: ${name}\n`, ...files, ...cluster].join('---\n');
}

/** Some of Istio's packages look for its own source tree and complain that this isn't one; these silence them. */
const environment = { ...process.env, TARGET_OUT: built, LOCAL_OUT: built };

function run(args, input) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: environment });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', fail);
    child.on('close', (code) =>
      code === 0 ? done(Buffer.concat(chunks).toString('utf8')) : fail(new Error(`the judge ended with ${code}`)),
    );
    child.stdin.end(input);
  });
}

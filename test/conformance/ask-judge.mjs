import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const source = join(import.meta.dirname, 'judge');
const built = join(import.meta.dirname, '.bin');

/**
 * The judges: one source, built with the modules of two Istios. `minor` is the mesh that a judge speaks for.
 * The older one is the master branch of ten days after 1.30 left it: for the kinds that are read here its validation and CRDs are those of 1.30.
 */
export const judges = [
  { name: 'Istio 1.31', minor: 31, program: join(built, 'judge'), modules: 'go', tags: '' },
  { name: 'Istio 1.30', minor: 30, program: join(built, 'judge-1.30'), modules: 'older', tags: 'older' },
];
export const [newest, older] = judges;

export function hasGo() {
  return spawnSync('go', ['version']).status === 0;
}

/** Builds a judge where its sources changed; the first time that takes minutes. */
export function buildJudge({ name, program, modules, tags }) {
  const stamp = stampOf([`${modules}.mod`, `${modules}.sum`]);
  const stampFile = `${program}.stamp`;
  if (existsSync(program) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return `${name}: up to date`;
  mkdirSync(built, { recursive: true });
  const started = performance.now();
  const { status } = spawnSync('nice', ['go', 'build', '-buildvcs=false', `-modfile=${modules}.mod`, `-tags=${tags}`, '-o', program, '.'], {
    cwd: source,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`the judge of ${name} could not be built`);
  writeFileSync(stampFile, stamp);
  return `${name}: built in ${Math.round((performance.now() - started) / 1000)} s`;
}

function stampOf(moduleFiles) {
  const hash = createHash('sha256');
  const programs = readdirSync(source).filter((file) => file.endsWith('.go'));
  for (const file of [...programs, ...moduleFiles].sort()) hash.update(`${file}\0`).update(readFileSync(join(source, file)));
  return hash.digest('hex');
}

/**
 * What a judge says of single objects, in their order.
 * @param {object[]} objects
 * @returns {Promise<{errors: string[], warnings: string[], admission: string[]}[]>}
 */
export async function askOfObjects(judge, objects) {
  if (objects.length === 0) return [];
  const text = objects.map((object, index) => `# case: ${index}\n${JSON.stringify(object)}\n`).join('---\n');
  const verdicts = await run(judge, ['-validate-only'], text);
  if (verdicts.length !== objects.length) throw new Error(`${objects.length} objects, ${verdicts.length} verdicts`);
  return verdicts;
}

/** All lines of a judge for a stream of YAML documents. */
export async function askOfText(judge, text, { analysis }) {
  return run(judge, analysis ? [] : ['-validate-only'], text);
}

/** Some of Istio's packages look for its own source tree and complain that this isn't one; these silence them. */
const environment = { ...process.env, TARGET_OUT: built, LOCAL_OUT: built };

function run({ program, name }, args, input) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'], env: environment });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', fail);
    child.on('close', (code) =>
      code === 0 ? done(linesOf(Buffer.concat(chunks).toString('utf8'))) : fail(new Error(`the judge of ${name} ended with ${code}`)),
    );
    child.stdin.end(input);
  });
}

function linesOf(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/**
 * Measures `render` and its peers on the same services, in one run and in turns: `node bench/run.mjs --n 10,100,1000 --runs 3`.
 * Prints Markdown tables; everything measured is in bench/results/latest.json.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';

const bench = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]$/, '');
const built = join(bench, '../dist');
/** Whatever takes longer than this is measured once. */
const onceAboveSeconds = 60;

const { sizes, runs, named, place } = readArguments(process.argv.slice(2));
requireThings();
const { benchEnvironment, measure, median } = await import('./measure.mjs');
const { peers } = await import('./peers.mjs');
const { yamlFiles } = await import('./peers/files.mjs');
const { table, targetTable, targetText } = await import('./report.mjs');
const { benchServices, manifestsOf } = await import('./services.mjs');
const chosen = choosePeers();

const work = mkdtempSync(join(place, 'mainsheet-bench-'));
const environment = benchEnvironment(process.env, bench, work);
try {
  // A copy: a build that runs meanwhile must not mix two versions.
  cpSync(built, join(work, 'dist'), { recursive: true });
  main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function main() {
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    node: process.version,
    kubectl: kubectlVersion(),
    place,
    load: loadavg(),
  };
  console.log(
    `${machine.cpus} × ${machine.model}, Node ${machine.node}, kustomize ${machine.kubectl}; files in ${place}; medians of up to ${runs} runs\n`,
  );
  const results = [];
  const equalities = [];
  for (const [i, n] of sizes.entries()) {
    const rows = measureSize(n, i === 0, equalities);
    results.push({ n, load: loadavg()[0], rows });
    console.log(table(n, rows, loadavg()[0]));
  }
  const judged = targetTable(results, equalities);
  console.log(targetText(judged));
  mkdirSync(join(bench, 'results'), { recursive: true });
  writeFileSync(join(bench, 'results/latest.json'), `${JSON.stringify({ machine, results, targets: judged }, null, 2)}\n`);
}

/** One size: all inputs are written first, then the peers take turns, each round beginning with the next one. */
function measureSize(n, compareObjects, equalities) {
  const services = benchServices(n);
  const rows = chosen.map((peer) => ({ peer, folder: join(work, `${n}`, peer.name), runs: [], skipped: skipReason(peer, n) }));
  const ready = rows.filter((row) => row.skipped === undefined);
  for (const { peer, folder } of ready) {
    mkdirSync(folder, { recursive: true });
    peer.prepare(folder, services, environment);
  }
  spawnSync('sync');
  for (let round = 0; round < runs; round += 1) {
    for (let turn = 0; turn < ready.length; turn += 1) {
      const { peer, folder, runs: done } = ready[(turn + round) % ready.length];
      if (done.some(({ wall }) => wall > onceAboveSeconds)) continue;
      console.error(`N=${n}, round ${round + 1} of ${runs}: ${peer.name}`);
      peer.before?.(folder);
      done.push(measure(folder, peer.shell, environment));
    }
  }
  for (const row of ready) {
    if (compareObjects && row.peer.objects !== undefined) requireSameObjects(row.peer.name, row.peer.objects(row.folder), services);
    if (row.peer.uncached !== undefined) {
      requireSameBytes(row);
      equalities.push(n);
    }
  }
  rmSync(join(work, `${n}`), { recursive: true, force: true });
  return rows.map(summary);
}

function summary({ peer: { name, title, checks }, runs: all, skipped }) {
  if (skipped !== undefined) return { name, title, checks, skipped };
  const of = (key) => median(all.map((run) => run[key]));
  return {
    name,
    title,
    checks,
    cpu: of('cpu'),
    wall: of('wall'),
    ...(all[0].memory === undefined ? {} : { memory: of('memory') }),
    runs: all,
  };
}

function skipReason(peer, n) {
  if (peer.largest !== undefined && n > peer.largest && !named.includes(peer.name))
    return `takes minutes; asked for with --peers ${peer.name}`;
  return peer.missing?.();
}

/** A peer that made something else would be measured at something else. */
function requireSameObjects(name, objects, services) {
  const id = ({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`;
  const found = new Map(objects.map((object) => [id(object), object]));
  const expected = services.flatMap(manifestsOf);
  if (objects.length !== expected.length) throw new Error(`${name} made ${objects.length} objects instead of ${expected.length}`);
  for (const object of expected) {
    if (!isDeepStrictEqual(found.get(id(object)), object)) {
      throw new Error(
        `${name} made another ${id(object)}:\n${JSON.stringify(found.get(id(object)))}\ninstead of\n${JSON.stringify(object)}`,
      );
    }
  }
}

function requireSameBytes({ peer, folder }) {
  measure(folder, peer.uncached, environment);
  const [cached, uncached] = ['rendered', 'uncached'].map((out) => digest(join(folder, out)));
  if (cached !== uncached) throw new Error('the cache changes what is rendered');
}

function digest(folder) {
  const hash = createHash('sha256');
  for (const path of yamlFiles(folder))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(folder, path)))
      .update('\0');
  return hash.digest('hex');
}

function choosePeers() {
  const known = peers.map(({ name }) => name);
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined) fail(`no peer "${unknown}"; there are ${known.join(', ')}`);
  // Ratios need the cold render, whoever else is asked for.
  return named.length === 0 ? peers : peers.filter(({ name }) => name === 'mainsheet' || named.includes(name));
}

function readArguments(argv) {
  const options = {
    n: { type: 'string', default: '10,100,1000' },
    runs: { type: 'string', default: '3' },
    peers: { type: 'string', default: '' },
    dir: { type: 'string', default: defaultPlace() },
  };
  try {
    const { values } = parseArgs({ args: argv, options });
    const numbers = (text) =>
      text.split(',').map((word) => (/^[1-9]\d{0,4}$/.test(word) ? Number(word) : fail(`"${word}" is no number from 1 to 99999`)));
    return {
      sizes: numbers(values.n),
      runs: numbers(values.runs)[0],
      named: values.peers.split(',').filter(Boolean),
      place: resolve(values.dir),
    };
  } catch (error) {
    return fail(error.message);
  }
}

/**
 * Memory, where there is a file system in it: on a disk, finding room for thousands of new files may cost the kernel more than any
 * peer costs, and another time next to nothing.
 */
function defaultPlace() {
  const memory = '/dev/shm';
  try {
    accessSync(memory, constants.W_OK);
    return memory;
  } catch {
    return tmpdir();
  }
}

function requireThings() {
  if (!existsSync(join(bench, 'node_modules/yaml'))) fail('the peers are not installed: (cd bench && npm ci)');
  if (!existsSync(join(built, 'mainsheet.mjs'))) fail('dist/ is not built: make build');
}

function kubectlVersion() {
  const { stdout } = spawnSync('kubectl', ['version', '--client'], { encoding: 'utf8' });
  return /Kustomize Version: (\S+)/.exec(stdout ?? '')?.[1] ?? 'is not installed';
}

function fail(message) {
  console.error(`${message}\nusage: node bench/run.mjs [--n 10,100,1000] [--runs 3] [--peers kustomize,cdk8s] [--dir FOLDER]`);
  process.exit(1);
}

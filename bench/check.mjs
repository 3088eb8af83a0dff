/**
 * Measures `check --manifests` on N VirtualServices and N DestinationRules, reading excluded, beside `istioctl validate` and
 * `istioctl analyze` on the same objects, as Istio's Go modules offer them: `node bench/check.mjs --n 1000,10000 --runs 3`.
 * Needs npm packages of the project; Istio is measured where test/conformance/.bin has its judge (`make conformance` builds it).
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { stringify } from 'yaml';
import { generateValidators } from '../scripts/generate-validators.mjs';
import { checkedManifests } from './checked-manifests.mjs';
import { median } from './measure.mjs';
import { benchServices } from './services.mjs';

const bench = fileURLToPath(new URL('.', import.meta.url));
const judge = join(bench, '../test/conformance/.bin/judge');
/** What the check of 1,000 and 1,000 objects may cost, in seconds of CPU; and how much more ten times as many may. */
const limit = 1;
const linear = 13;
/** A rule is named as superlinear where it takes so much longer on ten times the objects, and at least so long. */
const suspicious = { ratio: 30, seconds: 0.1 };

const { values } = parseArgs({ options: { n: { type: 'string', default: '1000,10000' }, runs: { type: 'string', default: '3' } } });
const sizes = values.n.split(',').map(Number);
const work = mkdtempSync(join(tmpdir(), 'mainsheet-check-'));
try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function main() {
  const library = await bundle();
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}; CPU seconds, reading excluded, medians of ${values.runs} runs\n`,
  );
  if (!existsSync(judge)) console.log('skipped: istioctl validate, istioctl analyze: test/conformance/.bin/judge is not built\n');
  const rows = sizes.map((n) => measureSize(n, library));
  const times = (value, base) => (value === undefined ? '–' : `${value.toFixed(2)} (${(value / base).toFixed(1)} ×)`);
  console.log('| objects | check | istioctl validate | istioctl analyze | machine load |\n| --: | --: | --: | --: | --: |');
  for (const { n, check, istio, load } of rows)
    console.log(`| ${n} + ${n} | ${check.toFixed(3)} | ${times(istio?.validate, check)} | ${times(istio?.analyze, check)} | ${load} |`);
  console.log(`\nfindings: ${JSON.stringify(rows.at(-1).findings)}`);
  console.log(`\nrules that cost most at ${sizes.at(-1)}:`);
  const costs = Object.entries(rows.at(-1).rules).sort(([, a], [, b]) => b - a);
  for (const [rule, seconds] of costs.slice(0, 10)) console.log(`  ${(seconds * 1000).toFixed(0).padStart(6)} ms  ${rule}`);
  judgeTargets(rows);
}

function measureSize(n, library) {
  const folder = join(work, `${n}`);
  const files = checkedManifests(benchServices(n));
  for (const [path, objects] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), objects.map((object) => stringify(object)).join('---\n'));
  }
  const runs = Array.from({ length: Number(values.runs) }, () => ({
    read: once(library, folder, 'load'),
    all: once(library, folder, 'check'),
    timed: once(library, folder, 'rules'),
  }));
  const check = median(runs.map(({ read, all }) => all.cpu - read.cpu));
  const rules = Object.fromEntries(
    Object.keys(runs[0].timed.rules).map((rule) => [rule, median(runs.map(({ timed }) => timed.rules[rule]))]),
  );
  return { n, check, rules, findings: runs[0].all.findings, istio: istioOn(files), load: loadavg()[0].toFixed(1) };
}

function once(library, folder, what) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(bench, 'check-once.mjs'), library, folder, what], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Once: it takes long enough not to depend on the moment. */
function istioOn(files) {
  if (!existsSync(judge)) return undefined;
  const input = [...files.values()].flat().map((object) => JSON.stringify(object));
  const { status, stdout, stderr } = spawnSync(judge, ['-measure'], {
    input: `# case: bench\n${input.join('\n---\n')}\n`,
    encoding: 'utf8',
    env: { ...process.env, TARGET_OUT: work, LOCAL_OUT: work },
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The checker with its rules in reach, so that each can be timed. */
async function bundle() {
  await generateValidators();
  const outfile = join(work, 'library.mjs');
  const contents = [
    "export { checkManifests } from './src/pipelines/check-manifests.ts';",
    "export { loadManifests } from './src/load/manifests.ts';",
    "export { rememberingParser } from './src/document/remembering-parser.ts';",
    "export { manifestRules } from './src/rules/rule-sets.ts';",
  ].join('\n');
  await build({
    stdin: { contents, resolveDir: join(bench, '..'), loader: 'ts' },
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    // Packages in CommonJS call `require` for Node's own modules.
    banner: { js: "import{createRequire as createRequireOfNode}from'node:module';const require=createRequireOfNode(import.meta.url);" },
  });
  return outfile;
}

function judgeTargets(rows) {
  const thousand = rows.find(({ n }) => n === 1000);
  const more = rows.find(({ n }) => n === 10_000);
  console.log('\n## Targets\n');
  const say = (title, value, reached) => console.log(`- ${title}: ${value}, ${reached ? 'reached' : '**missed**'}`);
  if (thousand !== undefined) say(`1,000 + 1,000 objects below ${limit} s`, `${thousand.check.toFixed(3)} s`, thousand.check < limit);
  if (thousand === undefined || more === undefined) return;
  const ratio = more.check / thousand.check;
  say(`ten times the objects for at most ${linear} times the time`, `${ratio.toFixed(1)} ×`, ratio <= linear);
  const slow = Object.entries(more.rules).filter(
    ([rule, seconds]) => seconds >= suspicious.seconds && seconds > suspicious.ratio * (thousand.rules[rule] ?? 0),
  );
  say('no rule is superlinear', slow.map(([rule]) => rule).join(', ') || 'none', slow.length === 0);
}

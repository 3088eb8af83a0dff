/**
 * Measures what asks meshes: `trace` of one request, cold and with a warm cache, and `diff` of two environments of which every service has
 * another share: `node bench/traffic.mjs --runs 3`. Each is a whole process of the built command; what a diff costs beyond compiling both
 * sides is told by a `check` of both, which compiles as much and compares nothing.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { repositoryOf } from './generate.mjs';
import { benchEnvironment, measure, median } from './measure.mjs';
import { benchServices } from './services.mjs';

const bench = fileURLToPath(new URL('.', import.meta.url));
const { values } = parseArgs({ options: { runs: { type: 'string', default: '3' } } });
const runs = Number(values.runs);
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const work = mkdtempSync(join(place, 'mainsheet-traffic-'));
try {
  cpSync(join(bench, '../dist'), join(work, 'dist'), { recursive: true });
  main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function main() {
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}; medians of ${runs} runs\n`);
  const rows = [trace(4000), trace(10_000), diff(1000)].flat();
  console.log('| | CPU s | wall s | CPU ÷ check | machine load |\n| :-- | --: | --: | --: | --: |');
  for (const { title, cpu, wall, base, load } of rows)
    console.log(`| ${title} | ${cpu.toFixed(3)} | ${wall.toFixed(3)} | ${(cpu / base).toFixed(2)} × | ${load} |`);
  const of = (title) => rows.find((row) => row.title === title);
  console.log('\n## Targets\n');
  const say = (title, value, most) =>
    console.log(`- ${title} under ${most} s: ${value.toFixed(2)} s, ${value < most ? 'reached' : '**missed**'}`);
  say('trace of 4,000 services, cold', of('trace, N=4000, cold').wall, 3);
  say('trace of 10,000 services, warm', of('trace, N=10000, warm').wall, 3);
  const { cpu, base } = of('diff, N=1000, every service changed');
  say('diff of two environments of 1,000 services, CPU beyond compiling them', cpu - base, 1);
}

function trace(n) {
  const folder = join(work, `trace-${n}`);
  write(folder, repositoryOf(benchServices(n)));
  const words = 'trace http://svc-00007.team-07:8007/';
  const check = both(folder, 'check').cold;
  const { cold, warm } = both(folder, words);
  return [row(`trace, N=${n}, cold`, cold, check), row(`trace, N=${n}, warm`, warm, check)];
}

function diff(n) {
  const folder = join(work, `diff-${n}`);
  const files = repositoryOf(benchServices(n));
  const after = [...files].map(([path, text]) => [
    path.replace('environments/bench/', 'environments/next/'),
    text.replace('environment: bench', 'environment: next').replace('percent: 10', 'percent: 20'),
  ]);
  write(folder, new Map([...files, ...after]));
  return [row(`diff, N=${n}, every service changed`, both(folder, 'diff bench next').cold, both(folder, 'check').cold)];
}

function write(folder, files) {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Medians of runs that each begin with an empty cache, and of as many behind them. */
function both(folder, words) {
  const environment = benchEnvironment(process.env, bench, work);
  const pairs = Array.from({ length: runs }, () => {
    rmSync(environment.XDG_CACHE_HOME, { recursive: true, force: true });
    const line = `"$NODE" "$MAINSHEET" ${words}`;
    return { cold: measure(folder, line, environment), warm: measure(folder, line, environment) };
  });
  const middle = (which) => ({
    cpu: median(pairs.map((pair) => pair[which].cpu)),
    wall: median(pairs.map((pair) => pair[which].wall)),
  });
  return { cold: middle('cold'), warm: middle('warm') };
}

function row(title, { cpu, wall }, check) {
  return { title, cpu, wall, base: check.cpu, load: loadavg()[0].toFixed(1) };
}

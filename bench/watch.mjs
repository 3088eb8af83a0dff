/**
 * Measures what `mainsheet watch` needs for a save, of Bookinfo and of one service among N: `node bench/watch.mjs --n 1000 --saves 30`. By the
 * clock from the moment when the file has its new name until the answer is read, and the CPU of the whole process meanwhile. Needs the built command.
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { generate, intentPath } from './generate.mjs';
import { benchEnvironment, median } from './measure.mjs';
import { benchServices } from './services.mjs';

const bench = fileURLToPath(new URL('.', import.meta.url));
const root = join(bench, '..');
const { values } = parseArgs({ options: { n: { type: 'string', default: '1000' }, saves: { type: 'string', default: '30' } } });
const [n, saves] = [values.n, values.saves].map(Number);
const memory = '/dev/shm';
const work = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'mainsheet-watch-'));
/** Of Linux: clock ticks a second. */
const ticks = 100;

try {
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0].toFixed(1)}; medians of ${saves} saves\n`,
  );
  const bookinfo = join(work, 'bookinfo');
  cpSync(join(root, 'environments'), join(bookinfo, 'environments'), { recursive: true });
  await report('Bookinfo, base, dev, staging, prod', bookinfo, 'environments/prod/services/reviews.yaml');
  const many = join(work, 'many');
  generate(n, many);
  await report(`1 of ${n} services`, many, intentPath(benchServices(n)[n - 1]));
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function report(title, folder, path) {
  const env = { ...benchEnvironment(process.env, bench, root), XDG_CACHE_HOME: join(work, 'cache') };
  const child = spawn(process.execPath, [join(root, 'dist/mainsheet.mjs'), 'watch', '--json'], { cwd: folder, env });
  child.stderr.resume();
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const file = join(folder, path);
  const rounds = [];
  for (let i = 0; i < saves; i += 1) {
    const text = readFileSync(file, 'utf8').replace(/percent: \d+/, `percent: ${11 + (i % 40)}`);
    writeFileSync(`${file}.tmp`, text);
    const [started, cpu] = [performance.now(), cpuOf(child.pid)];
    renameSync(`${file}.tmp`, file);
    const { value } = await lines.next();
    const wall = performance.now() - started;
    const { state, milliseconds, comparisons } = JSON.parse(value);
    if (state !== 'rendered' || comparisons.length !== 1) throw new Error(`save ${i} was not rendered: ${value}`);
    rounds.push({ wall, milliseconds, cpu: cpuOf(child.pid) - cpu });
  }
  child.kill('SIGINT');
  const shown = (name) => `${Math.round(median(rounds.map((round) => round[name])))} ms`;
  console.log(`${title}: ${shown('wall')} from save to answer, ${shown('milliseconds')} of them rendering; ${shown('cpu')} of CPU`);
}

/** Milliseconds of CPU, of all threads, that a process has had. */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticks;
}

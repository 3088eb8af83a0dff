/**
 * Measures `rollout status` and `rollout advance --all` over a repository of N services, of which some are on their way, with a long history:
 * `node bench/rollouts.mjs --n 1000 --active 50 --commits 10000 --runs 3`. Whole processes, git's included. Needs the built command and git. `--due` adds
 * a run in which every step is due at once, which takes minutes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { intentPath, shardsFor } from './generate.mjs';
import { benchEnvironment, measure, median } from './measure.mjs';
import { benchServices, intentOf } from './services.mjs';

const bench = fileURLToPath(new URL('.', import.meta.url));
/** Seconds of CPU that each of them may take. */
const limit = 5;
const first = Date.parse('2025-01-01T00:00:00Z') / 1000;
const between = 600;
const plan = 'rollout: {steps: [10, 50, 100], soak: 720h, retire: 24h, assumeReady: true}\n';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '1000' },
    active: { type: 'string', default: '50' },
    commits: { type: 'string', default: '10000' },
    runs: { type: 'string', default: '3' },
    due: { type: 'boolean', default: false },
  },
});
const [n, active, commits, runs] = [values.n, values.active, values.commits, values.runs].map(Number);
const memory = '/dev/shm';
const work = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'mainsheet-rollouts-'));
const environment = {
  ...benchEnvironment(process.env, bench, join(bench, '..')),
  XDG_CACHE_HOME: join(work, 'cache'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'jason'],
      [`GIT_${who}_EMAIL`, 'jason@bookinfo.example.com'],
    ]),
  ),
};
try {
  main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

function main() {
  const end = first + commits * between;
  writeRepository();
  const at = (seconds) => new Date((end + seconds) * 1000).toISOString().replace('.000', '');
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0].toFixed(1)}`);
  console.log(
    `${n} services, ${active} rollouts, ${commits} commits; CPU seconds of the command and all that it starts, medians of ${runs} runs\n`,
  );
  // They began 20 commits apart, at the end of the history: the oldest has soaked first.
  const soak = 720 * 3600;
  const later = soak + 24 * 3600;
  const dueSeconds = soak - active * 20 * between + between;
  const lines = [
    ['`rollout status`', `rollout status --now ${at(60)}`],
    ['`rollout advance --all`, nothing is due', `rollout advance --all --now ${at(60)}`],
    ['`rollout advance --all`, one step is due', `rollout advance --all --dry-run --now ${at(dueSeconds)}`],
    ...(values.due ? [['`rollout advance --all`, every step is due', `rollout advance --all --dry-run --now ${at(later)}`, Infinity]] : []),
  ];
  console.log('| command | CPU | wall |\n| :-- | --: | --: |');
  const measured = lines.map(([title, line, most = limit]) => {
    const times = Array.from({ length: runs }, () => measure(join(work, 'clone'), `"$NODE" "$MAINSHEET" ${line}`, environment));
    const [cpu, wall] = [median(times.map((time) => time.cpu)), median(times.map((time) => time.wall))];
    console.log(`| ${title} | ${cpu.toFixed(2)} | ${wall.toFixed(2)} |`);
    return { title, cpu, most };
  });
  const slow = measured.filter(({ cpu, most }) => cpu > most);
  for (const { title, cpu } of slow) console.error(`\n${title} takes ${cpu.toFixed(1)} s of CPU, more than ${limit} s`);
  process.exitCode = slow.length > 0 ? 1 : 0;
}

function git(folder, ...words) {
  execFileSync('git', words, { cwd: folder, env: environment, stdio: ['ignore', 'ignore', 'inherit'], maxBuffer: 1e9 });
}

/** A bare remote whose main branch has the history, and a clone of it that is rendered. */
function writeRepository() {
  const bare = join(work, 'remote.git');
  mkdirSync(bare);
  git(bare, 'init', '-q', '--bare', '-b', 'main');
  execFileSync('git', ['fast-import', '--quiet'], { cwd: bare, env: environment, input: historyOf(benchServices(n)) });
  git(bare, 'repack', '-qad');
  git(work, 'clone', '-q', bare, 'clone');
  measure(join(work, 'clone'), '"$NODE" "$MAINSHEET" render >/dev/null', environment);
  git(join(work, 'clone'), 'add', '-A');
  Object.assign(environment, dated(first + commits * between));
  git(join(work, 'clone'), 'commit', '-qm', 'rendered');
  for (const name of ['GIT_AUTHOR_DATE', 'GIT_COMMITTER_DATE']) delete environment[name];
  git(join(work, 'clone'), 'push', '-q', 'origin', 'main');
}

function dated(seconds) {
  return { GIT_AUTHOR_DATE: `${seconds} +0000`, GIT_COMMITTER_DATE: `${seconds} +0000` };
}

/** For git fast-import: all services at once, then one change of one service in each commit; those that are on their way began some commits ago. */
function historyOf(services) {
  const texts = services.map((service, i) => intentOf(service).replace(/canary:\n.*\n.*\n/, '') + (i < active ? plan : ''));
  const settings = `environment: bench\nistio: "1.29"\nshards: ${shardsFor(n)}\n`;
  const begin = services.map((service, i) => [intentPath(service), texts[i]]);
  const lines = [commit(0, [['environments/bench/environment.yaml', settings], ...begin])];
  for (let i = 1; i < commits - 1; i += 1) {
    const which = (i * 7919) % n;
    texts[which] = texts[which].replace(/^timeout: .*$/m, `timeout: ${5 + (i % 97)}s`);
    // Each began its step somewhere in the last tenth of the history.
    const left = commits - 1 - i;
    const starts = left <= active * 20 && left % 20 === 0 ? left / 20 - 1 : undefined;
    if (starts !== undefined) texts[starts] += 'canary: {version: v2, percent: 10}\n';
    const changed = starts === undefined ? [which] : [...new Set([which, starts])];
    lines.push(
      commit(
        i,
        changed.map((one) => [intentPath(services[one]), texts[one]]),
      ),
    );
  }
  return lines.join('');
}

function commit(i, files) {
  const when = `jason <jason@bookinfo.example.com> ${first + i * between} +0000`;
  const data = (text) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const changes = files.map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`);
  return `commit refs/heads/main\ncommitter ${when}\n${data(`change ${i}`)}${changes.join('')}\n`;
}

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const gnuTime = '/usr/bin/time';

/**
 * Runs a line of bash in `folder` as a whole process with all its children, and returns its CPU time (user + system) and wall time in seconds,
 * and its peak memory in MB (of the largest process; undefined without GNU time). Throws when it fails or has something to say on stderr.
 */
export function measure(folder, shell, environment) {
  const memory = join(folder, '.memory');
  const measured = hasGnuTime() ? `${gnuTime} -o .memory -f %M bash -c "$SHELL_LINE"` : 'bash -c "$SHELL_LINE"';
  // Times of bash are in milliseconds; those of GNU time only in hundredths of a second. Fd 3 keeps them apart from the command's own stderr.
  const script = `TIMEFORMAT='%3R %3U %3S'; { time ${measured} >/dev/null 2>&3; } 3>.stderr`;
  const { status, stderr, error } = spawnSync('bash', ['-c', script], {
    cwd: folder,
    env: { ...environment, SHELL_LINE: shell, LC_ALL: 'C' },
    encoding: 'utf8',
  });
  if (error !== undefined) throw error;
  const said = readFileSync(join(folder, '.stderr'), 'utf8');
  rmSync(join(folder, '.stderr'));
  if (status !== 0 || said !== '') throw new Error(`${shell}\nexit ${status}\n${said.slice(0, 2000)}`);
  const [wall, user, system] = stderr.trim().split(' ').map(Number);
  return { cpu: user + system, wall, ...(existsSync(memory) ? { memory: Number(readFileSync(memory, 'utf8')) / 1024 } : {}) };
}

let gnu;
function hasGnuTime() {
  gnu ??= existsSync(gnuTime) && spawnSync(gnuTime, ['-f', '%M', 'true']).status === 0;
  return gnu;
}

/** The environment of every measured process: certificates of the machine cost Node 80 ms at each start; the cache is the benchmark's own. */
export function benchEnvironment(variables, bench, work) {
  const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...rest } = variables;
  return {
    ...rest,
    NODE: process.execPath,
    BENCH: bench,
    MAINSHEET: join(work, 'dist/mainsheet.mjs'),
    XDG_CACHE_HOME: join(work, 'cache'),
    CDK8S_DISABLE_UPDATE_CHECK: '1',
    NO_COLOR: '1',
  };
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

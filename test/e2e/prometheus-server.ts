import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A Prometheus of its own, with a folder of its own. */
export interface RealPrometheus {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Programs that are not on the path, of those that these tests need. */
export function missingPrograms(): readonly string[] {
  return ['prometheus', 'promtool'].filter(
    (name) => !(process.env.PATH ?? '').split(delimiter).some((folder) => isProgram(join(folder, name))),
  );
}

/** A Prometheus that holds a history, in OpenMetrics with times, and scrapes the targets that are given (`host:port`) each second. */
export async function startPrometheus(setup: { readonly history?: string; readonly targets?: readonly string[] }): Promise<RealPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'mainsheet-prometheus-'));
  const data = join(folder, 'data');
  if (setup.history !== undefined) {
    writeFileSync(join(folder, 'history.om'), setup.history);
    execFileSync('promtool', ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', join(folder, 'history.om'), data], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const targets = JSON.stringify(setup.targets ?? []);
  writeFileSync(
    join(folder, 'prometheus.yaml'),
    `global: {scrape_interval: 1s, scrape_timeout: 1s}\nscrape_configs: [{job_name: mesh, static_configs: [{targets: ${targets}}]}]\n`,
  );
  const port = await freePort();
  const server = spawn(
    'prometheus',
    [
      `--config.file=${join(folder, 'prometheus.yaml')}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=100y',
      `--web.listen-address=127.0.0.1:${port}`,
      '--query.timeout=2s',
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const url = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${url}/-/ready`)).ok);
  return {
    url,
    stop: async () => {
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Until something is so; what throws is not so yet. */
export async function until(isSo: () => Promise<boolean>, attempts = 600): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await isSo().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not become so');
}

async function end(server: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

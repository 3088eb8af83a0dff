import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The inputs of a mesh of `count` services in dev, staging and prod, most of them said once; the same for the same number. */
export function manyServices(count: number): ReadonlyMap<string, string> {
  const files = new Map<string, string>([
    ['mainsheet.yaml', 'order: [dev, staging, prod]\n'],
    ['environments/base/environment.yaml', baseEnvironment],
  ]);
  for (const name of ['dev', 'staging', 'prod'])
    files.set(`environments/${name}/environment.yaml`, `environment: ${name}\nextends: [base]\nshards: 40\n`);
  for (let i = 0; i < count; i += 1) {
    const name = nameOf(i);
    files.set(`environments/base/services/${teamOf(i)}/${name}.yaml`, serviceText(i, count));
    if (i % 5 === 0)
      files.set(
        `environments/prod/services/${name}.yaml`,
        `service: ${name}\nnamespace: ${teamOf(i)}\ncanary: {version: v2, percent: ${[5, 10, 25, 50][(i / 5) % 4]}}\ntimeout: ${2 + (i % 9)}s\n`,
      );
    if (i % 7 === 0)
      files.set(
        `environments/staging/services/${name}.yaml`,
        `service: ${name}\nnamespace: ${teamOf(i)}\nstable: v2\npins:\n  - {user: tester-${i}, version: v1}\n`,
      );
  }
  return files;
}

const baseEnvironment = `environment: base
abstract: true
istio: "1.29"
user: {header: end-user}
defaults:
  service:
    loadBalancer: LEAST_REQUEST
rollout:
  steps: [5, 10, 25, 50, 100]
  soak: 24h
  assumeReady: true
`;

export function nameOf(i: number): string {
  const kinds = ['orders', 'billing', 'search', 'catalog', 'payments', 'ledger', 'profile', 'mail', 'stock', 'prices'];
  return `${kinds[i % kinds.length]}-${String(i).padStart(4, '0')}`;
}

export function teamOf(i: number): string {
  return `team-${String(i % 20).padStart(2, '0')}`;
}

function serviceText(i: number, count: number): string {
  const callees = [i * 2 + 1, i * 2 + 2].filter((callee) => callee < count).map((callee) => `${teamOf(callee)}/${nameOf(callee)}`);
  return `service: ${nameOf(i)}
namespace: ${teamOf(i)}
port: ${8000 + (i % 1000)}
versions: [v1, v2]
stable: v1
timeout: ${1 + (i % 7)}s
retries: {attempts: ${1 + (i % 3)}, perTryTimeout: 1s, retryOn: "connect-failure,refused-stream"}
connectionPool: {tcp: {maxConnections: ${100 + i}}}
outlierDetection: {consecutive5xxErrors: ${3 + (i % 5)}, interval: 30s, baseEjectionTime: 60s}
${callees.length === 0 ? '' : `dependsOn: [${callees.join(', ')}]\n`}`;
}

export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

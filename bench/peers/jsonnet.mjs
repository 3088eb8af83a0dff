/**
 * Input: a function that makes the objects, and one call per service with the same values as the intents have; output: a YAML stream.
 * Strings are joined with `+`: `'%s' % …` is library code in jsonnet and many times slower.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { objectsIn, writeFiles } from './files.mjs';

const go = fileURLToPath(new URL('../.bin/go-jsonnet', import.meta.url));
const checks = 'jsonnet syntax';

const library = `{
  local subset(version) = { name: version, labels: { version: version } },
  local destination(host, version, weight) = { destination: { host: host, subset: version }, weight: weight },
  service(name, namespace, timeout, attempts, maxConnections, consecutive5xxErrors):: [
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: name, namespace: namespace },
      spec: {
        host: name,
        trafficPolicy: {
          loadBalancer: { simple: 'LEAST_REQUEST' },
          connectionPool: { tcp: { maxConnections: maxConnections } },
          outlierDetection: { consecutive5xxErrors: consecutive5xxErrors, interval: '30s', baseEjectionTime: '60s' },
        },
        subsets: [subset('v1'), subset('v2')],
      },
    },
    {
      apiVersion: 'networking.istio.io/v1',
      kind: 'VirtualService',
      metadata: { name: name, namespace: namespace },
      spec: {
        hosts: [name],
        http: [{
          route: [destination(name, 'v1', 90), destination(name, 'v2', 10)],
          timeout: timeout,
          retries: { attempts: attempts, perTryTimeout: '1s', retryOn: 'connect-failure,refused-stream' },
        }],
      },
    },
  ],
}
`;

function prepare(folder, services) {
  const calls = services.map(
    ({ name, namespace, timeout, attempts, maxConnections, consecutive5xxErrors }) =>
      `  mesh.service('${name}', '${namespace}', '${timeout}', ${attempts}, ${maxConnections}, ${consecutive5xxErrors}),\n`,
  );
  const main = `local mesh = import 'mesh.libsonnet';\nstd.flattenArrays([\n${calls.join('')}])\n`;
  writeFiles(
    folder,
    new Map([
      ['mesh.libsonnet', library],
      ['main.jsonnet', main],
    ]),
  );
}

const shared = { checks, prepare, objects: (folder) => objectsIn(join(folder, 'out.yaml')) };

export const jsonnet = {
  ...shared,
  name: 'jsonnet',
  title: 'jsonnet (C++), YAML stream',
  missing: () =>
    spawnSync('bash', ['-c', 'PATH="$1:$PATH" jsonnet --version', 'bash', fileURLToPath(new URL('../.bin', import.meta.url))]).status === 0
      ? undefined
      : 'jsonnet is not installed',
  shell: 'PATH="$BENCH/.bin:$PATH" jsonnet -y main.jsonnet > out.yaml',
};

export const goJsonnet = {
  ...shared,
  name: 'go-jsonnet',
  title: 'go-jsonnet, YAML stream',
  missing: () => (existsSync(go) ? undefined : 'go-jsonnet is not in bench/.bin'),
  shell: '"$BENCH/.bin/go-jsonnet" -y main.jsonnet > out.yaml',
};

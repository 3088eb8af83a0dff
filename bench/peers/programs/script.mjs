import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const [from, to] = process.argv.slice(2);
mkdirSync(to, { recursive: true });
for (const path of readdirSync(from, { recursive: true })) {
  if (!path.endsWith('.yaml')) continue;
  const intent = parse(readFileSync(join(from, path), 'utf8'));
  if (intent.service !== undefined) writeFileSync(join(to, `${intent.namespace}.${intent.service}.yaml`), render(intent));
}

function render({ service, namespace, stable, canary, timeout, retries, loadBalancer, connectionPool, outlierDetection, versions }) {
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${service}
  namespace: ${namespace}
spec:
  host: ${service}
  trafficPolicy:
    loadBalancer:
      simple: ${loadBalancer}
    connectionPool:
      tcp:
        maxConnections: ${connectionPool.tcp.maxConnections}
    outlierDetection:
      consecutive5xxErrors: ${outlierDetection.consecutive5xxErrors}
      interval: ${outlierDetection.interval}
      baseEjectionTime: ${outlierDetection.baseEjectionTime}
  subsets:
${Object.entries(versions)
  .map(([name, { labels }]) => `  - name: ${name}\n    labels:\n      version: ${labels.version}`)
  .join('\n')}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: ${service}
  namespace: ${namespace}
spec:
  hosts:
  - ${service}
  http:
  - route:
    - destination:
        host: ${service}
        subset: ${stable}
      weight: ${100 - canary.percent}
    - destination:
        host: ${service}
        subset: ${canary.version}
      weight: ${canary.percent}
    timeout: ${timeout}
    retries:
      attempts: ${retries.attempts}
      perTryTimeout: ${retries.perTryTimeout}
      retryOn: ${retries.retryOn}
`;
}

/**
 * What is benchmarked: N services over 20 namespaces, each with two versions and a canary of 10 %. A pure function of N;
 * no two services have the same text, so nothing can be saved by remembering one.
 */
const namespaces = 20;

/** The values of each service, the same for every peer. */
export function benchServices(n) {
  return Array.from({ length: n }, (_, i) => ({
    name: `svc-${String(i).padStart(5, '0')}`,
    namespace: `team-${String(i % namespaces).padStart(2, '0')}`,
    port: 8000 + (i % 1000),
    timeout: `${2 + (i % 9)}s`,
    attempts: 1 + (i % 3),
    maxConnections: 100 + i,
    consecutive5xxErrors: 3 + (i % 5),
  }));
}

/** A service as a person would write it for Mainsheet: 25 lines. */
export function intentOf(service) {
  return `service: ${service.name}
namespace: ${service.namespace}
port: ${service.port}
versions:
  v1:
    labels: {version: v1}
  v2:
    labels: {version: v2}
stable: v1
canary:
  version: v2
  percent: 10
timeout: ${service.timeout}
retries:
  attempts: ${service.attempts}
  perTryTimeout: 1s
  retryOn: connect-failure,refused-stream
loadBalancer: LEAST_REQUEST
connectionPool:
  tcp:
    maxConnections: ${service.maxConnections}
outlierDetection:
  consecutive5xxErrors: ${service.consecutive5xxErrors}
  interval: 30s
  baseEjectionTime: 60s
`;
}

/** The objects that every peer has to produce for a service. */
export function manifestsOf(service) {
  const { name, namespace } = service;
  const metadata = { name, namespace };
  const subset = (version) => ({ name: version, labels: { version } });
  const destination = (version, weight) => ({ destination: { host: name, subset: version }, weight });
  const apiVersion = 'networking.istio.io/v1';
  return [
    {
      apiVersion,
      kind: 'DestinationRule',
      metadata,
      spec: {
        host: name,
        trafficPolicy: {
          loadBalancer: { simple: 'LEAST_REQUEST' },
          connectionPool: { tcp: { maxConnections: service.maxConnections } },
          outlierDetection: { consecutive5xxErrors: service.consecutive5xxErrors, interval: '30s', baseEjectionTime: '60s' },
        },
        subsets: [subset('v1'), subset('v2')],
      },
    },
    {
      apiVersion,
      kind: 'VirtualService',
      metadata,
      spec: {
        hosts: [name],
        http: [
          {
            route: [destination('v1', 90), destination('v2', 10)],
            timeout: service.timeout,
            retries: { attempts: service.attempts, perTryTimeout: '1s', retryOn: 'connect-failure,refused-stream' },
          },
        ],
      },
    },
  ];
}

/** Services that generated routes lead to without any intent for them. */
const others = [
  ['plain', 'other', 8080],
  ['shadow', 'shop', 80],
  ['fallback', 'shop', 80],
  ['istio-egressgateway', 'istio-system', 80, 443, 5432],
  ['egress', 'edge', 8080],
];

/**
 * The cluster that an environment's intents speak of: a Service for each service. What analysis says of other things is filtered by run.mjs.
 * @returns {object[]} core/v1 objects
 */
export function clusterAround({ loaded }) {
  const home = loaded.environment.namespace ?? 'default';
  const services = loaded.intents
    .filter((intent) => intent.kind === 'service')
    .map(({ name, value }) => {
      const [short, space] = (value.host ?? name).split('.');
      const ports = Object.entries(value.ports ?? {}).map(([key, port]) => ({
        name: port.name ?? (/^\d+$/.test(key) ? `http-${key}` : key),
        port: port.number ?? Number(key),
      }));
      return service(short, space ?? value.namespace ?? home, ports.length > 0 ? ports : [{ name: 'http', port: 80 }]);
    });
  const outside = others.map(([name, namespace, ...ports]) =>
    service(
      name,
      namespace,
      ports.map((port) => ({ name: `tcp-${port}`, port })),
    ),
  );
  const gateways = loaded.intents
    .filter(({ kind, value }) => kind === 'gateway' && value.external === true)
    .map((intent) => foreignGateway(intent, home));
  const namespaces = new Set([...services, ...outside].map(({ metadata }) => metadata.namespace));
  return [...services, ...outside, ...gateways, ...[...namespaces].map(namespaceOf)];
}

function service(name, namespace, ports) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: ports.map((port) => ({ ...port, protocol: 'TCP' })) },
  };
}

/** A Gateway that an intent says is there. */
function foreignGateway({ name, value }, home) {
  const [short, namespace = value.namespace ?? home] = name.split('/').reverse();
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: value.names?.Gateway ?? short, namespace },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: value.servers ?? [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    },
  };
}

function namespaceOf(name) {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'istio-injection': 'enabled' } } };
}

import { manifestsOf } from './services.mjs';

/** Of so many services, one is also reached from outside. */
const exposed = 5;

/**
 * What is checked: for each service of the benchmark a VirtualService and a DestinationRule as people write them, and the Kubernetes
 * Service behind them; a Gateway for each namespace.
 * @returns {Map<string, object[]>} objects by file
 */
export function checkedManifests(services) {
  const files = new Map();
  for (const namespace of new Set(services.map((service) => service.namespace)))
    files.set(`${namespace}/gateway.yaml`, [gatewayOf(namespace)]);
  for (const [index, service] of services.entries()) {
    const [rule, routes] = manifestsOf(service);
    files.set(`${service.namespace}/${service.name}.yaml`, [kubernetesService(service), rule, routed(routes, service, index)]);
  }
  return files;
}

/** With a route for testers before the canary's, and for some a host outside. */
function routed(routes, { name, namespace }, index) {
  const pinned = { match: [{ headers: { 'end-user': { exact: 'tester' } } }], route: [{ destination: { host: name, subset: 'v2' } }] };
  const outside = index % exposed === 0;
  return {
    ...routes,
    spec: {
      hosts: outside ? [name, `${name}.example.com`] : [name],
      ...(outside ? { gateways: ['mesh', `${namespace}/${namespace}`] } : {}),
      http: [pinned, ...routes.spec.http],
    },
  };
}

function gatewayOf(namespace) {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: namespace, namespace },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [`${namespace}/*.example.com`] }],
    },
  };
}

function kubernetesService({ name, namespace, port }) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: { app: name }, ports: [{ name: 'http', port, protocol: 'TCP' }] },
  };
}

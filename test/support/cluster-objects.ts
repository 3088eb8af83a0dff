import { documents } from './builders.ts';

/** Kubernetes objects of a cluster, as texts; all in `bookinfo` where nothing else is said. */
export interface Where {
  readonly namespace?: string;
}

/** A Service in front of the pods of its name; `ports` as Kubernetes writes them, or by number alone. */
export function service(
  name: string,
  ports: readonly (number | string)[] = [9080],
  { namespace = 'bookinfo', spec = `selector: {app: ${name}}`, annotations = '{}' }: Where & { spec?: string; annotations?: string } = {},
): string {
  const list = ports.map((port) => (typeof port === 'number' ? `{name: http-${port}, port: ${port}}` : `{${port}}`));
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}, annotations: ${annotations}}
spec: {${spec}, ports: [${list.join(', ')}]}
`;
}

/** A Deployment whose pods have these labels, in flow style. */
export function deployment(name: string, labels: string, { namespace = 'bookinfo', pod = '' }: Where & { pod?: string } = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: ${namespace}}
spec: {template: {metadata: {labels: {${labels}}}, spec: {${pod}}}}
`;
}

export function namespaceObject(name: string, labels = '{}'): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: ${labels}}\n`;
}

export function secret(name: string, data: string, { namespace = 'istio-system' }: Where = {}): string {
  return `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, namespace: ${namespace}}\ndata: {${data}}\n`;
}

/** Istio's own ingress gateway: its pods, and their Service on 80 and 443. */
export const ingressGateway = documents(
  deployment('istio-ingressgateway', 'istio: ingressgateway, app: istio-ingressgateway', { namespace: 'istio-system' }),
  service('istio-ingressgateway', ['name: http2, port: 80, targetPort: 8080', 'name: https, port: 443, targetPort: 8443'], {
    namespace: 'istio-system',
    spec: 'selector: {istio: ingressgateway}',
  }),
);

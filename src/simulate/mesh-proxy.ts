import type { KnownGateway } from '../mesh/known-gateways.ts';
import type { RequestSource } from '../model/routing.ts';

/** Whose routes are asked for: a sidecar beside a workload, or a gateway's pods at one of its Gateways. */
export type MeshProxy = { readonly kind: 'sidecar'; readonly source: RequestSource } | GatewayProxy;

export interface GatewayProxy {
  readonly kind: 'gateway';
  readonly gateway: KnownGateway;
  /** Of the gateway's pods, which is the client that visibility counts from. */
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** As `match.gateways` names it. */
export function gatewayName(proxy: MeshProxy): string {
  return proxy.kind === 'sidecar' ? 'mesh' : proxy.gateway.id;
}

export function namespaceOf(proxy: MeshProxy): string {
  return proxy.kind === 'sidecar' ? proxy.source.namespace : proxy.namespace;
}

export function labelsOf(proxy: MeshProxy): Readonly<Record<string, string>> {
  return proxy.kind === 'sidecar' ? proxy.source.labels : proxy.labels;
}

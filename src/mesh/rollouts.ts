import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { Named } from './workloads.ts';

/** A Rollout of Argo Rollouts, as far as it says whose weights it moves. */
export interface Rollout extends Named {
  readonly virtualServices: readonly ShiftedObject[];
  /** The DestinationRule of its two subsets, in its own namespace. */
  readonly destinationRule: string;
  /** Which of the two has the traffic where no rollout is under way. */
  readonly stableSubset: string | undefined;
}

/** A VirtualService that a Rollout names, with what it names in it. */
export interface ShiftedObject {
  readonly name: string;
  readonly namespace: string;
  readonly routes: readonly string[];
  readonly tlsRoutes: readonly { readonly port: number; readonly sniHosts: readonly string[] }[];
  readonly tcpRoutes: readonly { readonly port: number }[];
}

/** Undefined for any other object, and for a Rollout that splits by hosts or by no mesh (argo-rollouts 1.10, types.go IstioTrafficRouting). */
export function readRollout({ apiVersion, kind, spec }: JsonObject, named: Named): Rollout | undefined {
  if (kind !== 'Rollout' || typeof apiVersion !== 'string' || !apiVersion.startsWith('argoproj.io/')) return undefined;
  const { canary } = objectOr(objectOr(spec).strategy);
  const { istio } = objectOr(objectOr(canary).trafficRouting);
  const { virtualService, virtualServices, destinationRule } = objectOr(istio);
  const { name, stableSubsetName } = objectOr(destinationRule);
  const stableSubset = typeof stableSubsetName === 'string' ? stableSubsetName : undefined;
  if (typeof name !== 'string') return undefined;
  const said = [...(isObject(virtualService) ? [virtualService] : []), ...listOr(virtualServices).filter(isObject)];
  return { ...named, destinationRule: name, stableSubset, virtualServices: said.map((one) => shiftedObject(one, named.namespace)) };
}

/** 'reviews', or 'reviews.bookinfo' for one of another namespace: what follows the last dot (utils/istio GetVirtualServiceNamespaceName). */
function shiftedObject({ name: written, routes, tlsRoutes, tcpRoutes }: JsonObject, home: string): ShiftedObject {
  const text = String(written).replace(/\.cluster\.local$/, '');
  const dot = text.lastIndexOf('.');
  return {
    name: dot < 0 ? text : text.slice(0, dot),
    namespace: dot < 0 ? home : text.slice(dot + 1),
    routes: listOr(routes).map(String),
    tlsRoutes: listOr(tlsRoutes)
      .filter(isObject)
      .map(({ port, sniHosts }) => ({ port: Number(port ?? 0), sniHosts: listOr(sniHosts).map(String) })),
    tcpRoutes: listOr(tcpRoutes)
      .filter(isObject)
      .map(({ port }) => ({ port: Number(port ?? 0) })),
  };
}

/** The same as a Rollout says it, to be read from its namespace. */
export function shiftedWords({ name, namespace, routes, tlsRoutes, tcpRoutes }: ShiftedObject, home: string): JsonObject {
  return {
    name: namespace === home ? name : `${name}.${namespace}`,
    ...(routes.length === 0 ? {} : { routes }),
    ...(tlsRoutes.length === 0 ? {} : { tlsRoutes: tlsRoutes.map(({ port, sniHosts }) => ({ port, sniHosts })) }),
    ...(tcpRoutes.length === 0 ? {} : { tcpRoutes: tcpRoutes.map(({ port }) => ({ port })) }),
  };
}

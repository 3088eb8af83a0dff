import { qualifiedHost } from '../istio/host.ts';
import { istioKindOf, modernSpec } from '../mesh/istio-kinds.ts';
import { isList, isObject, type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import { asWritten } from './metadata-patches.ts';

/** What holds of objects without being written in each. */
export interface Unwritten {
  readonly home: string;
  readonly clusterDomain: string;
  /** Put on every object that is rendered. */
  readonly labels: JsonObject;
}

/** 'routes': only the routes of a VirtualService are written otherwise, so that a comparison of requests tells whether they do the same. */
export type Likeness = { readonly kind: 'same' } | { readonly kind: 'routes' | 'other'; readonly field: Pointer };

/** How an object that intents render compares with the one that somebody wrote: with Istio's defaults, hosts qualified, in today's spelling. */
export function likenessOf(written: Manifest, rendered: Manifest, spelling: Unwritten): Likeness {
  const [before, after] = [meaningOf(written, spelling), meaningOf(rendered, spelling)];
  const field = firstDifference(before, after, '');
  if (field === undefined) return { kind: 'same' };
  const isOfRoutes = written.kind === 'VirtualService' && /^\/spec\/(http|tls|tcp)(\/|$)/.test(field);
  return { kind: isOfRoutes && sameBeside(before, after) ? 'routes' : 'other', field };
}

function meaningOf(manifest: Manifest, { home, clusterDomain, labels: common }: Unwritten): JsonObject {
  const kind = istioKindOf(manifest);
  const { metadata, spec, ...others } = asWritten(manifest.body);
  const { apiVersion: _version, ...rest } = others;
  const { namespace = home, labels, ...named } = objectOr(metadata);
  const all = { ...common, ...objectOr(labels) };
  const modern = kind === undefined ? objectOr(spec) : modernSpec(kind, objectOr(spec)).value;
  const qualify = (host: Json): Json => (typeof host === 'string' ? qualifiedHost(host, String(namespace), clusterDomain) : host);
  return {
    ...rest,
    metadata: { ...named, namespace, ...(Object.keys(all).length === 0 ? {} : { labels: all }) },
    spec: specMeaning(manifest.kind, modern, qualify),
  };
}

function specMeaning(kind: string, spec: JsonObject, qualify: (host: Json) => Json): JsonObject {
  switch (kind) {
    case 'VirtualService': {
      const lists = (['http', 'tls', 'tcp'] as const).filter((list) => spec[list] !== undefined);
      const routes = lists.map((list) => [list, listOr(spec[list]).map((route) => routeMeaning(objectOr(route), qualify))]);
      return { gateways: ['mesh'], ...spec, hosts: [...new Set(listOr(spec.hosts).map(qualify))], ...Object.fromEntries(routes) };
    }
    case 'DestinationRule': {
      const policy = sortedPorts(spec.trafficPolicy);
      const subsets = listOr(spec.subsets).map((subset) => ({ ...objectOr(subset), ...sortedPorts(objectOr(subset).trafficPolicy) }));
      return { ...spec, host: qualify(spec.host ?? ''), ...policy, ...(subsets.length === 0 ? {} : { subsets }) };
    }
    case 'ServiceEntry':
      return { location: 'MESH_EXTERNAL', resolution: 'NONE', ...spec, ports: listOr(spec.ports).map(upperProtocol) };
    case 'Gateway':
      return {
        ...spec,
        servers: listOr(spec.servers).map((server) => ({ ...objectOr(server), port: upperProtocol(objectOr(server).port ?? {}) })),
      };
    default:
      return spec;
  }
}

/** A lone destination gets everything, and a weight of nothing nothing. */
function routeMeaning(route: JsonObject, qualify: (host: Json) => Json): JsonObject {
  if (!isList(route.route)) return route;
  const several = route.route.length > 1;
  const live = route.route.map(objectOr).filter(({ weight }) => !several || (weight !== 0 && weight !== undefined));
  const legs = live.map(({ weight, destination, ...others }) => {
    const to = objectOr(destination);
    return {
      ...others,
      destination: { ...to, host: qualify(to.host ?? '') },
      ...(live.length > 1 && weight !== undefined ? { weight } : {}),
    };
  });
  return { ...route, route: legs };
}

function sortedPorts(policy: Json | undefined): JsonObject {
  if (!isObject(policy)) return {};
  if (!isList(policy.portLevelSettings)) return { trafficPolicy: policy };
  const numberOf = (entry: Json): number => Number(objectOr(objectOr(entry).port).number);
  return { trafficPolicy: { ...policy, portLevelSettings: [...policy.portLevelSettings].sort((a, b) => numberOf(a) - numberOf(b)) } };
}

function upperProtocol(port: Json): Json {
  return isObject(port) && typeof port.protocol === 'string' ? { ...port, protocol: port.protocol.toUpperCase() } : port;
}

function sameBeside(before: JsonObject, after: JsonObject): boolean {
  const { http: _http, tls: _tls, tcp: _tcp, ...spec } = objectOr(before.spec);
  const { http: _http2, tls: _tls2, tcp: _tcp2, ...other } = objectOr(after.spec);
  return sameJson({ ...before, spec }, { ...after, spec: other });
}

function firstDifference(a: Json | undefined, b: Json | undefined, pointer: Pointer): Pointer | undefined {
  if (sameJson(a, b)) return undefined;
  if (isList(a) && isList(b)) {
    const at = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i).find((i) => !sameJson(a[i], b[i])) ?? 0;
    return at < a.length && at < b.length
      ? firstDifference(a[at], b[at], joinPointer(pointer, at))
      : joinPointer(pointer, Math.min(at, a.length - 1));
  }
  if (!isObject(a) || !isObject(b)) return pointer;
  const key = [...Object.keys(a), ...Object.keys(b)].find((one) => !sameJson(a[one], b[one]));
  return key === undefined ? pointer : firstDifference(a[key], b[key], joinPointer(pointer, key));
}

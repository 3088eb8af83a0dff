import { hostWithin, namespaceOfHost } from '../istio/host.ts';
import { destinationsOf, matchesOf, routesOf } from '../istio/virtual-service-parts.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr, stableJson } from '../model/json.ts';
import { byCodePoint } from '../model/names.ts';
import type { MeshRequest, RequestSource } from '../model/routing.ts';
import { addressRange, printAddress } from '../requests/address-range.ts';
import type { Condition, Literal } from '../requests/literal.ts';
import { among } from '../requests/proxy-literals.ts';
import { plainRequest } from '../requests/request.ts';
import type { RoutePlace } from '../requests/route-list.ts';
import { carries } from './mesh-hosts.ts';
import type { Sources } from './sources.ts';
import { serverNames, virtualHostsAt } from './virtual-hosts.ts';

/** Which places are wanted. */
export interface WantedPlaces {
  /** By the qualified name, in lower case. */
  readonly ofMesh: (host: string) => boolean;
  /** By the gateway's 'namespace/name' and the virtual host. */
  readonly ofGateway: (gateway: string, name: string) => boolean;
}

export const allPlaces: WantedPlaces = { ofMesh: () => true, ofGateway: () => true };

/**
 * Everywhere that requests of some meshes can come to, each place once for all of them: hosts that are known or routed, on each of their
 * ports, for one caller of each sort that their objects tell apart; and the virtual hosts of gateways. In order by name.
 */
export function placesOf(meshes: readonly Sources[], wanted: WantedPlaces = allPlaces): readonly RoutePlace[] {
  return [...meshPlaces(meshes, wanted), ...gatewayPlaces(meshes, wanted)];
}

function meshPlaces(meshes: readonly Sources[], wanted: WantedPlaces): readonly RoutePlace[] {
  const ports = new Map<string, Map<number, Set<MeshRequest['protocol']>>>();
  for (const sources of meshes) {
    for (const { host, ports: known } of sources.mesh.hosts.all) {
      const name = host.toLowerCase();
      if (!wanted.ofMesh(name)) continue;
      const all = ports.get(name) ?? new Map<number, Set<MeshRequest['protocol']>>();
      ports.set(name, all);
      for (const { number, protocol } of known ?? []) {
        const carried = carries(protocol);
        all.set(number, (all.get(number) ?? new Set()).add(carried === 'sniffed' ? 'http' : carried));
        for (const also of carried === 'sniffed' ? connectionsTo(name, meshes) : []) all.get(number)?.add(also);
      }
    }
    for (const name of sources.index.hosts) if (wanted.ofMesh(name) && !ports.has(name)) ports.set(name, new Map());
  }
  return [...ports]
    .sort(([a], [b]) => byCodePoint(a, b))
    .flatMap(([name, known]) => {
      const callers = callersOf(name, meshes);
      const fallback = new Set<MeshRequest['protocol']>(['http', ...connectionsTo(name, meshes)]);
      const numbers = known.size > 0 ? known : new Map([[fallbackPort(name, meshes), fallback]]);
      return [...numbers]
        .sort(([a], [b]) => a - b)
        .flatMap(([port, protocols]) =>
          [...protocols].flatMap((protocol) =>
            namesCalled(name, protocol, meshes)
              .filter((called) => called === name || ports.get(called)?.get(port)?.has('tls') !== true)
              .flatMap((called, _, all) =>
                callers.flatMap((caller) =>
                  atAddresses(meshPlace(called, port, protocol, caller, meshes, narrowerThan(called, all)), meshes),
                ),
              ),
          ),
        );
    });
}

function narrowerThan(name: string, all: readonly string[]): readonly string[] {
  return name.startsWith('*') ? all.filter((one) => one !== name && hostWithin(one, name)) : [];
}

/** What else than http may be spoken on a port that tells nothing: what routes of the host are for. */
function connectionsTo(name: string, meshes: readonly Sources[]): readonly ('tls' | 'tcp')[] {
  const objects = meshes.flatMap(({ index }) => index.forHost(name).map(({ object }) => object));
  return (['tls', 'tcp'] as const).filter((list) => objects.some(({ spec }) => routesOf(spec, [list]).length > 0));
}

/** The host itself; of connections with TLS also every server name that its routes tell apart. */
function namesCalled(name: string, protocol: MeshRequest['protocol'], meshes: readonly Sources[]): readonly string[] {
  if (protocol !== 'tls') return [name];
  const asked = meshes.flatMap(({ index }) => index.forHost(name).flatMap(({ object }) => serverNames(object)));
  return [...new Set([name, ...asked.sort(byCodePoint)])];
}

/** A connection is also routed by where it goes: one to each stretch of addresses that a route names. */
function atAddresses(place: RoutePlace, meshes: readonly Sources[]): readonly RoutePlace[] {
  if (place.plain.protocol === 'http') return [place];
  const subnets = meshes.flatMap(({ index }) =>
    index.forHost(place.name).flatMap(({ object }) =>
      routesOf(object.spec, ['tls', 'tcp'])
        .flatMap(matchesOf)
        .flatMap(({ match }) => listOr(match.destinationSubnets).map(String)),
    ),
  );
  const ranges = [...new Set(subnets)].sort(byCodePoint).flatMap((subnet) => addressRange(subnet) ?? []);
  const addresses = ranges.map(({ family, first, last }) => printAddress(family, first < last ? first + 1n : first));
  return [place, ...addresses.map((address) => ({ ...place, plain: { ...place.plain, address } }))];
}

/** Of a host whose ports nothing tells: one that a match or a destination names. */
function fallbackPort(name: string, meshes: readonly Sources[]): number {
  for (const { index, mesh } of meshes) {
    for (const { object } of index.forHost(name)) {
      for (const { match } of routesOf(object.spec).flatMap(matchesOf))
        if (typeof match.port === 'number' && match.port > 0) return match.port;
      for (const { destination } of destinationsOf(object.spec)) {
        const { number } = objectOr(destination.port);
        if (typeof number === 'number' && mesh.hosts.qualified(String(destination.host), object.namespace).toLowerCase() === name)
          return number;
      }
    }
  }
  return 80;
}

function meshPlace(
  name: string,
  port: number,
  protocol: MeshRequest['protocol'],
  { source, ...sort }: Caller,
  meshes: readonly Sources[],
  narrower: readonly string[],
): RoutePlace {
  const domain = meshes[0]?.mesh.environment.clusterDomain ?? '';
  const namespace = protocol === 'tls' ? undefined : namespaceOfHost(name, domain);
  const short = namespace === undefined ? name : name.slice(0, name.indexOf('.'));
  const plain = {
    ...plainRequest,
    protocol,
    host: narrower.length === 0 ? name.replace('*', 'any') : hostAmong(name, narrower),
    port,
    source,
  };
  if (namespace === undefined) return { ...sort, name, kind: 'mesh', plain, within: authorityWithin(name, [name], port, []) };
  const names = [...(namespace === source.namespace ? [short] : []), `${short}.${namespace}`, `${short}.${namespace}.svc`, name];
  return { ...sort, name, kind: 'mesh', plain: { ...plain, host: names[0] ?? name }, within: authorityWithin(name, names, port, []) };
}

function gatewayPlaces(meshes: readonly Sources[], wanted: WantedPlaces): readonly RoutePlace[] {
  const places = new Map<string, RoutePlace>();
  for (const sources of meshes) {
    for (const gateway of sources.mesh.gateways.all) {
      const ports = new Set(gateway.written.map(({ port }) => objectOr(port).number).filter((number) => typeof number === 'number'));
      for (const port of ports) {
        const hosts = virtualHostsAt(gateway, port, sources);
        const names = [...new Set(hosts.map(({ name }) => name))];
        for (const { name, scheme, carriesHttp } of hosts) {
          if (!wanted.ofGateway(gateway.id, name)) continue;
          const source = { namespace: gateway.namespace, labels: {} };
          const protocol = carriesHttp ? 'http' : scheme === 'https' ? 'tls' : 'tcp';
          const narrower = name.startsWith('*') ? names.filter((one) => one !== name && hostWithin(one, name)) : [];
          const plain = { ...plainRequest, protocol, scheme, port, source, gateway: gateway.id, host: hostAmong(name, narrower) } as const;
          const within = [schemeLiteral(scheme), ...authorityWithin(name, [name], port, narrower)];
          places.set(`${gateway.id} ${name} ${String(port).padStart(5, '0')} ${scheme}`, { name, kind: 'gateway', plain, within });
        }
      }
    }
  }
  return [...places].sort(([a], [b]) => byCodePoint(a, b)).map(([, place]) => place);
}

/** What the Host header says of requests that come to a virtual host: its names, with or without the port. */
function authorityWithin(name: string, names: readonly string[], port: number, narrower: readonly string[]): Condition {
  const without = narrower.map((host): Literal => ({ ...authority([host]), negated: true }));
  if (name === '*') return without;
  return name.startsWith('*')
    ? [authority([name]), ...without]
    : [
        among(
          'authority',
          names.flatMap((one) => [one, `${one}:${port}`]),
          '',
        ),
      ];
}

function authority(hosts: readonly string[]): Literal {
  return { of: 'text', dimension: 'authority', pattern: { kind: 'hosts', hosts }, negated: false, absent: false };
}

function schemeLiteral(scheme: string): Literal {
  return among('scheme', [scheme], '');
}

/** A host of a wildcard that is none of narrower names. */
function hostAmong(name: string, narrower: readonly string[]): string {
  for (const word of ['www', 'any', 'other', 'some', 'else']) {
    const host = name.replace('*', name === '*' ? `${word}.example.com` : word);
    if (!narrower.some((one) => hostWithin(host, one))) return host;
  }
  return name.replace('*', 'nobody-names-this');
}

interface Caller {
  readonly source: RequestSource;
  readonly others?: true;
}

/**
 * One caller of each sort that the objects about a host may tell apart: those of its own namespace, of namespaces that its
 * VirtualServices and DestinationRules or a Sidecar name, with the labels that they ask for; and one of none of these.
 */
function callersOf(name: string, meshes: readonly Sources[]): readonly Caller[] {
  const namespaces = new Set<string>();
  const labels = new Map<string, JsonObject>([['', {}]]);
  const owned: RequestSource[] = [];
  const mention = ({ namespace, spec }: MeshObject): void => {
    namespaces.add(namespace);
    for (const word of listOr(spec.exportTo).map(String)) if (!['.', '*', '~'].includes(word)) namespaces.add(word);
  };
  for (const { mesh, index, rules } of meshes) {
    const home = namespaceOfHost(name, mesh.environment.clusterDomain);
    if (home !== undefined) namespaces.add(home);
    for (const { namespace } of mesh.hosts.named(name)) namespaces.add(namespace);
    const about = [name];
    for (const { object } of index.forHost(name)) {
      mention(object);
      for (const { destination } of destinationsOf(object.spec))
        about.push(mesh.hosts.qualified(String(destination.host), object.namespace).toLowerCase());
      for (const { match } of routesOf(object.spec).flatMap(matchesOf)) {
        if (typeof match.sourceNamespace === 'string' && match.sourceNamespace !== '') namespaces.add(match.sourceNamespace);
        const asked = objectOr(match.sourceLabels);
        if (Object.keys(asked).length > 0) labels.set(stableJson(asked), asked);
      }
    }
    for (const host of new Set(about)) for (const rule of rules.about(host)) mention(rule);
    for (const sidecar of mesh.shown('Sidecar')) {
      const selected = objectOr(objectOr(sidecar.spec.workloadSelector).labels);
      if (Object.keys(selected).length > 0) owned.push({ namespace: sidecar.namespace, labels: texts(selected) });
      else namespaces.add(sidecar.namespace);
    }
  }
  const elsewhere = ['default', 'elsewhere', 'nobody-names-this'].find((one) => !namespaces.has(one)) ?? '';
  const all = [...[...namespaces].sort(byCodePoint), elsewhere].flatMap((namespace) =>
    [...labels.values()].map((one): RequestSource => ({ namespace, labels: texts(one) })),
  );
  const sources = new Map([...all, ...owned].map((source) => [stableJson([source.namespace, source.labels]), source]));
  return [...sources.values()].map((source) => {
    const others = source.namespace === elsewhere && Object.keys(source.labels).length === 0;
    return others ? { source, others } : { source };
  });
}

function texts(labels: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)]));
}

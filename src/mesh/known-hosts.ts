import { namespaceOfHost, qualifiedHost } from '../istio/host.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { Cluster, ClusterService } from './cluster.ts';
import type { MeshObject } from './mesh-object.ts';
import { type Audience, audienceOf, isSeenFrom } from './visibility.ts';

/** Where a host may be sent to: a Kubernetes Service, a ServiceEntry, or a service that an intent declares. */
export interface KnownHost {
  /** Fully qualified where it is a cluster's, else as its ServiceEntry spells it: may be a wildcard. */
  readonly host: string;
  readonly namespace: string;
  readonly from: 'Service' | 'ServiceEntry' | 'intent';
  /** Undefined where nothing tells: an intent that names no port. */
  readonly ports?: readonly HostPort[];
  /** Pod labels that its endpoints have; undefined for hosts outside, or where nothing tells. */
  readonly selector?: JsonObject;
  /** Labels that its pods have, and what they run as, as an intent says. */
  readonly podLabels?: JsonObject;
  readonly serviceAccount?: string;
  /** Virtual addresses that it has: single ones, or of a ServiceEntry also subnets. */
  readonly addresses?: readonly string[];
  /** Namespaces that see it. */
  readonly audience: Audience;
  /** The Kubernetes Service itself. */
  readonly service?: ClusterService;
  /** The ServiceEntry itself. */
  readonly object?: MeshObject;
}

export interface HostPort {
  readonly number: number;
  readonly name?: string;
  /** As written: 'HTTP', 'tcp', …; undefined = nothing tells. */
  readonly protocol?: string;
}

/** What a name leads to as a client in `namespace` sees it. */
export type HostAnswer =
  | { readonly known: 'yes'; readonly hosts: readonly KnownHost[] }
  /** The input shows all Services of the namespace that the name points into, or all that could have the name, and none has it. */
  | { readonly known: 'no' }
  /** Nothing in the input tells. */
  | { readonly known: 'unknown' };

export interface KnownHosts {
  readonly all: readonly KnownHost[];
  /** By fully qualified host: every owner of that very name. */
  readonly named: (host: string) => readonly KnownHost[];
  /** Resolves a host as an object in `namespace` spells it: exact, else the longest fitting wildcard of a ServiceEntry that it sees. */
  readonly find: (written: string, namespace: string) => HostAnswer;
  readonly qualified: (written: string, namespace: string) => string;
}

export interface DeclaredService {
  readonly host: string;
  readonly namespace: string;
  readonly ports?: readonly HostPort[];
  readonly podLabels?: JsonObject;
  readonly serviceAccount?: string;
}

/** What holds for all hosts of a mesh. */
export interface HostRules {
  readonly clusterDomain: string;
  /** For whom a host is that says nothing. */
  readonly exportTo: string;
}

/** Hosts of Services, ServiceEntries and intents, and the question whether a name is one of them. */
export function knownHosts(
  cluster: Cluster,
  entries: readonly MeshObject[],
  declared: readonly DeclaredService[],
  { clusterDomain, exportTo }: HostRules,
): KnownHosts {
  const all: readonly KnownHost[] = [
    ...cluster.services.map((service) => serviceHost(service, clusterDomain, exportTo)),
    ...entries.flatMap((entry) => entryHosts(entry, exportTo)),
    ...declared.map((service) => declaredHost(service, exportTo)),
  ];
  const byName = groupedByHost(all);
  const wildcardsOver = wildcardsAmong(byName.keys());
  // Services that name no namespace may stand in any.
  const unplaced = new Set(cluster.services.filter(({ placed }) => !placed).map(({ name }) => name));
  const qualified = (written: string, namespace: string) => qualifiedHost(written, namespace, clusterDomain);
  const named = (host: string): readonly KnownHost[] => byName.get(host.toLowerCase()) ?? [];
  const find = (written: string, namespace: string): HostAnswer => {
    const host = qualified(written, namespace);
    const exact = named(host);
    if (exact.length > 0) return { known: 'yes', hosts: exact };
    // Only those that the namespace sees: a wildcard that someone keeps for himself makes nothing known to others.
    for (const owners of wildcardsOver(host.toLowerCase()).map(named)) {
      const seen = owners.filter(({ audience }) => isSeenFrom(audience, namespace));
      if (seen.length > 0) return { known: 'yes', hosts: seen };
    }
    const home = namespaceOfHost(host, clusterDomain);
    if (home !== undefined && unplaced.has(host.slice(0, host.indexOf('.')))) return { known: 'unknown' };
    // A name outside the cluster's domain can only be a ServiceEntry, and the input holds those that count or none.
    const complete = home === undefined ? cluster.knowsAny('services') || entries.length > 0 : cluster.knows('services', home);
    return { known: complete ? 'no' : 'unknown' };
  };
  return { all, named, find, qualified };
}

/**
 * Which of some hosts are wildcards over another one, the longest first (Istio: any suffix counts, not just whole labels). All in lower
 * case.
 */
export function wildcardsAmong(hosts: Iterable<string>): (host: string) => readonly string[] {
  const wildcards = new Set([...hosts].filter((host) => host.startsWith('*')));
  const lengths = [...new Set([...wildcards].map((wildcard) => wildcard.length - 1))].sort((a, b) => b - a);
  return (host) => {
    const name = host.startsWith('*') ? host.slice(1) : host;
    return lengths.flatMap((length) => {
      const wildcard = `*${name.slice(name.length - length)}`;
      return length <= name.length && wildcards.has(wildcard) ? [wildcard] : [];
    });
  };
}

function groupedByHost(hosts: readonly KnownHost[]): ReadonlyMap<string, readonly KnownHost[]> {
  const groups = new Map<string, KnownHost[]>();
  for (const one of hosts) {
    const key = one.host.toLowerCase();
    const twins = groups.get(key);
    if (twins === undefined) groups.set(key, [one]);
    else twins.push(one);
  }
  return groups;
}

/** The same host for the same service, in whichever meshes it is. */
function declaredHost(service: DeclaredService, exportTo: string): KnownHost {
  const known = hostsDeclared(service);
  const host: KnownHost = known.get(exportTo) ?? { ...service, from: 'intent', audience: audienceOf([], service.namespace, exportTo) };
  known.set(exportTo, host);
  return host;
}

const hostsDeclared = rememberedFor((_service: DeclaredService) => new Map<string, KnownHost>());

function serviceHost(service: ClusterService, clusterDomain: string, byDefault: string): KnownHost {
  const exported = service.annotations['networking.istio.io/exportTo'];
  const words = typeof exported === 'string' && exported !== '' ? exported.split(',').map((word) => word.trim()) : [];
  return {
    host: `${service.name}.${service.namespace}.svc.${clusterDomain}`,
    namespace: service.namespace,
    from: 'Service',
    ports: service.ports,
    ...(Object.keys(service.selector).length > 0 ? { selector: service.selector } : {}),
    ...(service.addresses.length > 0 ? { addresses: service.addresses } : {}),
    audience: audienceOf(words, service.namespace, byDefault),
    service,
  };
}

function entryHosts(object: MeshObject, byDefault: string): readonly KnownHost[] {
  const { hosts, ports, exportTo, workloadSelector } = object.spec;
  const addresses = listOr(object.spec.addresses).filter((address) => typeof address === 'string');
  const selector = objectOr(objectOr(workloadSelector).labels);
  const audience = audienceOf(listOr(exportTo).map(String), object.namespace, byDefault);
  const known = listOr(ports).flatMap((port): readonly HostPort[] => {
    if (!isObject(port) || typeof port.number !== 'number') return [];
    const { number, name, protocol } = port;
    return [
      { number, ...(typeof name === 'string' ? { name } : {}), ...(typeof protocol === 'string' && protocol !== '' ? { protocol } : {}) },
    ];
  });
  return listOr(hosts).flatMap((host): readonly KnownHost[] =>
    typeof host === 'string'
      ? [
          {
            host,
            namespace: object.namespace,
            from: 'ServiceEntry',
            ports: known,
            ...(Object.keys(selector).length > 0 ? { selector } : {}),
            ...(addresses.length > 0 ? { addresses } : {}),
            audience,
            object,
          },
        ]
      : [],
  );
}

import { namespaceOfHost, qualifiedHost } from '../istio/host.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { Cluster } from './cluster.ts';
import type { MeshObject } from './mesh-object.ts';

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
  /** Namespaces that see it; empty = the mesh's default. */
  readonly exportTo: readonly string[];
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
  /** Resolves a host as an object in `namespace` spells it: exact, else the ServiceEntry with the longest fitting wildcard. */
  readonly find: (written: string, namespace: string) => HostAnswer;
  readonly qualified: (written: string, namespace: string) => string;
}

export interface DeclaredService {
  readonly host: string;
  readonly namespace: string;
  readonly ports?: readonly HostPort[];
}

/** Hosts of Services, ServiceEntries and intents, and the question whether a name is one of them. */
export function knownHosts(
  cluster: Cluster,
  entries: readonly MeshObject[],
  declared: readonly DeclaredService[],
  clusterDomain: string,
): KnownHosts {
  const all: readonly KnownHost[] = [
    ...cluster.services.map((service): KnownHost => {
      const exported = service.annotations['networking.istio.io/exportTo'];
      return {
        host: `${service.name}.${service.namespace}.svc.${clusterDomain}`,
        namespace: service.namespace,
        from: 'Service',
        ports: service.ports,
        ...(Object.keys(service.selector).length > 0 ? { selector: service.selector } : {}),
        exportTo: typeof exported === 'string' ? exported.split(',').map((word) => word.trim()) : [],
      };
    }),
    ...entries.flatMap(entryHosts),
    ...declared.map((service): KnownHost => ({ ...service, from: 'intent', exportTo: [] })),
  ];
  const byName = new Map<string, KnownHost[]>();
  const wildcards: KnownHost[] = [];
  for (const one of all) {
    const key = one.host.toLowerCase();
    const twins = byName.get(key);
    if (twins === undefined) byName.set(key, [one]);
    else twins.push(one);
    if (one.host.startsWith('*')) wildcards.push(one);
  }
  wildcards.sort((a, b) => b.host.length - a.host.length);
  const qualified = (written: string, namespace: string) => qualifiedHost(written, namespace, clusterDomain);
  const named = (host: string): readonly KnownHost[] => byName.get(host.toLowerCase()) ?? [];
  const find = (written: string, namespace: string): HostAnswer => {
    const host = qualified(written, namespace);
    const exact = named(host);
    if (exact.length > 0) return { known: 'yes', hosts: exact };
    const lower = host.toLowerCase();
    const longest = wildcards.find((one) => lower.endsWith(one.host.slice(1).toLowerCase()));
    if (longest !== undefined) return { known: 'yes', hosts: named(longest.host) };
    const home = namespaceOfHost(host, clusterDomain);
    // A name outside the cluster's domain can only be a ServiceEntry, and the input holds those that count or none.
    const complete = home === undefined ? cluster.knowsAny('services') || entries.length > 0 : cluster.knows('services', home);
    return { known: complete ? 'no' : 'unknown' };
  };
  return { all, named, find, qualified };
}

function entryHosts(object: MeshObject): readonly KnownHost[] {
  const { hosts, ports, exportTo, workloadSelector } = object.spec;
  const selector = objectOr(objectOr(workloadSelector).labels);
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
            exportTo: listOr(exportTo).map(String),
            object,
          },
        ]
      : [],
  );
}

import { hostWithin, qualifiedGateway } from '../istio/host.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { listOr } from '../model/json.ts';
import { questionsOf } from '../model/recorded-reads.ts';

/** VirtualServices by what they are bound to and the hosts they name; delegates have none and are not in it. */
export interface VirtualServiceIndex {
  /** Of the mesh: those that name this host or a wildcard over it, with the host as they name it, qualified and in lower case. */
  readonly forHost: (host: string) => readonly BoundHost[];
  /** Of the mesh: those with a host that lies in this one, or that this one lies in. */
  readonly meeting: (host: string) => readonly MeshObject[];
  /** Those that are named at all, as `forHost` has them. */
  readonly hosts: ReadonlySet<string>;
  /** By 'namespace/name' of a Gateway. */
  readonly ofGateway: (id: string) => readonly MeshObject[];
  /** Of those the ones that name just this host. */
  readonly atGateway: (id: string, host: string) => readonly MeshObject[];
}

export interface BoundHost {
  readonly object: MeshObject;
  readonly host: string;
}

export const virtualServiceIndex = questionsOf((mesh: Mesh): VirtualServiceIndex => {
  const exact = new Map<string, BoundHost[]>();
  const wildcards = new Map<string, BoundHost[]>();
  const gateways = new Map<string, MeshObject[]>();
  const atGateways = new Map<string, MeshObject[]>();
  const all: BoundHost[] = [];
  for (const object of mesh.shown('VirtualService')) {
    const hosts = listOr(object.spec.hosts).map((host) => mesh.hosts.qualified(String(host), object.namespace).toLowerCase());
    if (hosts.length === 0) continue;
    const written = listOr(object.spec.gateways).map(String);
    for (const id of new Set(written.filter((one) => one !== 'mesh').map((name) => qualifiedGateway(name, object.namespace)))) {
      add(gateways, id, object);
      for (const host of new Set(hosts)) add(atGateways, `${id} ${host}`, object);
    }
    if (written.length > 0 && !written.includes('mesh')) continue;
    for (const host of hosts) {
      const bound = { object, host };
      all.push(bound);
      add(host.startsWith('*') ? wildcards : exact, host, bound);
    }
  }
  const over = (host: string): readonly BoundHost[] => {
    if (wildcards.size === 0) return [];
    const found: BoundHost[] = [];
    for (let from = 0; from <= host.length; from += 1) found.push(...(wildcards.get(`*${host.slice(from)}`) ?? []));
    return found;
  };
  return {
    forHost: (host) => [...(exact.get(host.toLowerCase()) ?? []), ...over(host.toLowerCase())],
    meeting: (host) => {
      const lower = host.toLowerCase();
      const found = lower.startsWith('*')
        ? all.filter((one) => hostWithin(one.host, lower) || hostWithin(lower, one.host))
        : [...(exact.get(lower) ?? []), ...over(lower)];
      return [...new Set(found.map(({ object }) => object))];
    },
    hosts: new Set(all.map(({ host }) => host)),
    ofGateway: (id) => gateways.get(id) ?? [],
    atGateway: (id, host) => atGateways.get(`${id} ${host.toLowerCase()}`) ?? [],
  };
});

function add<T>(map: Map<string, T[]>, key: string, one: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [one]);
  else known.push(one);
}

import { qualifiedGateway, qualifiedHost } from '../istio/host.ts';
import { boundToMesh } from '../istio/virtual-service-parts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { type Json, listOr, objectOr } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { oneObjectSpeaks, wordsSayIt } from './diagnostics.ts';
import { type Unsaid, unsaid } from './unsaid.ts';

/** The objects that one intent would say: of one host in one namespace. */
export interface ObjectGroup {
  readonly namespace: string;
  readonly fqdn: string;
  /** As the first of its objects spells it. */
  readonly host: string;
  readonly entry?: MeshObject;
  readonly rule?: MeshObject;
  /** The VirtualService of the mesh. */
  readonly routes?: MeshObject;
  /** VirtualServices of gateways alone. */
  readonly exposures: readonly MeshObject[];
}

const groupedKinds: ReadonlySet<string> = new Set(['ServiceEntry', 'DestinationRule', 'VirtualService']);

export interface GroupedObjects {
  /** In the order of their first objects. */
  readonly groups: readonly ObjectGroup[];
  readonly kept: ReadonlyMap<Manifest, Diagnostic>;
}

/** Which objects belong to one another, of those that are not kept already. */
export function groupObjects(mesh: Mesh, left: (object: MeshObject) => boolean): GroupedObjects {
  const kept = new Map<Manifest, Diagnostic>();
  const all = mesh.objects.filter((object) => groupedKinds.has(object.kind) && left(object));
  const entries = new Set(all.filter(({ kind }) => kind === 'ServiceEntry').map(({ namespace, spec }) => hostsKey(namespace, spec.hosts)));
  const placed = new Map<string, Placed[]>();
  for (const object of all) {
    const place = placeOf(object, mesh.environment.clusterDomain, entries);
    if ('unsaid' in place) {
      kept.set(object.manifest, keptUnsaid(object, place));
      continue;
    }
    const key = `${object.namespace} ${place.fqdn}`;
    placed.set(key, [...(placed.get(key) ?? []), { object, ...place }]);
  }
  const groups = [...placed.values()].flatMap((members) => groupOf(members, kept));
  return { groups, kept };
}

interface Place {
  readonly fqdn: string;
  readonly host: string;
  readonly role: 'entry' | 'rule' | 'routes' | 'exposure';
}

type Placed = Place & { readonly object: MeshObject };

function placeOf(object: MeshObject, clusterDomain: string, entries: ReadonlySet<string>): Place | Unsaid {
  const { kind, namespace, spec } = object;
  const qualify = (host: string) => qualifiedHost(host, namespace, clusterDomain);
  if (kind === 'ServiceEntry') {
    const [host = ''] = listOr(spec.hosts).map(String);
    return { fqdn: host, host, role: 'entry' };
  }
  if (kind === 'DestinationRule' && String(spec.host).startsWith('*'))
    return unsaid('/host', 'it holds for many hosts, and an intent is about one');
  if (kind === 'DestinationRule') return { fqdn: qualify(String(spec.host)), host: String(spec.host), role: 'rule' };
  const hosts = listOr(spec.hosts).map(String);
  const [host = '', ...more] = hosts;
  if (boundToMesh(spec)) {
    if (hosts.length === 0) return unsaid('/hosts', 'it has no host of its own: another one delegates to it');
    // One entry that names just these hosts says them all.
    const isEntrys = entries.has(hostsKey(namespace, hosts));
    const isOne = more.every((other) => qualify(other) === qualify(host));
    return !isOne && !isEntrys
      ? unsaid('/hosts/1', 'it has several hosts, and an intent of a service has one')
      : { fqdn: qualify(host), host, role: 'routes' };
  }
  if (listOr(spec.gateways).length > 1)
    return unsaid('/gateways/1', 'it holds for several gateways, and an intent writes a VirtualService for each');
  const lists = [spec.http, spec.tls, spec.tcp].map(listOr);
  const last = objectOr(lists.find((list) => list.length > 0)?.at(-1));
  const led = objectOr(objectOr(listOr(last.route)[0]).destination).host;
  if (typeof led !== 'string') return unsaid('', 'its last route leads to no service that could have an intent');
  return { fqdn: qualify(led), host: led, role: 'exposure' };
}

function groupOf(members: readonly Placed[], kept: Map<Manifest, Diagnostic>): readonly ObjectGroup[] {
  const [first] = members;
  if (first === undefined) return [];
  const only = (role: Place['role']): MeshObject | undefined => {
    const own = members.filter((member) => member.role === role);
    if (own.length > 1)
      for (const { object } of own) {
        const others = own.filter((one) => one.object !== object).map((one) => titleOf(one.object));
        kept.set(
          object.manifest,
          diagnose(oneObjectSpeaks, {
            params: { object: titleOf(object), host: first.host, others },
            at: object.at(object.kind === 'DestinationRule' ? '/host' : '/hosts'),
          }),
        );
      }
    return own.length === 1 ? own[0]?.object : undefined;
  };
  const [entry, rule, routes] = [only('entry'), only('rule'), only('routes')];
  const exposures = members.filter(({ role }) => role === 'exposure').map(({ object }) => object);
  if (entry === undefined && rule === undefined && routes === undefined && exposures.length === 0) return [];
  // The shortest form is the one that people write.
  const [spelled = first] = members.filter(({ role }) => role !== 'exposure').sort((a, b) => a.host.length - b.host.length);
  return [
    {
      namespace: first.object.namespace,
      fqdn: first.fqdn,
      host: spelled.host,
      ...(entry === undefined ? {} : { entry }),
      ...(rule === undefined ? {} : { rule }),
      ...(routes === undefined ? {} : { routes }),
      exposures,
    },
  ];
}

/** Gateways that a VirtualService names, but for the mesh, each as 'namespace/name'. */
export function gatewaysOf({ spec, namespace }: MeshObject): readonly string[] {
  return listOr(spec.gateways)
    .map(String)
    .filter((name) => name !== 'mesh')
    .map((name) => qualifiedGateway(name, namespace));
}

export function keptUnsaid(object: MeshObject, { unsaid: pointer, because }: Unsaid): Diagnostic {
  return diagnose(wordsSayIt, { params: { object: titleOf(object), because }, at: object.at(pointer) });
}

/** A VirtualService belongs to a ServiceEntry that names just its hosts. */
function hostsKey(namespace: string, hosts: Json | undefined): string {
  return JSON.stringify([namespace, listOr(hosts)]);
}

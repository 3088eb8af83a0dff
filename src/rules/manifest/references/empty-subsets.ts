import type { KnownHost } from '../../../mesh/known-hosts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { selects, writtenLabels } from '../../../mesh/workloads.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import { questionsOf, rememberedByReads } from '../../../model/recorded-reads.ts';
import { eachDestination, type NamedDestination, ownersOf } from './each-destination.ts';

/** A subset whose labels none of the host's endpoints has. */
export interface EmptySubset {
  readonly object: MeshObject;
  /** Into the DestinationRule's spec: '/subsets/1'. */
  readonly pointer: string;
  readonly name: string;
  readonly host: string;
  readonly labels: JsonObject;
  /** 'pods of reviews', or 'endpoints of …'. */
  readonly among: string;
  /** Routes that send requests there, not counting those with a weight of 0. */
  readonly routes: readonly NamedDestination[];
}

/** Subsets of a rule that select nothing, of hosts whose endpoints the input shows. */
export const emptySubsets = rememberedByReads((object: MeshObject, mesh: Mesh): readonly EmptySubset[] => {
  const written = String(object.spec.host);
  const host = mesh.hosts.qualified(written, object.namespace);
  const subsets = listOr(object.spec.subsets);
  const endpoints =
    subsets.length === 0 || written.startsWith('*') ? undefined : endpointsOf(mesh, ownersOf(mesh, written, object.namespace));
  if (endpoints === undefined) return [];
  return subsets.flatMap((subset, i): readonly EmptySubset[] => {
    if (!isObject(subset)) return [];
    const labels = writtenLabels(objectOr(subset.labels));
    if (endpoints.labels.some((one) => selects(labels, one))) return [];
    const name = String(subset.name);
    const routes = routesBySubset(mesh).to(`${host.toLowerCase()} ${name}`);
    return [{ object, pointer: `/subsets/${i}`, name, host, labels: objectOr(subset.labels), among: endpoints.among, routes }];
  });
});

interface Endpoints {
  readonly among: string;
  readonly labels: readonly JsonObject[];
}

/** The labels of a host's endpoints; undefined where the input does not show them. */
function endpointsOf(mesh: Mesh, owners: readonly KnownHost[]): Endpoints | undefined {
  const services = owners.filter(({ from }) => from === 'Service');
  const counting = services.length > 0 ? services : owners;
  const parts = counting.map((owner) => (owner.from === 'ServiceEntry' ? entryEndpoints(mesh, owner) : podsOf(mesh, owner)));
  const [first] = parts;
  if (first === undefined || parts.some((part) => part === undefined)) return undefined;
  return { among: first.among, labels: parts.flatMap((part) => part?.labels ?? []) };
}

/**
 * A service that selects no pod of the input at all is one whose pods are kept elsewhere. The endpoints of one without a selector have
 * the labels of pods that someone names for it, of the same namespace, or none.
 */
function podsOf(mesh: Mesh, { from, service, selector = {}, namespace, host }: KnownHost): Endpoints | undefined {
  if (from === 'intent' || service?.externalName !== undefined || !mesh.cluster.knows('workloads', namespace)) return undefined;
  const labels = mesh.cluster
    .selected(writtenLabels(selector), service?.placed === false ? undefined : namespace)
    .map((workload) => workload.labels);
  return labels.length === 0 ? undefined : { among: `pod of ${host}`, labels };
}

/** Istio gives a DNS name without endpoints one endpoint without labels (serviceentry/conversion.go). */
function entryEndpoints(mesh: Mesh, owner: KnownHost): Endpoints | undefined {
  if (owner.selector !== undefined) return podsOf(mesh, owner);
  const { resolution = 'NONE', endpoints } = owner.object?.spec ?? {};
  if (resolution !== 'STATIC' && resolution !== 'DNS' && resolution !== 'DNS_ROUND_ROBIN') return undefined;
  const listed = listOr(endpoints).map((endpoint) => objectOr(objectOr(endpoint).labels));
  if (listed.length === 0 && resolution === 'STATIC') return undefined;
  return { among: `endpoint of ${owner.host}`, labels: listed.length === 0 ? [{}] : listed };
}

const routesBySubset = questionsOf((mesh: Mesh): { readonly to: (subset: string) => readonly NamedDestination[] } => {
  const routes = new Map<string, NamedDestination[]>();
  for (const named of eachDestination(mesh)) {
    const { part, host } = named;
    const { subset } = part.destination;
    const several = listOr(part.route.route.route).length > 1;
    if (typeof subset !== 'string' || part.as === 'mirror' || (several && (part.weight ?? 0) === 0)) continue;
    const key = `${host.toLowerCase()} ${subset}`;
    const known = routes.get(key);
    if (known === undefined) routes.set(key, [named]);
    else known.push(named);
  }
  return { to: (subset) => routes.get(subset) ?? [] };
});

/** "version: v3", as messages write labels. */
export function labelWords(labels: JsonObject): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join(', ');
}

import { slugOfHost } from '../istio/host.ts';
import { boundToMesh } from '../istio/virtual-service-parts.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import type { DraftIntent } from '../model/imported.ts';
import { compact, type Json, type JsonObject } from '../model/json.ts';
import { byCodePoint } from '../model/names.ts';
import type { ImportSettings } from './import-settings.ts';
import { metadataPatches } from './metadata-patches.ts';
import type { ObjectGroup } from './object-groups.ts';

export interface NamedGroup {
  readonly group: ObjectGroup;
  /** Of its intent. */
  readonly name: string;
}

/**
 * A service is called by the first label of its host, an external by its ServiceEntry. Of two in one namespace that would be called alike
 * each has its whole host as its name, so that no name depends on an order.
 */
export function intentNames(groups: readonly ObjectGroup[], { clusterDomain }: ImportSettings): readonly NamedGroup[] {
  const short = groups.map((group) => ({ group, name: group.entry?.name ?? shortName(group.host, group.fqdn, clusterDomain) }));
  const count = new Map<string, number>();
  const keyOf = ({ group, name }: NamedGroup) => `${group.entry === undefined ? 'service' : 'external'} ${group.namespace} ${name}`;
  for (const one of short) count.set(keyOf(one), (count.get(keyOf(one)) ?? 0) + 1);
  return short
    .map((one) => ((count.get(keyOf(one)) ?? 0) > 1 ? { ...one, name: wholeName(one.group) } : one))
    .sort((a, b) => byCodePoint(a.name, b.name) || byCodePoint(a.group.namespace, b.group.namespace));
}

/** 'ratings' of 'ratings.prod.svc.cluster.local'; of a host outside the cluster all its words. */
function shortName(host: string, fqdn: string, clusterDomain: string): string {
  const isOfCluster = !host.includes('*') && (fqdn.endsWith(`.svc.${clusterDomain}`) || !host.includes('.'));
  return isOfCluster ? (host.split('.')[0] ?? host).toLowerCase() : slug(host);
}

function wholeName({ entry, fqdn, namespace }: ObjectGroup): string {
  const [service = '', home = ''] = fqdn.split('.');
  if (entry !== undefined) return slug(fqdn);
  return home === namespace ? service : slug(`${service}.${home}`);
}

/** A DNS label. */
function slug(host: string): string {
  return slugOfHost(host).slice(0, 63).replace(/-+$/, '');
}

/** A group as a document: its kind and name, its words, the names that its objects have otherwise, and what only patches can say. */
export function draftOf(
  group: Pick<ObjectGroup, 'namespace' | 'host'> & { readonly kind?: 'gateway'; readonly entry?: MeshObject },
  name: string,
  words: JsonObject,
  objects: readonly MeshObject[],
  settings: ImportSettings,
): DraftIntent {
  const kind = group.kind ?? (group.entry === undefined ? 'service' : 'external');
  const hasNamespace = objects.some(({ manifest }) => manifest.namespace !== undefined) || settings.namespace !== undefined;
  const namespace = hasNamespace && group.namespace !== settings.namespace ? group.namespace : undefined;
  const names = ownNames(kind, name, objects);
  const patches: readonly Json[] = metadataPatches(objects, settings.labels);
  return {
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    words: {
      [kind]: name,
      ...compact({ namespace, host: kind === 'service' && group.host !== name ? group.host : undefined }),
      ...words,
      ...(Object.keys(names).length === 0 ? {} : { names }),
      ...(patches.length === 0 ? {} : { patches }),
    },
    replaces: objects.map(({ manifest }) => manifest),
  };
}

/** Exposures carry their names themselves. */
function ownNames(kind: DraftIntent['kind'], name: string, objects: readonly MeshObject[]): JsonObject {
  const named = objects.filter((object) => object.name !== name && (kind !== 'service' || !isOfGatewayAlone(object)));
  return Object.fromEntries(named.map((object) => [object.kind, object.name]));
}

function isOfGatewayAlone({ kind, spec }: MeshObject): boolean {
  return kind === 'VirtualService' && !boundToMesh(spec);
}

import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { questionsOf } from '../../../model/recorded-reads.ts';

/** DestinationRules by their host, fully qualified and in lower case; of several namespaces all, those of the registry included. */
export interface RulesOfHosts {
  readonly about: (host: string) => readonly MeshObject[];
}

export const rulesOfHosts = questionsOf((mesh: Mesh): RulesOfHosts => {
  const byHost = new Map<string, MeshObject[]>();
  for (const object of mesh.shown('DestinationRule')) {
    if (!object.wellFormed) continue;
    const host = hostKey(mesh, object.spec.host, object);
    const known = byHost.get(host);
    if (known === undefined) byHost.set(host, [object]);
    else known.push(object);
  }
  return { about: (host) => byHost.get(host) ?? [] };
});

export function hostKey(mesh: Mesh, host: Json | undefined, { namespace }: MeshObject): string {
  return mesh.hosts.qualified(String(host), namespace).toLowerCase();
}

/** The block that holds for a subset, where it is written: the subset's own, else the host's. Blocks of single ports are left out. */
export function blockFor(
  spec: JsonObject,
  subset: Json | undefined,
  block: string,
): { readonly value: JsonObject; readonly pointer: string } | undefined {
  const found = trafficPolicies(spec).filter(
    ({ scope }) => scope.port === undefined && (scope.subset === undefined || scope.subset === subset),
  );
  const own =
    found.find(({ scope, policy }) => scope.subset !== undefined && policy[block] !== undefined) ??
    found.find(({ policy }) => policy[block] !== undefined);
  const value = own?.policy[block];
  return own !== undefined && isObject(value) ? { value, pointer: `${own.pointer}/${block}` } : undefined;
}

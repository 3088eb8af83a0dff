import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import type { Audience } from '../../../mesh/visibility.ts';
import { listOr, objectOr, stableJson } from '../../../model/json.ts';
import { rememberedByReads } from '../../../model/recorded-reads.ts';
import { rememberedFor } from '../../../model/remembered-for.ts';
import { audienceOfObject } from './audiences.ts';

/** A DestinationRule as Istio sorts it: by namespace, host and the clients that it is for. */
export interface HostRule {
  readonly object: MeshObject;
  /** Fully qualified, in lower case. */
  readonly host: string;
  /** '' = every client. */
  readonly selector: string;
  /** As written, each word once, sorted; with a selector always '.'. */
  readonly exported: string;
  readonly audience: Audience;
}

/** The DestinationRules that speak of one host in one namespace; Istio merges only within such a group. */
export const rulesByHost = rememberedFor((mesh: Mesh): ReadonlyMap<string, readonly HostRule[]> => {
  const groups = new Map<string, HostRule[]>();
  for (const object of mesh.ofKind('DestinationRule')) {
    if (!object.wellFormed) continue;
    const rule = hostRule(object, mesh);
    const key = `${object.namespace} ${rule.host}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [rule]);
    else group.push(rule);
  }
  return groups;
});

const hostRule = rememberedByReads((object: MeshObject, mesh: Mesh): HostRule => {
  const { spec, namespace } = object;
  const selected = spec.workloadSelector !== undefined;
  return {
    object,
    host: mesh.hosts.qualified(String(spec.host), namespace).toLowerCase(),
    selector: selected ? stableJson(objectOr(objectOr(spec.workloadSelector).matchLabels)) : '',
    exported: selected ? '.' : [...new Set(listOr(spec.exportTo).map(String))].sort().join(' '),
    audience: selected ? [namespace] : audienceOfObject(object, mesh),
  };
});

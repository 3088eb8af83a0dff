import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';

/** A traffic policy of a DestinationRule, and what it speaks of. */
export interface PolicyPart {
  readonly policy: JsonObject;
  /** Into `spec`. */
  readonly pointer: Pointer;
  /** The subset's name, and the index of the entry of `portLevelSettings` with its number; neither for the whole host. */
  readonly scope: { readonly subset?: string; readonly port?: { readonly index: number; readonly number: number | undefined } };
}

/** By spec: a score of rules ask for the same. */
const remembered = new WeakMap<JsonObject, readonly PolicyPart[]>();

/** Every policy that a DestinationRule states: of the host, of its ports, of each subset, and of each subset's ports. */
export function trafficPolicies(spec: JsonObject): readonly PolicyPart[] {
  const known = remembered.get(spec);
  if (known !== undefined) return known;
  const parts = policiesIn(spec);
  remembered.set(spec, parts);
  return parts;
}

function policiesIn(spec: JsonObject): readonly PolicyPart[] {
  const subsets = listOr(spec.subsets).flatMap((subset, i) => {
    const { name, trafficPolicy } = objectOr(subset);
    return withPorts(trafficPolicy, `/subsets/${i}/trafficPolicy`, { subset: String(name) });
  });
  return [...withPorts(spec.trafficPolicy, '/trafficPolicy', {}), ...subsets];
}

function withPorts(policy: Json | undefined, pointer: Pointer, scope: { readonly subset?: string }): readonly PolicyPart[] {
  if (!isObject(policy)) return [];
  const ports = listOr(policy.portLevelSettings).flatMap((entry, index): readonly PolicyPart[] => {
    if (!isObject(entry)) return [];
    const { number } = objectOr(entry.port);
    const port = { index, number: typeof number === 'number' ? number : undefined };
    return [{ policy: entry, pointer: `${pointer}/portLevelSettings/${index}`, scope: { ...scope, port } }];
  });
  return [{ policy, pointer, scope }, ...ports];
}

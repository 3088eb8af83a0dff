import { isObject, type Json, type JsonObject, listOr, objectOr, sameJson, stableJson } from '../model/json.ts';
import type { Manifest } from '../model/manifest.ts';
import { type ChangedObject, specOf } from './partial-objects.ts';

/**
 * Whether a change of a Sidecar or AuthorizationPolicy may take something away from callers: what they can see, or what they may call.
 * Whoever no longer needs it must have stopped asking before.
 */
export function narrows({ before, after }: ChangedObject): boolean {
  switch ((after ?? before)?.kind) {
    case 'Sidecar':
      return sidecarNarrows(before, after);
    case 'AuthorizationPolicy':
      return policyNarrows(inForce(before), inForce(after));
    default:
      return false;
  }
}

function sidecarNarrows(before: Manifest | undefined, after: Manifest | undefined): boolean {
  if (after === undefined) return false;
  const [old, now] = [specOf(before), specOf(after)];
  if (!sameJson(old.workloadSelector ?? null, now.workloadSelector ?? null) && before !== undefined) return true;
  const mode = (spec: JsonObject) => objectOr(spec.outboundTrafficPolicy).mode;
  if (now.outboundTrafficPolicy !== undefined && mode(now) !== 'ALLOW_ANY' && mode(now) !== mode(old)) return true;
  if (listOr(now.egress).length === 0) return false;
  if (before === undefined || listOr(old.egress).length === 0) return true;
  const imported = (spec: JsonObject) =>
    new Set(
      listOr(spec.egress).flatMap((one) => listOr(objectOr(one).hosts).map((host) => stableJson([objectOr(one).port ?? null, host]))),
    );
  const kept = imported(now);
  return [...imported(old)].some((host) => !kept.has(host));
}

/** A policy on trial, or one that only audits, refuses nobody. */
function inForce(manifest: Manifest | undefined): JsonObject | undefined {
  if (manifest === undefined) return undefined;
  const { annotations } = objectOr(manifest.body.metadata);
  const spec = specOf(manifest);
  return objectOr(annotations)['istio.io/dry-run'] === 'true' || spec.action === 'AUDIT' ? undefined : spec;
}

function policyNarrows(before: JsonObject | undefined, after: JsonObject | undefined): boolean {
  const isDeny = (spec: JsonObject) => spec.action === 'DENY';
  // Without one of several that allow, the others decide alone.
  if (after === undefined) return before !== undefined && !isDeny(before);
  if (before === undefined || (before.action ?? 'ALLOW') !== (after.action ?? 'ALLOW')) return true;
  const apart = ['selector', 'targetRefs', 'targetRef', 'provider'] as const;
  if (apart.some((key) => !sameJson(before[key] ?? null, after[key] ?? null))) return true;
  if (after.action === 'CUSTOM') return !sameJson(before.rules ?? null, after.rules ?? null);
  const [wide, small] = isDeny(after) ? [before, after] : [after, before];
  return !listOr(small.rules).every((rule) => listOr(wide.rules).some((other) => covers(other, rule)));
}

/** Whether a rule fits everything that another fits, as far as that is plain to see. */
function covers(wide: Json, small: Json): boolean {
  if (sameJson(wide, small)) return true;
  if (!isObject(wide) || !isObject(small)) return false;
  if (!sameJson(wide.to ?? null, small.to ?? null) || !sameJson(wide.when ?? null, small.when ?? null)) return false;
  if (wide.from === undefined) return true;
  return listOr(small.from).length > 0 && listOr(small.from).every((one) => listOr(wide.from).some((other) => coversSource(other, one)));
}

function coversSource(wide: Json, small: Json): boolean {
  const [all, some] = [objectOr(objectOr(wide).source), objectOr(objectOr(small).source)];
  const { principals: many, ...others } = all;
  const { principals: few, ...rest } = some;
  return sameJson(others, rest) && listOr(few).length > 0 && listOr(few).every((one) => listOr(many).includes(one));
}

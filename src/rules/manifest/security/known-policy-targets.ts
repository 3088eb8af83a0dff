import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type JsonObject, listOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

interface Target {
  readonly group: string;
  readonly kind: string;
  readonly since: number;
}

const gatewayApi = 'gateway.networking.k8s.io';
const targets: readonly Target[] = [
  { group: gatewayApi, kind: 'Gateway', since: 20 },
  { group: '', kind: 'Service', since: 22 },
  { group: 'networking.istio.io', kind: 'ServiceEntry', since: 24 },
  { group: gatewayApi, kind: 'GatewayClass', since: 25 },
];

/** A policy is attached to one of a few kinds (Istio: validation.go validatePolicyTargetReference, and its history). */
export const knownPolicyTargets = defineObjectRule<{ id: string; kind: string; known: readonly string[]; since: number | undefined }>({
  code: 'MS5611',
  name: 'known-policy-targets',
  severity: 'error',
  summary: ({ id, kind, known, since }) =>
    `${id} targets ${kind}, ${since === undefined ? `which is none of ${listWords(known)}` : `which a policy can target from Istio 1.${since}`}`,
  why: 'Policies are attached to gateways of the Kubernetes Gateway API, waypoints among them, and to what stands behind a waypoint; Istio rejects other targets.',
  fix: 'Write group and kind as named here, or choose workloads by `selector`, as for an Istio Gateway.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  meshes: { from: 20 },
  check(object, report, mesh) {
    const { minor } = mesh.environment.istio;
    for (const [pointer, reference] of referencesOf(object.spec)) {
      const target = targetOf(reference);
      if (target !== undefined && target.since <= minor) continue;
      const { group, kind } = reference;
      const known = targets.filter(({ since }) => since <= minor).map((one) => named(one.group, one.kind));
      const params = { id: titleOf(object), kind: named(String(group ?? ''), String(kind)), known, since: target?.since };
      report({ params, pointer: `${pointer}/kind` });
    }
  },
});

function referencesOf({ targetRef, targetRefs }: JsonObject): readonly (readonly [Pointer, JsonObject])[] {
  const listed = listOr(targetRefs).map((reference, i) => [`/targetRefs/${i}`, reference] as const);
  return [['/targetRef', targetRef] as const, ...listed].flatMap(([pointer, reference]) =>
    isObject(reference) ? [[pointer, reference] as const] : [],
  );
}

/** The core group may be spelled out. */
function targetOf({ group, kind }: JsonObject): Target | undefined {
  const canonical = group === undefined || group === 'core' ? '' : group;
  return targets.find((target) => target.group === canonical && target.kind === kind);
}

function named(group: string, kind: string): string {
  return group === '' ? kind : `${group}/${kind}`;
}

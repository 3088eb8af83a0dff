import type { Mesh } from '../../../mesh/mesh.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { sameJson } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { seenTogether } from './audiences.ts';
import { type HostRule, rulesByHost } from './rules-of-host.ts';
import { sameObject } from './same-object.ts';

/** Whether the mesh merges only rules of the same `exportTo`; before 1.24 it merged all of a host and kept the older one's `exportTo`. */
export function mergedByExport({ environment }: Mesh): boolean {
  return environment.istio.minor >= 24;
}

/**
 * Two DestinationRules of one host and namespace are merged if they are exported alike, literally: `["*"]` is not the same as nothing.
 * Otherwise a client that sees both gets the newest one alone (Istio: destination_rule.go mergeDestinationRule, sidecar.go
 * DestinationRule). A rule for all clients of just its own namespace is even lost beside one with a `workloadSelector`: it is merged into
 * that one, for those workloads.
 */
export const destinationRulesAddUp = defineMeshRule<{ id: string; other: string; host: string; reason: string }>({
  code: 'MS5801',
  name: 'destination-rules-add-up',
  severity: 'error',
  summary: ({ id, other, host, reason }) => `${id} and ${other} are both for ${host}, but do not add up: ${reason}`,
  why: 'Istio merges DestinationRules of one host only if they are exported by the same words; else a client gets one of them whole and nothing of the other, and routes to subsets of the other fail with 503.',
  fix: 'Say everything about a host in one DestinationRule, or write the same `exportTo` in both.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(mesh, report) {
    const byExport = mergedByExport(mesh);
    for (const rules of rulesByHost(mesh).values()) {
      if (rules.length === 1) continue;
      for (const [i, rule] of rules.entries()) {
        const other = rules.slice(0, i).find((one) => !sameObject(one.object, rule.object) && apart(one, rule, byExport) !== undefined);
        const reason = other === undefined ? undefined : apart(other, rule, byExport);
        if (other === undefined || reason === undefined) continue;
        const params = { id: titleOf(rule.object), other: titleOf(other.object), host: rule.host, reason };
        const pointer = rule.object.spec.exportTo === undefined ? '/host' : '/exportTo';
        report(rule.object, { params, pointer, related: [{ message: 'the other one', at: other.object.at('/host') }] });
      }
    }
  },
});

/** Why two rules of one host and namespace do not add up; undefined where they do, where no client sees both, or where it makes no difference. */
function apart(a: HostRule, b: HostRule, byExport: boolean): string | undefined {
  if (a.selector !== b.selector) {
    const [general, selective] = a.selector === '' ? [a, b] : [b, a];
    const lost = byExport && general.selector === '' && selective.selector !== '' && general.exported === '.';
    return lost ? '`exportTo: ["."]` in one and a `workloadSelector` in the other' : undefined;
  }
  if (a.exported === b.exported || sayTheSame(a, b)) return undefined;
  return !byExport || seenTogether(a.audience, b.audience) ? 'they differ in `exportTo`' : undefined;
}

function sayTheSame(a: HostRule, b: HostRule): boolean {
  const [one, other] = [a.object.spec, b.object.spec];
  return sameJson(one.subsets, other.subsets) && sameJson(one.trafficPolicy, other.trafficPolicy);
}

import { knownNamespace } from '../../../mesh/known-namespace.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A DestinationRule for some workloads holds in its own namespace only (Istio: validation.go validateExportTo). */
export const selectedRuleStaysHome = defineObjectRule<{ id: string; entry: string }>({
  code: 'MS5019',
  name: 'selected-rule-stays-home',
  severity: 'error',
  summary: ({ id, entry }) => `${id} selects workloads of its namespace, but is exported to ${entry === '*' ? 'all' : `\`${entry}\``}`,
  why: 'Istio rejects it: a `workloadSelector` selects pods of the namespace that the DestinationRule is in, and of no other.',
  fix: 'Remove `exportTo`, or write only `.`; for other namespaces write a DestinationRule there.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 14 },
  check(object, report, mesh) {
    const { workloadSelector, exportTo } = object.spec;
    if (!isObject(workloadSelector)) return;
    const entries = listOr(exportTo).map(String);
    // Where nobody says what its namespace is, a single name may well be it.
    const home = knownNamespace(object, mesh) ?? entries.find((entry) => entry !== '*');
    const away = entries.findIndex((entry) => entry !== '.' && entry !== home);
    if (away >= 0) report({ params: { id: titleOf(object), entry: entries[away] ?? '' }, pointer: `/exportTo/${away}` });
  },
});

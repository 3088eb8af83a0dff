import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { emptySubsets, labelWords } from './empty-subsets.ts';

/**
 * A subset selects some of the host's endpoints: those pods of the Service, or endpoints of the ServiceEntry, that have its labels
 * (Istio: analyzers/destinationrule/subset.go, which takes pods of other services and namespaces for endpoints, too, and does not look at
 * endpoints of ServiceEntries). A warning only, since a subset is rightly declared before its pods come; routed-subset-has-endpoints speaks
 * of those that get requests.
 */
export const subsetHasEndpoints = defineObjectInMeshRule<{ id: string; name: string; labels: string; among: string }>({
  code: 'MS5709',
  name: 'subset-has-endpoints',
  severity: 'warning',
  alias: 'IST0173',
  summary: ({ id, name, labels, among }) => `no ${among} has the labels \`${labels}\`, which the subset \`${name}\` of ${id} selects by`,
  why: 'Requests to a subset without endpoints fail with 503. Nothing is sent there yet; a route to it would change that.',
  fix: "Write the labels that the version's pods have, or declare the subset when they come.",
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report, mesh) {
    for (const { pointer, name, labels, among, routes } of emptySubsets(object, mesh)) {
      if (routes.length > 0) continue;
      report({ params: { id: titleOf(object), name, labels: labelWords(labels), among }, pointer: `${pointer}/labels` });
    }
  },
});

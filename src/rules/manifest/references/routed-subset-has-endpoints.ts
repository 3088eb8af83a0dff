import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { emptySubsets, labelWords } from './empty-subsets.ts';

/**
 * A subset that requests are sent to must have endpoints: without, Envoy answers 503 UH, and for a ServiceEntry by DNS there is not even a
 * cluster (Istio: pilot/pkg/networking/core/cluster_builder.go buildCluster; Kiali's KIA0203, Istio's IST0173).
 */
export const routedSubsetHasEndpoints = defineMeshRule<{ id: string; name: string; host: string; labels: string; among: string }>({
  code: 'MS5710',
  name: 'routed-subset-has-endpoints',
  severity: 'error',
  alias: 'IST0173',
  summary: ({ id, name, host, labels, among }) =>
    `${id} leads to the subset \`${name}\` of ${host}, but no ${among} has its labels \`${labels}\``,
  why: 'A subset without endpoints answers every request that is sent there with 503.',
  fix: "Bring up the version's pods first, or write the labels that they have.",
  since: '0.1.0',
  reads: ['VirtualService', 'DestinationRule', 'ServiceEntry'],
  check(mesh, report) {
    const said = new Set<string>();
    const rules = mesh.ofKind('DestinationRule').filter(({ wellFormed }) => wellFormed);
    const empty = rules.flatMap((rule) => emptySubsets(rule, mesh));
    for (const { object: rule, pointer, name, host, labels, among, routes } of empty) {
      for (const { object, part } of routes) {
        const key = `${object.namespace}/${object.name} ${host} ${name}`;
        if (said.has(key)) continue;
        said.add(key);
        const params = { id: titleOf(object), name, host, labels: labelWords(labels), among };
        const related = [{ message: 'the labels', at: rule.at(`${pointer}/labels`) }];
        report(object, { params, pointer: `${part.pointer}/subset`, related });
      }
    }
  },
});

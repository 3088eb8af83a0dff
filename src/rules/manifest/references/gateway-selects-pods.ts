import { objectGateway } from '../../../mesh/known-gateways.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { labelWords } from './empty-subsets.ts';
import { gatewayPodsShown } from './gateway-pods.ts';

/**
 * A Gateway configures the pods that its selector takes, in whatever namespace they run (Istio: analyzers/gateway/gateway.go, Kiali's
 * KIA0302). Said where the input shows gateway pods and these are not among them; a warning, because others may run where it does not look.
 */
export const gatewaySelectsPods = defineMeshRule<{ id: string; selector: string; others: string }>({
  code: 'MS5718',
  name: 'gateway-selects-pods',
  severity: 'warning',
  alias: 'IST0101',
  summary: ({ id, selector, others }) => `no pod has the labels \`${selector}\` that ${id} selects by; there is ${others}`,
  why: 'A Gateway that selects no pod opens no port: nothing that is bound to it can be reached.',
  fix: "Write labels of the gateway's pods under `selector`.",
  since: '0.1.0',
  reads: ['Gateway'],
  check(mesh, report) {
    const shown = gatewayPodsShown(mesh);
    if (shown.length === 0) return;
    for (const object of mesh.ofKind('Gateway')) {
      const selector = objectOr(object.spec.selector);
      if (!object.wellFormed || Object.keys(selector).length === 0 || mesh.gateways.podsOf(objectGateway(object)).length > 0) continue;
      report(object, { params: { id: titleOf(object), selector: labelWords(selector), others: podWords(shown) }, pointer: '/selector' });
    }
  },
});

function podWords(pods: ReturnType<typeof gatewayPodsShown>): string {
  const names = [...new Set(pods.map(({ namespace, name, labels }) => `${namespace}/${name} (\`istio: ${String(labels.istio)}\`)`))];
  return names.length > 2 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : listWords(names);
}

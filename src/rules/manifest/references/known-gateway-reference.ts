import { qualifiedGateway } from '../../../istio/host.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { didYouMean, listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { gatewayReferences, isInternalGateway, isMissingGateway } from './gateway-references.ts';

/**
 * A gateway that a VirtualService names must be there: in its list, and in the conditions of http, tls and tcp routes (Istio's analyzer,
 * virtualservice/gateways.go, reads the list alone; Kiali's KIA1102 not those of tls and tcp). An error where the input shows Gateways of the
 * namespace, or one of that very name in another.
 */
export const knownGatewayReference = defineObjectInMeshRule<{ id: string; written: string; name: string; namespace: string }>({
  code: 'MS5713',
  name: 'known-gateway-reference',
  severity: 'error',
  alias: 'IST0101',
  summary: ({ id, written, name, namespace }) =>
    `${id} names the gateway \`${written}\`, but there is no Gateway ${name} in the namespace ${namespace}`,
  why: 'Routes that are bound to a gateway that does not exist receive no traffic, and nobody is told.',
  fix: 'Name a Gateway: `name` in the same namespace, `namespace/name` in another.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    for (const { written, pointer } of gatewayReferences(object)) {
      if (isInternalGateway(written) || !isMissingGateway(mesh, object, written)) continue;
      const [namespace = '', name = ''] = qualifiedGateway(written, object.namespace).split('/');
      const elsewhere = mesh.gateways.named(name).map((gateway) => `${gateway.namespace}/${gateway.name}`);
      report({ params: { id: titleOf(object), written, name, namespace }, pointer, hints: hintsFor(mesh, name, namespace, elsewhere) });
    }
  },
});

function hintsFor({ gateways }: Mesh, name: string, namespace: string, elsewhere: readonly string[]): readonly string[] {
  const written = elsewhere.map((id) => `\`${id}\``);
  return written.length > 0 ? [`write ${listWords(written, 'or')}`] : didYouMean(name, gateways.names(namespace));
}

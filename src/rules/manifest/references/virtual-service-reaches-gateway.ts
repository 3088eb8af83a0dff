import { isPlaced } from '../../../mesh/known-namespace.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { audienceOf, isSeenFrom } from '../../../mesh/visibility.ts';
import { listOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { gatewayReferences } from './gateway-references.ts';

/**
 * A VirtualService must be exported to the namespace of the gateway's pods, which is rarely that of the Gateway object: for a gateway the
 * client is the gateway itself (Istio: pilot/pkg/model/push_context.go initVirtualServices, VirtualServicesForGateway). An error where the
 * input shows the pods, and the workloads of every namespace that the VirtualService is exported to.
 */
export const virtualServiceReachesGateway = defineObjectInMeshRule<{ id: string; gateway: string; exported: string; pods: string }>({
  code: 'MS5717',
  name: 'virtual-service-reaches-gateway',
  severity: 'error',
  summary: ({ id, gateway, exported, pods }) => `${id} is exported to ${exported}, but the pods of the gateway ${gateway} run in ${pods}`,
  why: 'The gateway does not see the VirtualService at all: requests for its hosts get 404.',
  fix: "Add the namespace of the gateway's pods to `exportTo`, or leave `exportTo` out.",
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    const { namespace, spec } = object;
    const audience = audienceOf(listOr(spec.exportTo).map(String), namespace, mesh.environment.mesh.exportTo);
    if (audience === 'everyone' || !isPlaced(object, mesh) || !audience.every((one) => mesh.cluster.knows('workloads', one))) return;
    for (const reference of gatewayReferences(object)) {
      const answer = mesh.gateways.find(reference.written, namespace);
      if (reference.in !== 'gateways' || answer.known !== 'yes') continue;
      const all = mesh.gateways.podsOf(answer.gateway);
      const pods = [...new Set(all.map((pod) => pod.namespace))];
      if (all.length === 0 || all.some(({ placed }) => !placed) || pods.some((one) => isSeenFrom(audience, one))) continue;
      const exported = audience.length === 0 ? 'nobody' : listWords(audience);
      const params = { id: titleOf(object), gateway: answer.gateway.id, exported, pods: listWords(pods) };
      const related = [{ message: 'bound to the gateway here', at: object.at(reference.pointer) }];
      report({
        params,
        pointer: spec.exportTo === undefined ? reference.pointer : '/exportTo',
        related: spec.exportTo === undefined ? [] : related,
      });
    }
  },
});

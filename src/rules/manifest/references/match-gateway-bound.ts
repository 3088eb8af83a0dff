import { qualifiedGateway } from '../../../istio/host.ts';
import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { boundGateways } from '../../../mesh/virtual-service-clients.ts';
import { listOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { isMissingGateway } from './gateway-references.ts';

/**
 * A condition's gateways narrow those that the VirtualService is bound to; one that it is not bound to never brings a request (Istio:
 * pilot/pkg/networking/core/route/route.go sourceMatchHTTP, networking/core/tls.go). Without `gateways` a VirtualService is bound to `mesh`.
 */
export const matchGatewayBound = defineObjectRule<{ id: string; gateway: string; bound: string }>({
  code: 'MS5715',
  name: 'match-gateway-bound',
  severity: 'warning',
  summary: ({ id, gateway, bound }) => `a route of ${id} asks for the gateway \`${gateway}\`, but the VirtualService is bound to ${bound}`,
  why: 'The condition is never met: no request comes to this VirtualService through that gateway.',
  fix: 'Name the gateway under `gateways` of the VirtualService, or take it out of the condition.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    // A delegate is bound by its roots.
    if (listOr(object.spec.hosts).length === 0) return;
    const bound = new Set(boundGateways(object));
    for (const part of routesOf(object.spec)) {
      for (const { match, pointer } of matchesOf(part)) {
        for (const [i, name] of listOr(match.gateways).entries()) {
          const gateway = String(name);
          if (bound.has(gateway === 'mesh' ? gateway : qualifiedGateway(gateway, object.namespace))) continue;
          // Of a gateway that is not there known-gateway-reference speaks.
          if (gateway !== 'mesh' && isMissingGateway(mesh, gateway, object.namespace)) continue;
          const words = listWords([...bound].map((one) => `\`${one}\``));
          report({ params: { id: titleOf(object), gateway, bound: words }, pointer: `${pointer}/gateways/${i}` });
        }
      }
    }
  },
});

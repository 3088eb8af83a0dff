import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { gatewayReferences, isInternalGateway } from './gateway-references.ts';

/**
 * The Gateways that Istio makes of the Kubernetes Gateway API's are its own affair (Istio: analyzers/virtualservice/gateways.go). Today's
 * names for them have a `~`, which its validation refuses besides; older ones pass for a name.
 */
export const gatewayReferencePublic = defineObjectRule<{ id: string; written: string }>({
  code: 'MS5714',
  name: 'gateway-reference-public',
  severity: 'warning',
  alias: 'IST0165',
  summary: ({ id, written }) => `${id} names \`${written}\`, a Gateway that Istio makes for itself`,
  why: 'Istio makes such a Gateway of one of the Kubernetes Gateway API. Its name is no promise: another release may choose another, and the routes would be lost.',
  fix: "Route by an HTTPRoute of the Gateway API, or bind the VirtualService to a Gateway of Istio's API.",
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const { written, pointer } of gatewayReferences(object))
      if (isInternalGateway(written)) report({ params: { id: titleOf(object), written }, pointer });
  },
});

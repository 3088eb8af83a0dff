import { listenersOf } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { type JsonObject, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** Inbound requests are upgraded to HTTP/2, or keep the protocol of the client, not both (Istio: validation.go validateConnectionPool). */
export const inboundUpgradeOrClientProtocol = defineObjectRule<{ id: string; pool: string }>({
  code: 'MS5509',
  name: 'inbound-upgrade-or-client-protocol',
  severity: 'error',
  summary: ({ id, pool }) => `the ${pool} of ${id} sets both \`h2UpgradePolicy: UPGRADE\` and \`useClientProtocol\``,
  why: 'The one always speaks HTTP/2 to the application, the other what the client spoke; Istio rejects the two together.',
  fix: 'Keep one of them.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report) {
    for (const { settings, pointer } of poolsOf(object.spec)) {
      const { h2UpgradePolicy, useClientProtocol } = objectOr(objectOr(settings).http);
      if (h2UpgradePolicy !== 'UPGRADE' || useClientProtocol !== true) continue;
      const pool = pointer.slice(pointer.lastIndexOf('/') + 1);
      report({ params: { id: titleOf(object), pool }, pointer: `${pointer}/http/useClientProtocol` });
    }
  },
});

function poolsOf(spec: JsonObject) {
  const ofPorts = listenersOf(spec, 'ingress').map(({ listener, pointer }) => ({
    settings: listener.connectionPool,
    pointer: `${pointer}/connectionPool`,
  }));
  return [{ settings: spec.inboundConnectionPool, pointer: '/inboundConnectionPool' }, ...ofPorts];
}

import { isHttpProtocol, isTlsProtocol, type ListenerPart, listenersOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * A port that one server opens for plain text takes no other protocol: HTTP servers share it among themselves, everything else is dropped
 * (pilot/pkg/model/gateway.go mergeGateways, canMergeProtocols).
 */
export const oneProtocolPerPort = defineObjectRule<{ id: string; port: string; protocol: string; taken: string }>({
  code: 'MS5318',
  name: 'one-protocol-per-port',
  severity: 'warning',
  summary: ({ id, port, protocol, taken }) => `${port} of ${id} is taken by ${taken} already, so the server for ${protocol} is dropped`,
  why: 'Envoy tells connections of one port apart only by TLS or by HTTP hosts. Istio accepts the Gateway and then leaves the later server out.',
  fix: 'Give it a port of its own; an HTTPS server usually has port 443.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(object, report) {
    const plain = new Map<string, ListenerPart>();
    for (const part of listenersOf(object.spec, 'servers')) {
      const { port, bind, pointer } = part;
      if (port === undefined) continue;
      const key = `${port.number} ${bind}`;
      const other = plain.get(key);
      const taken = other?.port?.protocol ?? '';
      if (other === undefined) {
        if (!isTlsProtocol(port.protocol)) plain.set(key, part);
      } else if (!isHttpProtocol(taken) || !isHttpProtocol(port.protocol)) {
        const related = [{ message: `${taken} stands here`, at: object.at(`${other.pointer}/port/protocol`) }];
        const params = { id: titleOf(object), port: titleOfListener(part), protocol: port.protocol, taken };
        report({ params, pointer: `${pointer}/port/protocol`, related });
      }
    }
  },
});

import { isTlsProtocol, listenersOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A server of protocol HTTPS or TLS says what happens to TLS (Istio: validation.go validateServer). */
export const tlsPortHasTlsSettings = defineObjectRule<{ id: string; port: string; protocol: string }>({
  code: 'MS5303',
  name: 'tls-port-has-tls-settings',
  severity: 'error',
  summary: ({ id, port, protocol }) => `${port} of ${id} speaks ${protocol}, but has no \`tls\``,
  why: 'Without settings nobody knows whether TLS ends at the gateway or passes through it, and Istio rejects the whole Gateway.',
  fix: 'Add `tls: {mode: SIMPLE, credentialName: …}`, or `tls: {mode: PASSTHROUGH}`; for plain text write the protocol `HTTP` or `TCP`.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(object, report) {
    for (const part of listenersOf(object.spec, 'servers')) {
      const { listener, pointer, port } = part;
      if (port === undefined || !isTlsProtocol(port.protocol) || listener.tls !== undefined) continue;
      const params = { id: titleOf(object), port: titleOfListener(part), protocol: port.protocol };
      report({ params, pointer: `${pointer}/port/protocol` });
    }
  },
});

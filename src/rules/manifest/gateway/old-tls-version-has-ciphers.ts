import { serverTlsOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** TLS below 1.2 needs cipher suites that Envoy no longer offers by itself (Istio: validation.go validateTLSOptions). */
export const oldTlsVersionHasCiphers = defineObjectRule<{ id: string; port: string; version: string }>({
  code: 'MS5313',
  name: 'old-tls-version-has-ciphers',
  severity: 'warning',
  summary: ({ id, port, version }) => `${port} of ${id} allows TLS from ${version} on, but names no \`cipherSuites\` for it`,
  why: 'By default Envoy offers only cipher suites of TLS 1.2 and later, so that clients of older versions are turned away all the same.',
  fix: 'Write `minProtocolVersion: TLSV1_2`; where old clients must be served, name suites such as `ECDHE-RSA-AES128-SHA`.',
  since: '0.1.0',
  reads: ['Gateway', 'Sidecar'],
  meshes: { from: 16 },
  check(object, report) {
    for (const { tls, listener, pointer } of serverTlsOf(object.spec)) {
      const version = old.get(String(tls.minProtocolVersion));
      if (version === undefined || listOr(tls.cipherSuites).length > 0) continue;
      report({ params: { id: titleOf(object), port: titleOfListener(listener), version }, pointer: `${pointer}/minProtocolVersion` });
    }
  },
});

const old: ReadonlyMap<string, string> = new Map([
  ['TLSV1_0', '1.0'],
  ['TLSV1_1', '1.1'],
]);

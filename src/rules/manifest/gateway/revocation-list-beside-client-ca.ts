import { serverTlsOf, statedOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A file of revoked certificates stands beside files of authorities, in a mode that asks clients for certificates (Istio: validation.go validateTLSOptions). */
export const revocationListBesideClientCa = defineObjectRule<{ id: string; port: string; beside: string }>({
  code: 'MS5311',
  name: 'revocation-list-beside-client-ca',
  severity: 'error',
  summary: ({ id, port, beside }) => `${port} of ${id} names a \`caCrl\` beside ${beside}`,
  why: 'A revocation list only says which certificates of clients are void; where none are asked for, or a Secret is named, Istio rejects it.',
  fix: 'Take `caCrl` away, or use mode MUTUAL with `caCertificates`; beside `credentialName` the list belongs in the Secret, as `ca.crl`.',
  since: '0.1.0',
  reads: ['Gateway', 'Sidecar'],
  meshes: { from: 22 },
  check(object, report) {
    for (const { tls, mode, listener, pointer } of serverTlsOf(object.spec)) {
      if (mode === 'ISTIO_MUTUAL' || statedOf(tls, ['caCrl']).length === 0) continue;
      const beside = besideOf(mode, statedOf(tls, ['credentialName']).length > 0, statedOf(tls, ['credentialNames']).length > 0);
      if (beside === undefined) continue;
      report({ params: { id: titleOf(object), port: titleOfListener(listener), beside }, pointer: `${pointer}/caCrl` });
    }
  },
});

/** Istio looks no further where TLS ends with a Secret: `revocation-list-in-the-secret` speaks of those. */
function besideOf(mode: string, secret: boolean, secrets: boolean): string | undefined {
  if (mode === 'SIMPLE') return secret || secrets ? undefined : 'the mode SIMPLE';
  if (mode === 'MUTUAL' || mode === 'OPTIONAL_MUTUAL') return undefined;
  return secret ? 'a `credentialName`' : undefined;
}

import { titleOf } from '../../../mesh/mesh-object.ts';
import { authorityKeys, certificateKeys, type KnownSecret } from '../../../mesh/secrets.ts';
import { listWords } from '../../../model/names.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { type Credential, gatewayCredentials } from './gateway-credentials.ts';

/**
 * A Secret that a server takes its certificate from has a certificate and its key, and, where clients must show one, that of an authority
 * (Istio: pilot/pkg/credentials/kube/secrets.go; analyzers/gateway/secret.go does not look for the authority's). Only names of keys are
 * looked at, never what they hold: it may be encrypted, and is nobody's business. A Secret that shows no data at all has
 * had them taken out.
 */
export const gatewayCertificateComplete = defineMeshRule<{ id: string; name: string; namespace: string; lack: string }>({
  code: 'MS5721',
  name: 'gateway-certificate-complete',
  severity: 'error',
  alias: 'IST0161',
  summary: ({ id, name, namespace, lack }) => `${id} takes its certificate from the Secret ${namespace}/${name}, which has no ${lack}`,
  why: 'Istio finds no certificate under the names that it knows. The server does not come up, and connections are refused.',
  fix: 'Store the certificate as `tls.crt` and `tls.key` (or `cert` and `key`), and that of the authority as `ca.crt` (or `cacert`), there or in `<name>-cacert`.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(mesh, report) {
    for (const credential of gatewayCredentials(mesh)) {
      const { object, pointer, name, namespace } = credential;
      const lack = lackOf(credential);
      if (lack !== undefined) report(object, { params: { id: titleOf(object), name, namespace, lack }, pointer });
    }
  },
});

function lackOf({ secret, authority, mutual }: Credential): string | undefined {
  if (secret?.keys === undefined) return undefined;
  const { keys } = secret;
  const [, usual = ['tls.crt', 'tls.key']] = certificateKeys;
  if (!certificateKeys.some((pair) => pair.every((key) => keys.has(key)))) {
    const missing = usual.filter((key) => !keys.has(key));
    return listWords(
      (missing.length === 0 ? usual : missing).map((key) => `\`${key}\``),
      'and no',
    );
  }
  const hasAuthority = (one: KnownSecret | undefined) =>
    one !== undefined && (one.keys === undefined || authorityKeys.some((key) => one.keys?.has(key)));
  return mutual && !hasAuthority(secret) && !hasAuthority(authority) ? '`ca.crt` to know clients by' : undefined;
}

import { isTlsProtocol, passesTls, serverTlsOf, statedOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** TLS that is passed on unread needs no certificates; a forgotten mode means just that (Istio: validation.go validateTLSOptions). */
export const passthroughWithoutCertificates = defineObjectRule<{ id: string; port: string; mode: string; field: string }>({
  code: 'MS5309',
  name: 'passthrough-without-certificates',
  severity: 'warning',
  summary: ({ id, port, mode, field }) => `${port} of ${id} names a \`${field}\`, but ${mode}`,
  why: 'Istio ignores certificates where TLS does not end; requests are not decrypted, and `http` routes get none of them.',
  fix: 'Write `mode: SIMPLE` to end TLS here, or take the certificates away.',
  since: '0.1.0',
  reads: ['Gateway', 'Sidecar'],
  check(object, report) {
    for (const { tls, mode, listener, pointer } of serverTlsOf(object.spec)) {
      if (!passesTls(mode)) continue;
      // Files on a port of another protocol are an error by themselves.
      const onTls = isTlsProtocol(listener.port?.protocol ?? '');
      const [field] = statedOf(tls, onTls ? [...files, ...others] : others);
      if (field === undefined || (!onTls && statedOf(tls, files).length > 0)) continue;
      const written = tls.mode === undefined ? 'sets no `mode`, which means PASSTHROUGH' : `has the mode ${mode}`;
      report({ params: { id: titleOf(object), port: titleOfListener(listener), mode: written, field }, pointer: `${pointer}/${field}` });
    }
  },
});

const files = ['serverCertificate', 'privateKey', 'caCertificates'];
const others = ['credentialName', 'credentialNames', 'tlsCertificates', 'caCrl'];

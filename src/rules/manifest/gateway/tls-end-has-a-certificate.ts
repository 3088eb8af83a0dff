import { endsTls, serverTlsOf, statedOf, type TlsPart, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** Where TLS ends there is a certificate with its key: by Secret, or by files (Istio: validation.go validateTLSOptions). */
export const tlsEndHasACertificate = defineObjectRule<{ id: string; port: string; mode: string; lacking: readonly string[] }>({
  code: 'MS5306',
  name: 'tls-end-has-a-certificate',
  severity: 'error',
  summary: ({ id, port, mode, lacking }) =>
    `${port} of ${id} ends TLS in mode ${mode}, but lacks ${listWords(
      lacking.map((word) => `\`${word}\``),
      'or',
    )}`,
  why: 'Without a certificate and its key no handshake can succeed, and Istio rejects the whole object.',
  fix: 'Name the Secret by `credentialName`, or both files by `serverCertificate` and `privateKey`; a Sidecar knows files alone.',
  since: '0.1.0',
  reads: ['Gateway', 'Sidecar'],
  check(object, report) {
    for (const part of serverTlsOf(object.spec)) {
      const { tls, mode, listener } = part;
      if (!endsTls(mode) || statedOf(tls, ['credentialName', 'credentialNames']).length > 0) continue;
      for (const { lacking, pointer } of incomplete(part, object.kind === 'Gateway')) {
        report({ params: { id: titleOf(object), port: titleOfListener(listener), mode, lacking }, pointer });
      }
    }
  },
});

interface Incomplete {
  readonly lacking: readonly string[];
  readonly pointer: Pointer;
}

const pair = ['serverCertificate', 'privateKey'];

function incomplete({ tls, pointer }: TlsPart, bySecret: boolean): readonly Incomplete[] {
  const listed = listOr(tls.tlsCertificates);
  if (listed.length > 0) {
    return listed.flatMap((certificate, i): readonly Incomplete[] => {
      const lacking = lackingOf(statedOf(objectOr(certificate), pair));
      return lacking.length === 0 ? [] : [{ lacking, pointer: `${pointer}/tlsCertificates/${i}` }];
    });
  }
  const stated = statedOf(tls, pair);
  const lacking = lackingOf(stated);
  if (lacking.length === 0) return [];
  const [half] = stated;
  if (half !== undefined) return [{ lacking, pointer: `${pointer}/${half}` }];
  return [{ lacking: bySecret ? ['credentialName'] : lacking, pointer: `${pointer}/mode` }];
}

function lackingOf(stated: readonly string[]): readonly string[] {
  return pair.filter((field) => !stated.includes(field));
}

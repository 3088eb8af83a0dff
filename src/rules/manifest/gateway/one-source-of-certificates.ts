import { serverTlsOf, statedOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import type { JsonObject } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A server's certificates come from one source: a Secret, several, two files, or a list of files (Istio: validation.go validateTLSOptions). */
export const oneSourceOfCertificates = defineObjectRule<{ id: string; port: string; sources: readonly string[] }>({
  code: 'MS5310',
  name: 'one-source-of-certificates',
  severity: 'error',
  summary: ({ id, port, sources }) =>
    `${port} of ${id} takes its certificates from ${listWords(sources.map((field) => `\`${field}\``))} at once`,
  why: 'Only one source could be used, and Istio rejects the whole object rather than choose.',
  fix: 'Keep one of `credentialName`, `credentialNames`, `tlsCertificates`, or `serverCertificate` with `privateKey`.',
  since: '0.1.0',
  reads: ['Gateway', 'Sidecar'],
  meshes: { from: 27 },
  check(object, report) {
    for (const { tls, mode, listener, pointer } of serverTlsOf(object.spec)) {
      const sources = mode === 'ISTIO_MUTUAL' ? [] : sourcesOf(tls);
      const second = sources[1];
      if (second === undefined) continue;
      report({ params: { id: titleOf(object), port: titleOfListener(listener), sources }, pointer: `${pointer}/${second}` });
    }
  },
});

function sourcesOf(tls: JsonObject): readonly string[] {
  const files = statedOf(tls, ['serverCertificate', 'privateKey']).length === 2 ? ['serverCertificate'] : [];
  return [...statedOf(tls, ['credentialName', 'credentialNames', 'tlsCertificates']), ...files];
}

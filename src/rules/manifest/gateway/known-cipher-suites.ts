import { serverTlsOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { didYouMean } from '../../../model/names.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { cipherSuites, isKeptCipher } from './cipher-suites.ts';

/** Cipher suites are those that Istio knows; it leaves the others out (Istio: validation.go validateTLSOptions). */
export const knownCipherSuites = defineObjectRule<{ id: string; port: string; suite: string }>({
  code: 'MS5314',
  name: 'known-cipher-suites',
  severity: 'warning',
  summary: ({ id, port, suite }) => `${port} of ${id} names the cipher suite \`${suite}\`, which Istio does not know`,
  why: 'Istio leaves unknown suites out; where none is left, the defaults are offered instead of what was asked for.',
  fix: 'Use names of OpenSSL in capitals, one for each entry, such as `ECDHE-RSA-AES128-GCM-SHA256`.',
  since: '0.1.0',
  reads: ['Gateway', 'Sidecar'],
  check(object, report) {
    for (const { tls, listener, pointer } of serverTlsOf(object.spec)) {
      for (const [i, suite] of listOr(tls.cipherSuites).entries()) {
        if (typeof suite !== 'string' || isKeptCipher(suite)) continue;
        const params = { id: titleOf(object), port: titleOfListener(listener), suite };
        report({ params, pointer: `${pointer}/cipherSuites/${i}`, hints: helpFor(suite) });
      }
    }
  },
});

function helpFor(suite: string): readonly string[] {
  if (/^TLS_(AES|CHACHA20)_/i.test(suite)) return ['suites of TLS 1.3 cannot be chosen: all of them are always offered'];
  const parts = suite.split(/[:,\s]+/).filter((part) => part !== '');
  if (parts.length > 1 && parts.every(isKeptCipher)) return ['write each suite as an entry of its own'];
  const written = suite.trim().toUpperCase();
  return cipherSuites.has(written) ? [`did you mean \`${written}\`?`] : didYouMean(suite, cipherSuites);
}

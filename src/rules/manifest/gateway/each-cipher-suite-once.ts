import { serverTlsOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { isKeptCipher } from './cipher-suites.ts';

/** A cipher suite is named once (Istio: validation.go validateTLSOptions). */
export const eachCipherSuiteOnce = defineObjectRule<{ id: string; port: string; suite: string }>({
  code: 'MS5315',
  name: 'each-cipher-suite-once',
  severity: 'warning',
  summary: ({ id, port, suite }) => `${port} of ${id} names the cipher suite \`${suite}\` twice`,
  why: 'Istio takes the first entry and leaves the second out; perhaps another suite was meant.',
  fix: 'Remove one of them, or write the suite that was meant.',
  since: '0.1.0',
  reads: ['Gateway', 'Sidecar'],
  check(object, report) {
    for (const { tls, listener, pointer } of serverTlsOf(object.spec)) {
      const first = new Map<string, number>();
      for (const [i, suite] of listOr(tls.cipherSuites).entries()) {
        if (typeof suite !== 'string' || !isKeptCipher(suite)) continue;
        const other = first.get(suite);
        if (other === undefined) {
          first.set(suite, i);
          continue;
        }
        const related = [{ message: 'named here', at: object.at(`${pointer}/cipherSuites/${other}`) }];
        const params = { id: titleOf(object), port: titleOfListener(listener), suite };
        report({ params, pointer: `${pointer}/cipherSuites/${i}`, related });
      }
    }
  },
});

import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * TLS that a DestinationRule begins must know by which authority it judges the server (Istio: analyzers/destinationrule/ca-certificates.go,
 * which does not look at subsets, and still says so of meshes that no longer need it): from 1.21 on the system's authorities are used where
 * none is named.
 */
export const serverCertificateVerified = defineObjectRule<{ id: string; mode: string; host: string; at: string }>({
  code: 'MS5727',
  name: 'server-certificate-verified',
  severity: 'warning',
  alias: 'IST0128',
  summary: ({ id, mode, host, at }) => `${id} sets TLS mode ${mode} for ${host}${at} without \`caCertificates\``,
  why: 'Up to Istio 1.20 a proxy that is told no authority takes any certificate: the connection is encrypted, but nobody knows with whom.',
  fix: 'Name the file with the authorities that the proxy trusts, such as `caCertificates: /etc/ssl/certs/ca-certificates.crt`.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { to: 20 },
  check(object, report) {
    const { host, workloadSelector } = object.spec;
    for (const { policy, pointer, scope } of trafficPolicies(object.spec)) {
      const { tls } = policy;
      if (!isObject(tls) || (tls.mode !== 'SIMPLE' && tls.mode !== 'MUTUAL') || tls.insecureSkipVerify === true) continue;
      const has = (word: 'caCertificates' | 'credentialName') => typeof tls[word] === 'string' && tls[word] !== '';
      // A proxy that is chosen by its labels can read a Secret, with the authority's certificate in it.
      if (has('caCertificates') || (has('credentialName') && workloadSelector !== undefined)) continue;
      const at = `${scope.subset === undefined ? '' : `, subset \`${scope.subset}\``}${scope.port?.number === undefined ? '' : `, port ${scope.port.number}`}`;
      report({ params: { id: titleOf(object), mode: tls.mode, host: String(host), at }, pointer: `${pointer}/tls/mode` });
    }
  },
});

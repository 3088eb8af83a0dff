import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, destinationRule, manifest } from '../../../support/checked.ts';

const only = ['MS5917'];
/** The mode stands on line 6. */
const rule = (mode: string, host = 'reviews') => destinationRule(`host: ${host}\ntrafficPolicy: {tls: {mode: ${mode}}}`);
const policy = (mode: string, more = '', namespace = 'bookinfo', name = 'default') =>
  manifest('PeerAuthentication', name, `mtls: {mode: ${mode}}${more}`, { namespace, group: 'security' });
const select = (labels: string) => `\nselector: {matchLabels: {${labels}}}`;
const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: reviews, namespace: bookinfo}\nspec: {selector: {app: reviews}, ports: [{port: 9080}]}\n';
const findings = (...texts: readonly string[]) => checked(documents(...texts), { only }).findings;

describe('tls-modes-agree', () => {
  it('warning: plain text where mutual TLS is asked for, and the reverse', () => {
    expect(findings(rule('DISABLE'), policy('STRICT'))).toEqual(['MS5917 line 6']);
    expect(findings(rule('ISTIO_MUTUAL'), policy('DISABLE'))).toEqual(['MS5917 line 6']);
    expect(findings(rule('DISABLE', 'reviews.bookinfo.svc.cluster.local'), policy('STRICT'))).toEqual(['MS5917 line 6']);
    expect(checked(documents(rule('DISABLE'), policy('STRICT')), { only }).diagnostics[0]?.message).toBe(
      'DestinationRule bookinfo/reviews sends plain text to reviews.bookinfo.svc.cluster.local (`DISABLE`), but PeerAuthentication bookinfo/default asks for mutual TLS there (`STRICT`)',
    );
  });

  it('a policy of the workload counts before that of the namespace', () => {
    const own = policy('PERMISSIVE', select('app: reviews'), 'bookinfo', 'reviews');
    expect(findings(rule('DISABLE'), policy('STRICT'), own, service)).toEqual([]);
    expect(
      findings(rule('DISABLE'), policy('PERMISSIVE'), policy('STRICT', select('app: reviews'), 'bookinfo', 'reviews'), service),
    ).toEqual(['MS5917 line 6']);
    expect(findings(rule('DISABLE'), policy('STRICT'), policy('PERMISSIVE', select('app: ratings'), 'bookinfo', 'r'), service)).toEqual([
      'MS5917 line 6',
    ]);
  });

  it.each([
    ['the same on both sides', rule('ISTIO_MUTUAL'), policy('STRICT')],
    ['both are taken', rule('DISABLE'), policy('PERMISSIVE')],
    ['another namespace', rule('DISABLE', 'reviews.shop.svc.cluster.local'), policy('STRICT')],
    ['the whole mesh, hosts without proxies included', rule('DISABLE'), policy('STRICT', '', 'istio-system')],
    [
      'a policy for workloads of which nothing tells whether they are meant',
      rule('DISABLE'),
      documents(policy('STRICT'), policy('PERMISSIVE', select('app: reviews'), 'bookinfo', 'r')),
    ],
    [
      'a policy for some of the pods',
      rule('DISABLE'),
      documents(policy('STRICT'), policy('PERMISSIVE', select('version: v1'), 'bookinfo', 'r'), service),
    ],
    ['a host outside', rule('DISABLE', 'a.example.com'), policy('STRICT')],
  ])('fine: %s', (_, client, server) => {
    expect(findings(client, server)).toEqual([]);
  });

  it('fine: ports of their own; pods without a proxy', () => {
    const ports = `${select('app: reviews')}\nportLevelMtls: {"9080": {mode: PERMISSIVE}}`;
    expect(findings(rule('DISABLE'), policy('STRICT', ports), service)).toEqual([]);
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: bookinfo, labels: {app: reviews, sidecar.istio.io/inject: "false"}}\n';
    expect(findings(rule('DISABLE'), policy('STRICT'), service, pod)).toEqual([]);
  });
});

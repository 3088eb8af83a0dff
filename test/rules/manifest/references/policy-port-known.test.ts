import { describe, expect, it } from 'vitest';
import { documents } from '../../../support/builders.ts';
import { checked, destinationRule } from '../../../support/checked.ts';
import { service } from '../../../support/cluster-objects.ts';
import { rendered } from '../../../support/rendered.ts';

const settings = (port: number) => `portLevelSettings: [{port: {number: ${port}}, loadBalancer: {simple: RANDOM}}]`;
const found = (...texts: readonly string[]) => checked(documents(...texts), { only: ['MS5712'] });

describe('policy-port-known', () => {
  it('fine: a port of the host, or of one that nothing tells of', () => {
    const rule = destinationRule(`host: reviews\ntrafficPolicy: {${settings(9080)}}`);
    expect(found(rule, service('reviews')).codes).toEqual([]);
    expect(found(rule).codes).toEqual([]);
    expect(found(destinationRule(`host: "*.local"\ntrafficPolicy: {${settings(1)}}`), service('reviews')).codes).toEqual([]);
  });

  it('warning: another port, at the top and in a subset', () => {
    const rule = destinationRule(
      `host: reviews\ntrafficPolicy: {${settings(80)}}\nsubsets:\n- {name: v1, trafficPolicy: {${settings(8080)}}}`,
    );
    const { findings, diagnostics } = found(rule, service('reviews', ['name: http, port: 9080, targetPort: 8080']));
    expect(findings).toEqual(['MS5712 line 6', 'MS5712 line 8']);
    expect(diagnostics.map(({ message, hints }) => [message, ...hints])).toEqual([
      ['DestinationRule bookinfo/reviews sets a policy for port 80 of reviews, which has port 9080'],
      [
        'DestinationRule bookinfo/reviews sets a policy for port 8080 of reviews, which has port 9080',
        '8080 is the `targetPort` of its port 9080: write 9080',
      ],
    ]);
  });

  it('leads to the words of an intent', () => {
    const intent = 'service: reviews\nports:\n  http: {number: 80, loadBalancer: {simple: RANDOM}}\n';
    const registry = { environment: 'registry: [k8s]', files: { 'mesh/k8s/reviews.yaml': service('reviews') } };
    expect(rendered(intent, registry).findings).toEqual(['MS5712 line 3']);
  });
});

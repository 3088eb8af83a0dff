import { describe, expect, it } from 'vitest';
import { compile } from '../../src/pipeline.ts';
import { meshOf } from '../support/random-services.ts';
import { rendered } from '../support/rendered.ts';

const tunnel = 'tunnel: {targetHost: proxy.example.com, targetPort: 3128}';
const said = { targetHost: 'proxy.example.com', targetPort: 3128 };

describe('a tunnel', () => {
  it('is said for the host and for every version, because Istio reads it where a connection is routed to', () => {
    const { ok, spec } = rendered(
      `service: mongo\nports: {tcp: 27017}\nversions: {v1: {}, v2: {loadBalancer: RANDOM}}\nstable: v1\n${tunnel}\n`,
    );
    expect([ok, spec('DestinationRule mongo')]).toEqual([
      true,
      expect.objectContaining({
        trafficPolicy: { tunnel: said },
        subsets: [
          { name: 'v1', labels: { version: 'v1' }, trafficPolicy: { tunnel: said } },
          { name: 'v2', labels: { version: 'v2' }, trafficPolicy: { loadBalancer: { simple: 'RANDOM' }, tunnel: said } },
        ],
      }),
    ]);
  });

  it('is proven on ports that have a policy of their own, too', () => {
    const intent = `service: mongo\nports: {tcp: {number: 27017, loadBalancer: RANDOM}}\nversions: {v1: {loadBalancer: RANDOM}}\nstable: v1\n${tunnel}\n`;
    expect(rendered(intent).findings).toEqual([]);
    const template =
      '{{> policy-blocks}}\n{{#if portLevelSettings}}\nportLevelSettings:\n  {{#each portLevelSettings}}\n  - port:\n      number: {{port}}\n    {{> policy-blocks}}\n  {{/each}}\n{{/if}}\n';
    const tree = new Map([...meshOf([['s.yaml', intent]]), ['templates/partials/traffic-policy.hbs', template]]);
    expect(compile(tree, 'mesh').diagnostics.map(({ code }) => code)).toEqual(['MS6002']);
  });
});

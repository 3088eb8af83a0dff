import { describe, expect, it } from 'vitest';
import { rendered } from '../../../support/rendered.ts';

const service = (patches: string) => `service: reviews\nport: 9080\nversions: [v1]\nstable: v1\n${patches}\n`;

describe('virtual-service-has-routes', () => {
  it('error: a patch that removes the last route', () => {
    const patches = 'patches: [{target: VirtualService, reason: x, ops: [{op: remove, path: /spec/http/0}]}]';
    expect(rendered(service(patches)).codes).toEqual(['MS6005', 'MS5006']);
  });

  it('error: a hand-written one without routes', () => {
    const files = {
      'mesh/legacy/vs.yaml': 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: x}\nspec: {hosts: [x]}\n',
    };
    expect(rendered('service: a\nversions: [v1]\n', { environment: 'manifests: [legacy]', files }).codes).toEqual(['MS5006']);
  });

  it('fine: a route is left', () => {
    expect(rendered(service('')).codes).toEqual([]);
  });
});

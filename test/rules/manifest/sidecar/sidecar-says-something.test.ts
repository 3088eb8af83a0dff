import { describe, expect, it } from 'vitest';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const check = (spec: string, istio = '1.31') => marked(sidecarOf(spec), { only: ['MS5501'], istio });
const ingress = 'ingress: [{port: {number: 80, protocol: HTTP, name: http}, defaultEndpoint: "127.0.0.1:80"}]';

describe('sidecar-says-something', () => {
  it.each(['{}', '{ingress: [], egress: []}', 'workloadSelector: {labels: {app: reviews}}'])('error: %s', (spec) => {
    expect(check(spec)).toEqual(['MS5501 line 4: spec']);
  });

  it.each(['egress: [{hosts: ["./*"]}]', ingress, 'outboundTrafficPolicy: {}', 'inboundConnectionPool: {tcp: {maxConnections: 1}}'])(
    'fine: %s',
    (spec) => {
      expect(check(spec)).toEqual([]);
    },
  );

  it('error before 1.9: no egress, whatever else there is', () => {
    expect(check(ingress, '1.8')).toEqual(['MS5501 line 4: spec']);
    expect(check(ingress, '1.9')).toEqual([]);
    expect(check('egress: [{hosts: ["./*"]}]', '1.8')).toEqual([]);
  });
});

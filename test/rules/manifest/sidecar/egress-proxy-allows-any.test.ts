import { describe, expect, it } from 'vitest';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const check = (words: string) => marked(sidecarOf(`outboundTrafficPolicy: {${words}}`), { only: ['MS5515'] });
const proxy = 'egressProxy: {host: egress.istio-system.svc.cluster.local, port: {number: 8080}}';

describe('egress-proxy-allows-any', () => {
  it('error: another mode, or none', () => {
    expect(check(`mode: REGISTRY_ONLY, ${proxy}`)).toEqual(['MS5515 line 5: REGISTRY_ONLY']);
    expect(check(proxy)).toEqual(['MS5515 line 5: egressProxy']);
  });

  it('fine: ALLOW_ANY, or no proxy', () => {
    expect(check(`mode: ALLOW_ANY, ${proxy}`)).toEqual([]);
    expect(check('mode: REGISTRY_ONLY')).toEqual([]);
  });
});

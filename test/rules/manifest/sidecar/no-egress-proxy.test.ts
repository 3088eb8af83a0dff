import { describe, expect, it } from 'vitest';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const check = (words: string) => marked(sidecarOf(`outboundTrafficPolicy: {${words}}`), { only: ['MS5517'] });
const proxy = 'egressProxy: {host: egress.istio-system.svc.cluster.local, port: {number: 8080}}';

describe('no-egress-proxy', () => {
  it('warning: a proxy that Istio accepts', () => {
    expect(check(`mode: ALLOW_ANY, ${proxy}`)).toEqual(['MS5517 line 5: egressProxy']);
  });

  it('fine: none; one that is refused is another finding', () => {
    expect(check('mode: ALLOW_ANY')).toEqual([]);
    expect(check(`mode: REGISTRY_ONLY, ${proxy}`)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { marked, sidecarOf } from '../../../support/listeners.ts';

const check = (spec: string) => marked(sidecarOf(spec), { only: ['MS5516'] });

describe('outbound-mode-is-written', () => {
  it('warning: a policy without a mode', () => {
    expect(check('outboundTrafficPolicy: {}')).toEqual(['MS5516 line 5: outboundTrafficPolicy']);
  });

  it.each(['outboundTrafficPolicy: {mode: REGISTRY_ONLY}', 'outboundTrafficPolicy: {mode: ALLOW_ANY}', 'egress: [{hosts: ["./*"]}]'])(
    'fine: %s',
    (spec) => {
      expect(check(spec)).toEqual([]);
    },
  );

  it('fine: a mesh that refuses unknown hosts itself', () => {
    const text = sidecarOf('outboundTrafficPolicy: {}');
    expect(marked(text, { only: ['MS5516'], outboundTrafficPolicy: 'REGISTRY_ONLY' })).toEqual([]);
  });

  it('leaves a proxy without a mode to its own error', () => {
    expect(check('outboundTrafficPolicy: {egressProxy: {host: a.example, port: {number: 80}}}')).toEqual([]);
  });
});

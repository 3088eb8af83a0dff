import { describe, expect, it } from 'vitest';
import { reviews } from '../../../support/builders.ts';
import { rendered } from '../../../support/rendered.ts';
import { found, routed } from './found.ts';

const code = 'MS5115';
const mirrored = (share: string) => routed(`route: [{destination: {host: a}}]\n  mirror: {host: b}\n  ${share}`);

describe('mirror-share-as-percentage', () => {
  it.each([
    ['mirrorPercent: 10', ['MS5115 line 9: mirrorPercent']],
    ['mirror_percent: 0', ['MS5115 line 9: mirror_percent']],
    ['mirrorPercent: 10\n  mirrorPercentage: {value: 5}', ['MS5115 line 9: mirrorPercent']],
  ])('warning: %s', (share, findings) => {
    expect(found(mirrored(share), code)).toEqual(findings);
    expect(found(mirrored(share), code, '1.8')).toEqual(findings);
    expect(found(mirrored(share), code, '1.7')).toEqual([]);
  });

  it("fine: today's spelling", () => {
    expect(found(mirrored('mirrorPercentage: {value: 10}'), code)).toEqual([]);
  });

  it('fine: an intent, whichever spelling it uses', () => {
    expect(rendered(`${reviews}mirror: v2\nmirrorPercent: 10\n`).codes).not.toContain(code);
    expect(rendered(`${reviews}mirror: v2\nmirrorPercentage: {value: 10}\n`, { istio: '1.8' }).codes).toEqual([]);
  });
});

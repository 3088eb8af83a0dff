import { describe, expect, it } from 'vitest';
import { rendered } from '../support/rendered.ts';

const warned = 'service: m\nhost: m.elsewhere.svc.cluster.local\nversions: [v1]\n';
const allow = (rule: string, until = '') => `allow:\n  - {rule: ${rule}, reason: only we call it${until}}\n`;

describe('allow: waivers', () => {
  it.each(['MS2015', 'rule-reaches-clients'])('%s takes the warning away', (rule) => {
    expect(rendered(warned + allow(rule)).findings).toEqual([]);
  });

  it('a warning comes back after the last day of its waiver', () => {
    const until = ', until: "2026-03-31"';
    expect(rendered(warned + allow('MS2015', until), { today: '2026-03-31' }).findings).toEqual([]);
    expect(rendered(warned + allow('MS2015', until), { today: '2026-04-01' }).findings).toEqual(['MS2015 line 2', 'MS3092 line 5']);
  });

  it('one that waives nothing is a warning itself', () => {
    expect(rendered(`service: m\n${allow('MS2015')}`).findings).toEqual(['MS3090 line 3']);
  });

  it('errors stand', () => {
    expect(rendered(`service: m\nversions: [v1]\nstable: v2\n${allow('MS2001')}`).findings).toEqual(['MS2001 line 3', 'MS3091 line 5']);
  });

  it("another intent's waiver does not help", () => {
    expect(rendered(`${warned}---\nservice: b\n${allow('MS2015')}`).findings).toEqual(['MS2015 line 2', 'MS3090 line 7']);
  });

  it('a waiver of an overlay reaches what the lower folder says', () => {
    const files = { 'base/environment.yaml': 'environment: base\nabstract: true\n', 'base/m.yaml': warned };
    expect(rendered(`service: m\n${allow('MS2015')}`, { environment: 'extends: [base]', files }).findings).toEqual([]);
  });

  it('of a rule about dates is judged only where the day is known', () => {
    const dated = `service: m\nversions: [v1, v2]\nstable: v1\npins: [{match: [{method: {exact: GET}}], version: v2, until: "2026-01-31"}]\n${allow('pin-in-force')}`;
    expect(rendered(dated).findings).toEqual([]);
    expect(rendered(dated, { today: '2026-02-01' }).findings).toEqual([]);
  });

  it.each(['MS5904', 'known-subset', 'MS9999'])('of a rule that exists, or a code, is told of no other: %s', (rule) => {
    const [finding] = rendered(`service: m\n${allow(rule)}`).diagnostics;
    expect([finding?.code, finding?.hints]).toEqual(['MS3090', []]);
  });

  it('of a mistyped rule is told which one was meant', () => {
    expect(rendered(`service: m\n${allow('known-subst')}`).diagnostics[0]?.hints).toEqual(['did you mean `known-subset`?']);
  });
});

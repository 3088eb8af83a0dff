import { describe, expect, it } from 'vitest';
import { checked, destinationRule, manifest, virtualService } from '../../../support/checked.ts';
import { rendered } from '../../../support/rendered.ts';
import { spelledFor } from '../spelled-for.ts';

const only = ['MS5020'];
const route = (words: string) => virtualService(`hosts: [reviews]\nhttp:\n- route: [{destination: {host: reviews}}]\n  ${words}`);
const policy = (words: string) => destinationRule(`host: reviews\ntrafficPolicy: {${words}}`);

const words: readonly (readonly [word: string, text: string, since: string, line: number])[] = [
  ['mirrorPercent', route('mirror: {host: a}\n  mirrorPercent: 5'), '1.5', 9],
  ['mirror_percent', route('mirror: {host: a}\n  mirror_percent: 5'), '1.5', 9],
  ['fault.delay.percent', route('fault: {delay: {fixedDelay: 1s, percent: 5}}'), '1.1', 8],
  ['corsPolicy.allowOrigin', route('corsPolicy: {allowOrigin: ["*"]}'), '1.5', 8],
  ['outlierDetection.consecutiveErrors', policy('outlierDetection: {consecutiveErrors: 5}'), '1.5', 6],
  ['loadBalancer.simple: LEAST_CONN', policy('loadBalancer: {simple: LEAST_CONN}'), '1.14', 6],
  ['loadBalancer.warmupDurationSecs', policy('loadBalancer: {warmupDurationSecs: 10s}'), '1.24', 6],
  ['loadBalancer.consistentHash.minimumRingSize', policy('loadBalancer: {consistentHash: {minimumRingSize: 10}}'), '1.16', 6],
];

const before = (version: string) => `1.${Number(version.slice(2)) - 1}`;

describe('current-words', () => {
  it.each(words)('warning: %s', (word, text, since, line) => {
    const { findings, diagnostics } = checked(text, { only });
    expect(findings).toEqual([`MS5020 line ${line}`]);
    expect(diagnostics[0]?.message).toContain(`\`${word}\``);
    expect(diagnostics[0]?.message).toContain(`since Istio ${since} there is`);
  });

  it.each(words)('%s: from the mesh on that has the newer one', (_, text, since) => {
    const inMesh = (istio: string) => checked(spelledFor(istio, text), { istio, only }).codes;
    expect([inMesh(before(since)), inMesh(since)]).toEqual([[], only]);
  });

  it('warning: a Sidecar’s `egressProxy`, for which there is no newer word', () => {
    const egress = 'egressProxy: {host: proxy.example.com, port: {number: 3128}}';
    const { findings, diagnostics } = checked(manifest('Sidecar', 'a', `outboundTrafficPolicy:\n  mode: ALLOW_ANY\n  ${egress}`), { only });
    expect(findings).toEqual(['MS5020 line 7']);
    expect(diagnostics[0]?.message).toBe('`outboundTrafficPolicy.egressProxy` of Sidecar bookinfo/a is deprecated');
  });

  it('says what does nothing any more', () => {
    const text = policy('outlierDetection: {consecutiveErrors: 5}');
    const inMesh = (istio: string) => checked(spelledFor(istio, text), { istio, only }).diagnostics[0]?.message;
    expect(inMesh('1.6')).not.toContain('no effect');
    expect(inMesh('1.7')).toContain('has no effect');
  });

  it('says where Istio keeps silent', () => {
    const hints = (text: string) => checked(text, { only }).diagnostics.map((finding) => finding.hints);
    const old = 'outlierDetection: {consecutiveErrors: 5}';
    expect(hints(policy(old))).toEqual([[]]);
    const lost = [['Istio itself loses this warning in a subset and for a port']];
    expect(hints(destinationRule(`host: reviews\nsubsets: [{name: v1, trafficPolicy: {${old}}}]`))).toEqual(lost);
    expect(hints(policy(`portLevelSettings: [{port: {number: 80}, ${old}}]`))).toEqual(lost);
  });

  it('fine: what is rendered speaks as its mesh does', () => {
    const intent = 'service: reviews\nport: 9080\nloadBalancer: LEAST_REQUEST\noutlierDetection: {consecutive5xxErrors: 5}\n';
    for (const istio of ['1.4', '1.13', '1.31']) expect(rendered(intent, { istio }).codes).toEqual([]);
  });
});

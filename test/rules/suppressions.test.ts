import { describe, expect, it } from 'vitest';
import { checked } from '../support/checked.ts';

/** Half of the requests are answered with 500, whoever asks: MS5901 `fault-for-some-callers`, which Istio has no code for. */
const drill = 'http: [{fault: {abort: {httpStatus: 500, percentage: {value: 50}}}, route: [{destination: {host: reviews}}]}]';
/** The second route is never reached: MS5850, Istio's IST0130. */
const shadowed = 'http: [{route: [{destination: {host: reviews}}]}, {route: [{destination: {host: ratings}}]}]';

function withAnnotations(spec: string, ...annotations: readonly string[]): string {
  const lines = annotations.map((line) => `    ${line}\n`).join('');
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: reviews
  namespace: bookinfo
  annotations:
${lines}spec:
  hosts: [reviews]
  ${spec}
`;
}

const reason = 'mainsheet.dev/analyze-suppress-reason: the drill of friday';
const suppress = (codes: string) => `galley.istio.io/analyze-suppress: ${JSON.stringify(codes)}`;
const only = ['MS5901', 'MS5850', 'MS3090', 'MS3093'];

describe("Istio's suppress annotation", () => {
  it.each(['MS5901', 'fault-for-some-callers', '*', 'IST0102,MS5901', ' MS5901 , IST0118'])('silences a warning: %s', (codes) => {
    expect(checked(withAnnotations(drill, suppress(codes), reason), { only }).codes).toEqual([]);
  });

  it("knows findings by Istio's code", () => {
    expect(checked(withAnnotations(shadowed, suppress('IST0130'), reason), { only }).codes).toEqual([]);
  });

  it('without a reason is a warning itself', () => {
    expect(checked(withAnnotations(drill, suppress('MS5901')), { only }).findings).toEqual(['MS3093 line 7']);
  });

  it('that silences nothing is one as well', () => {
    expect(checked(withAnnotations(drill, suppress('MS5901,MS5850'), reason), { only }).findings).toEqual(['MS3090 line 7']);
  });

  it('is not needless where it names what only Istio finds, or what only a cluster could show', () => {
    expect(checked(withAnnotations(drill, suppress('MS5901,IST0118,IST0101'), reason), { only }).codes).toEqual([]);
  });

  it('is needless where it names no rule at all, and says which may be meant', () => {
    const { findings, diagnostics } = checked(withAnnotations(drill, suppress('MS5901,MS9999,bogus,IST9999'), reason), { only });
    expect(findings).toEqual(['MS3090 line 7', 'MS3090 line 7']);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'nothing here needs the waiver of `MS9999`',
      'nothing here needs the waiver of `bogus`',
    ]);
    const typo = checked(withAnnotations(drill, suppress('fault-for-some-caller'), reason), { only: ['MS3090'] });
    expect(typo.diagnostics[0]?.hints).toEqual(['did you mean `fault-for-some-callers`?']);
    const rule = checked(withAnnotations(drill, suppress('MS5901,MS5850'), reason), { only });
    expect(rule.diagnostics[0]?.hints).toEqual([]);
  });

  it('holds for its own object alone', () => {
    const text = `${withAnnotations(drill, suppress('MS5901'), reason)}---\n${withAnnotations(drill, reason).replace('name: reviews', 'name: other')}`;
    expect(checked(text, { only }).codes).toEqual(['MS5901']);
  });

  it('does not silence errors, and the error says so', () => {
    const broken = 'http: [{timeout: 5s, route: [{destination: {host: reviews, subset: v9}}]}]';
    const [finding] = checked(withAnnotations(broken, suppress('IST0101'), reason), { only: ['MS5001'] }).diagnostics;
    expect(finding?.hints).toContain('an annotation silences warnings; this is an error');
  });

  it('of an item of a List is that item’s', () => {
    const item = withAnnotations(drill, suppress('MS5901'), reason)
      .replaceAll(/^/gm, '  ')
      .replace('  apiVersion', '- apiVersion')
      .trimEnd();
    expect(checked(`apiVersion: v1\nkind: List\nitems:\n${item}\n`, { only }).codes).toEqual([]);
  });
});

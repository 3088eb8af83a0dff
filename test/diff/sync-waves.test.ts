import { describe, expect, it } from 'vitest';
import type { ChangeSide } from '../../src/pipelines/change-side.ts';
import { planChange } from '../../src/pipelines/plan-change.ts';

function side(intents: string, words = '', settings = 'phases: sync-waves\n'): ChangeSide {
  const tree = new Map([
    ['mainsheet.yaml', settings],
    ['environments/mesh/environment.yaml', `environment: mesh\nistio: "1.31"\nnamespace: bookinfo\nuser: {header: end-user}\n${words}`],
    ['environments/mesh/intents.yaml', intents],
  ]);
  return { kind: 'intents', tree, environment: 'mesh' };
}

/** 'safe-in-waves: shift: DestinationRule bookinfo/reviews -1, VirtualService bookinfo/reviews 0' */
function told(before: string, after: string, words = '', settings?: string): string {
  const { report, diagnostics } = planChange(side(before, words, settings), side(after, words, settings));
  expect(diagnostics).toEqual([]);
  const phases = report?.phases.map(
    ({ name, objects }) => `${name}: ${objects.map(({ id, wave }) => (wave === undefined ? id : `${id} ${wave}`)).join(', ')}`,
  );
  return `${report?.verdict}: ${phases?.join('; ')}`;
}

const reviews = (words: string, versions = '[v1, v2]') => `service: reviews\nport: 9080\nversions: ${versions}\n${words}\n`;
const docs = (...texts: readonly string[]) => texts.join('---\n');
const [rule, routes] = ['DestinationRule bookinfo/reviews', 'VirtualService bookinfo/reviews'];
const [before, canary] = [reviews('stable: v1'), reviews('stable: v1\ncanary: {version: v3, percent: 10}', '[v1, v2, v3]')];

describe('with phases: sync-waves', () => {
  it('a new version that gets 10 % is one step, in waves', () => {
    expect(told(before, canary)).toBe(`safe-in-waves: shift: ${rule} -1, ${routes} 0`);
    expect(told(before, canary, '', 'phases: pull-requests\n')).toBe(`phased: expand: ${rule}; shift: ${routes}`);
  });

  it('what is safe in every order needs no waves', () => {
    expect(told(canary, canary.replace('10', '20'))).toBe(`safe: shift: ${routes}`);
  });

  it('a subset that goes, with the routes that let go of it, stays a phase of its own', () => {
    // This is the way back of the step above, which waves lead through a subset that is gone.
    expect(told(canary, before)).toBe(`phased: shift: ${routes}; contract: ${rule}`);
    const old = reviews('stable: v1', '{v1: {labels: {version: v1}}}');
    expect(told(old, reviews('stable: one', '{one: {labels: {version: v1}}}'))).toBe(
      `phased: shift: ${rule} -1, ${routes} 0; contract: ${rule}`,
    );
  });

  it('an object that goes is pruned last, after the routes that let go of it', () => {
    const external =
      'external: ext\nhosts: [reviews.example.com]\nports: {http: 80}\nresolution: DNS\noutlierDetection: {consecutive5xxErrors: 5}\n';
    const led = reviews('stable: v1\nroutes: [{match: {uri: {prefix: /ext}}, to: {external: ext}}]');
    const [entry, policy] = ['ServiceEntry bookinfo/ext', 'DestinationRule bookinfo/ext'];
    expect(told(docs(led, external), before)).toBe(`safe-in-waves: shift: ${routes} 0, ${entry} last, ${policy} last`);
    expect(told(before, docs(led, external))).toBe(`safe-in-waves: shift: ${entry} -1, ${policy} -1, ${routes} 0`);
  });

  it('what narrows callers comes after the routes', () => {
    const intents = (dependsOn: string, words: string) =>
      docs(
        `service: productpage\nport: 9080\nworkload: {labels: {app: productpage}}\ndependsOn: ${dependsOn}\n`,
        reviews(words),
        'service: ratings\nport: 9080\n',
      );
    const change = [intents('[reviews, ratings]', 'stable: v1'), intents('[reviews]', 'stable: v2')] as const;
    expect(told(...change, 'sidecars: true\n')).toBe(`safe-in-waves: shift: ${routes} 0, Sidecar bookinfo/productpage 1`);
  });

  it('waves that a patch turns around are no order to rely on', () => {
    const patch = (wave: string) =>
      `patches: [{target: DestinationRule, reason: a test, ops: [{op: add, path: /metadata/annotations, value: {argocd.argoproj.io/sync-wave: "${wave}"}}]}]\n`;
    expect(told(before, canary + patch('-3'))).toBe(`safe-in-waves: shift: ${rule} -3, ${routes} 0`);
    for (const wave of ['0', '1']) expect(told(before, canary + patch(wave))).toBe(`phased: expand: ${rule}; shift: ${routes}`);
  });

  it('several Applications of one environment know nothing of one another, so that phases stay', () => {
    expect(told(before, canary, 'shards: 2\n')).toBe(`phased: expand: ${rule}; shift: ${routes}`);
  });
});

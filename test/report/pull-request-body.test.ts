import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PullRequestStory, StoryGate } from '../../src/model/pull-request-story.ts';
import type { RouteOutcome } from '../../src/model/route-outcome.ts';
import { renderPullRequestBody } from '../../src/report/pull-request-body.ts';
import { trailerComment } from '../../src/report/pull-request-trailer.ts';
import { acting, drawnMarkdown } from '../support/drawn-markdown.ts';
import { hostileText } from '../support/hostile-texts.ts';
import { type Edits, print, proposed, storyOf } from '../support/proposed.ts';

const github = { body: 60_000, mermaid: true };
const prod = 'environment: prod\nistio: "1.31"\nnamespace: bookinfo\nuser: {header: end-user}\n';
const reviews = (words: string, versions = '[v1, v2]') => `service: reviews\nport: 9080\nversions: ${versions}\nstable: v1\n${words}`;
const ratings = 'service: ratings\nport: 9080\nversions: [v1]\ntimeout: 3s\n';
const gateway = 'gateway: bookinfo-gateway\nservers: [{http: 80, hosts: ["*"]}]\n';
const base = {
  'environments/prod/environment.yaml': prod,
  'environments/prod/reviews.yaml': reviews(
    'canary: {version: v2, percent: 5}\nexpose: {gateway: bookinfo-gateway, hosts: [bookinfo.example.com]}\n',
  ),
  'environments/prod/ratings.yaml': ratings,
  'environments/prod/gateway.yaml': gateway,
};

function bodies(
  edits: Edits,
  limits = github,
  words: Partial<PullRequestStory> = {},
  settings: Readonly<Record<string, string>> = {},
): readonly string[] {
  const { changes, refused, diagnostics } = proposed({ ...base, ...settings }, edits);
  expect([refused, diagnostics.filter(({ severity }) => severity === 'error')]).toEqual([[], []]);
  return changes.map((change) => `Title: ${change.title}\n\n${renderPullRequestBody(storyOf(change, words), limits, { print })}`);
}

const canary = { 'environments/prod/reviews.yaml': base['environments/prod/reviews.yaml'].replace('percent: 5', 'percent: 25') };
const steps: PullRequestStory['steps'] = [
  { name: '5 %', state: 'done', note: 'live for 26h' },
  { name: '25 %', state: 'now', note: 'soak 1h, then gates success-rate' },
  { name: '100 %', state: 'to-come' },
];
const gates: readonly StoryGate[] = [
  {
    gate: 'success-rate',
    outcome: 'pass',
    detail: '99.87 % of 5120 requests did not fail',
    queries: [
      { purpose: 'value', query: 'sum(rate(x[10m]))', answer: 99.87 },
      { purpose: 'samples', query: 'sum(increase(x[10m]))', answer: 5120 },
    ],
    definition: {
      ...{ name: 'success-rate', provider: 'default', measure: { kind: 'success-rate' }, min: 99, compare: 'absolute' },
      ...{ tolerance: 0, over: 600, minSamples: 500, warmUp: 0 },
    },
  },
];

const many = Array.from({ length: 12 }, (_, i) => `  - {match: [{headers: {x-${i}: {exact: "${'y'.repeat(90)}"}}}], to: v2}\n`).join('');

const cases: readonly (readonly [name: string, make: () => readonly string[]])[] = [
  [
    'canary-step',
    () =>
      bodies(canary, github, {
        steps,
        gates,
        follows: '50 % once it has been live for 1h and success-rate passes',
        commands: { more: 'mainsheet diff --env prod', rollback: 'mainsheet rollout rollback reviews --env prod' },
      }),
  ],
  [
    'expand-phase',
    () =>
      bodies({
        'environments/prod/reviews.yaml': reviews(
          'canary: {version: v3, percent: 10}\nexpose: {gateway: bookinfo-gateway, hosts: [bookinfo.example.com]}\n',
          '[v1, v2, v3]',
        ),
      }),
  ],
  [
    'sync-waves',
    () =>
      bodies(
        {
          'environments/prod/reviews.yaml': reviews(
            'canary: {version: v3, percent: 10}\nexpose: {gateway: bookinfo-gateway, hosts: [bookinfo.example.com]}\n',
            '[v1, v2, v3]',
          ),
        },
        github,
        {},
        { 'mainsheet.yaml': 'phases: sync-waves\n' },
      ),
  ],
  ['deletion', () => bodies({ 'environments/prod/ratings.yaml': null })],
  [
    'whole-environment',
    () =>
      bodies({
        'environments/prod/environment.yaml': `${prod}defaults: {service: {retries: {attempts: 2, perTryTimeout: 2s}}}\n`,
        ...canary,
      }),
  ],
  [
    'hostile-names',
    () =>
      bodies({
        'environments/prod/reviews.yaml': `${base['environments/prod/reviews.yaml']}pins: [{user: "@jason | Closes #1 </details> \`\`\`", version: v2}]\n`,
      }),
  ],
  [
    'over-the-limit',
    () =>
      bodies(
        { 'environments/prod/reviews.yaml': `${base['environments/prod/reviews.yaml']}routes:\n${many}` },
        { body: 5_000, mermaid: false },
      ),
  ],
];

describe('the body of a pull request', () => {
  it.each(cases)('%s', (name, make) => {
    const path = join(import.meta.dirname, 'pull-request-bodies', `${name}.md`);
    const text = make().join('\n\n');
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text);
    else expect(text).toBe(readFileSync(path, 'utf8'));
    expect(make().join('\n\n')).toBe(text);
  });

  it('tells first what matters, and deletions before all else of objects', () => {
    const [body = ''] = bodies({ 'environments/prod/ratings.yaml': `${ratings.replace('timeout: 3s\n', '')}` });
    const { headings } = drawnMarkdown(body);
    expect(headings).toEqual(['Traffic', 'Safety', 'Objects', 'Manifests', 'Hold, roll back, stop']);
    const screen = body.split('\n').slice(0, 12).join('\n');
    for (const word of ['Who:', 'How much:', 'Safe:', 'Next:', 'Stop:']) expect(screen).toContain(`**${word}**`);
  });

  it('is inert and within the limit, whatever names and values say', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 12, maxLength: 12 }), fc.integer({ min: 3_000, max: 60_000 }), (texts, limit) => {
        const story = hostileStory(texts);
        const body = renderPullRequestBody(story, { body: limit, mermaid: true }, { print: () => texts.join('\n') });
        expect(body.length).toBeLessThanOrEqual(limit);
        const drawn = drawnMarkdown(body);
        expect([drawn.links, drawn.images]).toEqual([[], []]);
        const own = /^(<\/?(code|details|summary)>|<br>)$/;
        expect(drawn.tags.filter((tag) => !own.test(tag))).toEqual([trailerComment(story.trailer)]);
        expect(drawn.tags.filter((tag) => tag === '<details>')).toHaveLength(drawn.tags.filter((tag) => tag === '</details>').length);
        for (const pattern of acting) expect(drawn.prose).not.toMatch(pattern);
        expect(body).not.toMatch(/^\s*\/[a-z]/m);
        expect(body.trimEnd().split('\n').at(-1)).toBe(trailerComment(story.trailer));
        expect(renderPullRequestBody(story, { body: limit, mermaid: true }, { print: () => texts.join('\n') })).toBe(body);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 80), seed: 11 },
    );
  });

  it('has a trailer that reads as it was written', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (environment, subject) => {
        const trailer = { schema: 1, key: { environment, subject }, digest: 'd', base: 'b', tool: '0.1.0', step: subject } as const;
        const comment = trailerComment(trailer);
        expect(JSON.parse(comment.slice('<!-- mainsheet '.length, -' -->'.length))).toEqual(trailer);
        expect(comment.slice(4, -3)).not.toMatch(/[<>\n@#-]/);
      }),
      { numRuns: 200, seed: 12 },
    );
  });
});

/** Every text of a story is one of these. */
function hostileStory(texts: readonly string[]): PullRequestStory {
  const text = (i: number) => texts[i % texts.length] ?? '';
  const outcome = (i: number, percent: number): RouteOutcome => ({
    kind: 'route',
    onTheWay: {},
    shares: [{ host: text(i), subset: text(i + 1), port: 80, percent, policy: {}, endpoints: {} }],
  });
  const change = (i: number) => ({
    requests: [text(i), text(i + 1)],
    witness: { kind: 'undecided', because: text(i + 2) } as const,
    before: outcome(i + 3, 100),
    after: outcome(i + 4, 100),
    shiftedPercent: i * 7,
    reachability: i % 2 === 0 ? ('lost' as const) : ('same' as const),
    policies: [{ field: text(i + 5), destination: text(i + 6), after: text(i + 7) }],
    causes: [],
  });
  const objects = [0, 1, 2].map((i) => ({ id: text(i), action: 'create' as const }));
  const intents = [{ title: text(8), action: 'changed' as const, patch: { [text(9)]: text(10) } }];
  const phase = { objects, intents, files: new Map() };
  return {
    trailer: {
      schema: 1,
      key: { environment: text(0).slice(0, 60), subject: text(1).slice(0, 60) },
      digest: 'd',
      base: 'b',
      tool: '1',
      step: 'expand',
    },
    environments: [0, 1].map((n) => ({
      name: text(n),
      comparison: {
        traffic: [0, 1, 2].map((i) => ({
          ...{ name: text(i), host: text(i + 1), port: 80, gateway: text(i + 2), callers: text(i + 3) },
          ...{ classes: [change(i), change(i + 1)], shiftedPercent: 5, reachability: 'same' as const },
        })),
        changes: [0, 1, 2].map((i) => ({ id: text(i), action: 'delete' as const, operations: [], before: { a: text(i) } })),
        formatting: [],
        notSimulated: [text(4)],
        assumptions: [text(5)],
      },
      plan: {
        isComplete: true,
        verdict: 'phased' as const,
        objects,
        phases: [
          { name: 'expand', ...phase },
          { name: 'shift', ...phase },
        ],
        notes: [text(6)],
      },
      warnings: [{ code: text(7), message: text(8), at: { file: text(9), line: 1 } }],
    })),
    inputs: [{ path: text(10), action: 'update' }],
    steps: [{ name: text(11), state: 'now', note: text(0) }],
    gates: gates.map((gate) => ({ ...gate, gate: text(1), detail: text(2), outcome: 'error' as const })),
    commands: { more: text(3), hold: text(4), rollback: text(5) },
    renderedElsewhere: text(6),
  };
}

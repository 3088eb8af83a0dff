import { describe, expect, it } from 'vitest';
import { rememberingParser } from '../../src/document/remembering-parser.ts';
import { load, loadSettings } from '../../src/load/load.ts';
import { intentTitle } from '../../src/model/intent.ts';
import type { FileTree } from '../../src/model/source.ts';
import { compile } from '../../src/pipeline.ts';
import { changeOfMove } from '../../src/pipelines/rollouts/rollout-change.ts';
import { type ForecastStep, forecast } from '../../src/pipelines/rollouts/rollout-forecast.ts';
import { situationOf } from '../../src/pipelines/rollouts/rollout-situation.ts';
import { type Histories, rolloutOf, rolloutsOf } from '../../src/pipelines/rollouts/rollouts.ts';
import { decide, decideStart } from '../../src/rollout/decide.ts';
import type { DatedWords } from '../../src/rollout/standing.ts';

const now = Date.parse('2026-11-24T12:00:00Z') / 1000;
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 16);
const stickyId = (service: string, version: string): string => `${service}-${version}`;

function treeOf(intent: string, environment = ''): FileTree {
  return new Map([
    [
      'environments/prod/environment.yaml',
      `environment: prod\nistio: "1.29"\nnamespace: bookinfo\nuser: {header: end-user}\n${environment}`,
    ],
    ['environments/prod/services/reviews.yaml', intent],
  ]);
}

const reviews = `# who is asked for stars
service: reviews
port: 9080
versions: [v1, v2]   # those that run
stable: v1
pins: [{user: jason, version: v2}]
rollout:
  steps: [5, {percent: 50, soak: 2h}, 100] # carefully
  soak: 1h
  retire: 24h
  assumeReady: true
`;

function predicted(tree: FileTree, version?: string, histories?: Histories) {
  const rendered = compile(tree, 'prod').files;
  return forecast({
    tree,
    environment: 'prod',
    subject: 'reviews',
    rendered,
    now,
    stickyId,
    ...(version === undefined ? {} : { version }),
    ...(histories === undefined ? {} : { histories }),
  });
}

const told = ({ step, earliest, shiftedPercent, blocks }: ForecastStep): string =>
  `${step} ${iso(earliest)} ${shiftedPercent} %${blocks.length > 0 ? ` (${blocks.map(({ kind }) => kind).join(', ')})` : ''}`;

describe('forecast', () => {
  it('tells every commit to come, when it may come, and how much moves', () => {
    const { steps = [], end, failure } = predicted(treeOf(reviews), 'v3') ?? {};
    expect(failure).toBeUndefined();
    expect(steps.map(told)).toEqual([
      'canary-5-expand 2026-11-24T12:00 0 %',
      'canary-5-shift 2026-11-24T12:00 5 %',
      'canary-50 2026-11-24T13:00 45 %',
      'canary-100 2026-11-24T15:00 50 %',
      'finish 2026-11-24T16:00 0 %',
      'retire 2026-11-25T16:00 0 %',
    ]);
    expect(end?.kind).toBe('done');
  });

  it('keeps comments, order and style, and leaves nothing behind but what the rollout changed', () => {
    const { steps = [] } = predicted(treeOf(reviews), 'v3') ?? {};
    const last = steps.at(-1)?.change.inputs.get('environments/prod/services/reviews.yaml');
    expect(last).toBe(reviews.replace('versions: [v1, v2] ', 'versions: [v2, v3] ').replace('stable: v1', 'stable: v3'));
  });

  it('waits for the end of a freeze', () => {
    const frozen = treeOf(reviews, 'guardrails: {freeze: [{cron: "30 12 * * *", for: 2h, reason: lunch}]}\n');
    expect((predicted(frozen, 'v3')?.steps ?? []).map(told)).toEqual([
      'canary-5-expand 2026-11-24T12:00 0 %',
      'canary-5-shift 2026-11-24T12:00 5 %',
      'canary-50 2026-11-24T14:30 45 %',
      'canary-100 2026-11-24T16:30 50 %',
      'finish 2026-11-24T17:30 0 %',
      'retire 2026-11-25T17:30 0 %',
    ]);
  });

  it('fails now where a later step moves more than it may', () => {
    const { steps, failure } = predicted(treeOf(reviews, 'guardrails: {maxShift: 45}\n'), 'v3') ?? {};
    expect([steps, failure?.step, failure?.diagnostics.map(({ code }) => code)]).toEqual([[], 'canary-5', ['MS7210']]);
  });

  it('lets the version before leave as late after its own finish as the plan says, and the next one finishes then', () => {
    const begun = reviews
      .replace('[v1, v2] ', '[v1, v2, v3] ')
      .replace('stable: v1', 'stable: v2\nprevious: v1\ncanary: {version: v3, percent: 100}');
    const tree = treeOf(begun.replace(/^pins: .*\n/m, ''));
    const settings = loadSettings(tree, rememberingParser(undefined)).value;
    const loaded = settings === undefined ? undefined : load(tree, 'prod', settings, rememberingParser(undefined)).value;
    const words = loaded?.intents.find((intent) => intentTitle(intent) === 'service reviews')?.value ?? {};
    const { canary: _, ...finished } = words;
    const { previous: __, ...before } = finished;
    const dated = [
      { commit: 'c', date: now - 3600, words },
      { commit: 'b', date: now - 3 * 3600, words: finished },
      { commit: 'a', date: now - 9 * 3600, words: before },
    ];
    const histories = new Map([['service reviews', dated]]);
    const { steps = [], end } = predicted(tree, undefined, histories) ?? {};
    expect(steps.map(told)).toEqual(['retire 2026-11-25T09:00 0 %', 'finish 2026-11-25T09:00 0 %', 'retire 2026-11-26T09:00 0 %']);
    expect(steps.map(({ change }) => change.title)).toEqual([
      'prod: reviews without its old version v1',
      'prod: reviews is stable at v3',
      'prod: reviews without its old version v2',
    ]);
    expect(end?.kind).toBe('done');
  });

  it('retires a version that is inherited', () => {
    const base = reviews.slice(0, reviews.indexOf('rollout:'));
    const tree = new Map([
      [
        'environments/base/environment.yaml',
        'environment: base\nabstract: true\nistio: "1.29"\nnamespace: bookinfo\nuser: {header: end-user}\n',
      ],
      ['environments/base/reviews.yaml', base],
      ['environments/prod/environment.yaml', 'environment: prod\nextends: [base]\n'],
      [
        'environments/prod/services/reviews.yaml',
        'service: reviews\nversions: {v4: {}}\nrollout: {steps: [100], retire: 24h, assumeReady: true}\n',
      ],
    ]);
    const { steps = [], failure } = predicted(tree, 'v4') ?? {};
    expect(failure).toBeUndefined();
    expect(steps.at(-1)?.change.inputs.get('environments/prod/services/reviews.yaml')).toBe(
      'service: reviews\nversions: {v4: {}, v1: null}\nrollout: {steps: [100], retire: 24h, assumeReady: true}\nstable: v4\n',
    );
  });

  it('fails now where a later step would: what is retired is still routed to', () => {
    const bad = reviews.replace('pins:', 'routes: [{match: [{uri: {prefix: /old}}], to: v1}]\npins:');
    const { steps = [], end } = predicted(treeOf(bad), 'v3') ?? {};
    expect(steps.at(-1)?.step).toBe('finish');
    expect(end).toMatchObject({ kind: 'wait', blocks: [{ kind: 'in-use' }] });
  });

  it('goes through a train, providers first, and finishes it as one', () => {
    const tree = new Map([
      ...treeOf(reviews.replace('dependsOn: []', '')),
      ['environments/prod/services/ratings.yaml', 'service: ratings\nport: 9080\nversions: [v1, v2]\nstable: v1\n'],
      [
        'environments/prod/trains/stars.yaml',
        'train: stars\nservices: {reviews: v2, ratings: v2}\norder: [ratings, reviews]\nrollout: {steps: [10, 100], soak: 1h, assumeReady: true}\n',
      ],
    ]);
    const rendered = compile(tree, 'prod').files;
    const { steps = [], failure } = forecast({ tree, environment: 'prod', subject: 'stars', version: 'v2', rendered, now, stickyId }) ?? {};
    expect(failure).toBeUndefined();
    expect(steps.map(({ step, change }) => [step, [...change.inputs.keys()].map((path) => path.replace(/^.*\//, ''))])).toEqual([
      ['canary-10', ['ratings.yaml']],
      ['canary-10', ['reviews.yaml']],
      ['canary-100', ['ratings.yaml']],
      ['canary-100', ['reviews.yaml']],
      ['finish', ['ratings.yaml', 'reviews.yaml']],
    ]);
  });

  it('predicts what happens, byte for byte: played step by step from what is merged, it comes so', () => {
    let tree = treeOf(reviews.replace('  assumeReady', '  sticky: {maxAge: 24h}\n  assumeReady'));
    let rendered: FileTree = compile(tree, 'prod').files;
    let at = now;
    let dated: readonly DatedWords[] = [];
    const { steps = [] } = predicted(tree, 'v3') ?? {};
    expect(steps.length).toBeGreaterThan(5);
    for (const [i, step] of steps.entries()) {
      at = step.earliest;
      const loaded = loadedOf(tree);
      const histories = new Map([['service reviews', dated]]);
      const entry = rolloutOf(loaded, 'reviews', histories);
      if (entry === undefined) throw new Error('no rollout');
      const situation = situationOf(loaded, entry, rolloutsOf(loaded), { now: at });
      const [member] = entry.state.members;
      const move = i === 0 && member !== undefined ? decideStart(situation, member, 'v3', 'asked for') : decide(situation);
      const { change } = changeOfMove({ tree, loaded, entry, move, rendered: () => rendered, stickyId });
      expect([change?.step, change?.digest]).toEqual([step.step, step.change.digest]);
      expect([...(change?.inputs ?? [])]).toEqual([...step.change.inputs]);
      expect(change?.environments.map(({ files }) => [...files])).toEqual(step.change.environments.map(({ files }) => [...files]));
      tree = new Map([...tree, ...[...(change?.inputs ?? [])].map(([path, text]) => [path, text ?? ''] as const)]);
      const compiled = compile(tree, 'prod');
      expect(compiled.ok).toBe(true);
      rendered = compiled.files;
      const intent = compiled.loaded?.intents.find((one) => intentTitle(one) === 'service reviews');
      dated = [{ commit: String(i), date: at, words: intent?.value }, ...dated];
    }
  });
});

function loadedOf(tree: FileTree) {
  const parse = rememberingParser(undefined);
  const settings = loadSettings(tree, parse).value;
  const loaded = settings === undefined ? undefined : load(tree, 'prod', settings, parse).value;
  if (loaded === undefined) throw new Error('does not load');
  return loaded;
}

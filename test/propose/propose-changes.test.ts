import { describe, expect, it } from 'vitest';
import { branchName } from '../../src/pipelines/propose/propose.ts';
import { type Edits, proposed } from '../support/proposed.ts';

const environment = (name: string, words = '') => `environment: ${name}\nistio: "1.31"\nnamespace: bookinfo\n${words}`;
const reviews = (words = '') => `service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n${words}`;
const ratings = (words = '') => `service: ratings\nport: 9080\nversions: [v1]\n${words}`;
const gateway = 'gateway: bookinfo-gateway\nservers: [{http: 80, hosts: ["*"]}]\n';
const base = {
  'environments/base/environment.yaml': 'environment: base\nabstract: true\nistio: "1.31"\nnamespace: bookinfo\n',
  'environments/base/shared.yaml': ratings(),
  'environments/prod/environment.yaml': environment('prod', 'extends: [base]\n'),
  'environments/prod/reviews.yaml': reviews(),
  'environments/prod/two.yaml': `${ratings('timeout: 5s\n')}---\nservice: details\nport: 9080\n`,
  'environments/staging/environment.yaml': environment('staging', 'extends: [base]\n'),
  'environments/staging/reviews.yaml': reviews(),
  'environments/staging/gateway.yaml': gateway,
};

/** Branches with the inputs that each holds and the environments that it reaches. */
function told(edits: Edits, environments?: readonly string[]): readonly string[] {
  const { changes, refused, diagnostics } = proposed(base, edits, environments);
  expect([refused, diagnostics.filter(({ severity }) => severity === 'error')]).toEqual([[], []]);
  return changes.map(({ key, inputs, environments: reached }) => {
    const paths = [...inputs.keys()].map((path) => path.replace('environments/', ''));
    return `${branchName(key)}: ${paths.join(' ')} → ${reached.map(({ name }) => name).join(' ')}`;
  });
}

describe('what is proposed', () => {
  it.each<[string, Edits, readonly string[]]>([
    ['nothing of nothing', {}, []],
    ['an intent', { 'environments/prod/reviews.yaml': reviews('timeout: 1s\n') }, ['mainsheet/prod/reviews: prod/reviews.yaml → prod']],
    [
      'two intents apart',
      { 'environments/prod/reviews.yaml': reviews('timeout: 1s\n'), 'environments/staging/reviews.yaml': reviews('timeout: 1s\n') },
      ['mainsheet/prod/reviews: prod/reviews.yaml → prod', 'mainsheet/staging/reviews: staging/reviews.yaml → staging'],
    ],
    [
      'an inherited intent by the folder that is edited, with every environment that it changes',
      { 'environments/base/shared.yaml': ratings('retries: {attempts: 3}\n') },
      ['mainsheet/base/ratings: base/shared.yaml → prod staging'],
    ],
    [
      'one intent in two folders together',
      {
        'environments/base/shared.yaml': ratings('retries: {attempts: 3}\n'),
        'environments/prod/two.yaml': base['environments/prod/two.yaml'].replace('5s', '6s'),
      },
      ['mainsheet/base/ratings: base/shared.yaml prod/two.yaml → prod staging'],
    ],
    [
      'one of two intents in a file',
      { 'environments/prod/two.yaml': base['environments/prod/two.yaml'].replace('5s', '6s') },
      ['mainsheet/prod/ratings: prod/two.yaml → prod'],
    ],
    [
      'two intents in one file as a change of the environment',
      { 'environments/prod/two.yaml': `${base['environments/prod/two.yaml'].replace('5s', '6s')}timeout: 1s\n` },
      ['mainsheet/prod/_environment: prod/two.yaml → prod'],
    ],
    [
      "an environment's settings with all that is edited there",
      {
        'environments/prod/environment.yaml': `${base['environments/prod/environment.yaml']}labels: {team: web}\n`,
        'environments/prod/reviews.yaml': reviews('timeout: 1s\n'),
        'environments/staging/reviews.yaml': reviews('timeout: 1s\n'),
      },
      [
        'mainsheet/prod/_environment: prod/environment.yaml prod/reviews.yaml → prod',
        'mainsheet/staging/reviews: staging/reviews.yaml → staging',
      ],
    ],
    ['settings of all', { 'mainsheet.yaml': 'base: main\n' }, ['mainsheet/_all/_environment: mainsheet.yaml → ']],
    [
      'what does not compile apart, together',
      {
        'environments/prod/gateway.yaml': gateway,
        'environments/prod/reviews.yaml': reviews('expose: {gateway: bookinfo-gateway, hosts: [bookinfo.example.com]}\n'),
        'environments/staging/reviews.yaml': reviews('timeout: 1s\n'),
      },
      [
        'mainsheet/prod/_environment: prod/gateway.yaml prod/reviews.yaml → prod',
        'mainsheet/staging/reviews: staging/reviews.yaml → staging',
      ],
    ],
    [
      'a routing test with the intent that is edited beside it',
      { 'environments/prod/a.test.yaml': 'tests: []\n', 'environments/prod/reviews.yaml': reviews('timeout: 1s\n') },
      ['mainsheet/prod/reviews: prod/a.test.yaml prod/reviews.yaml → prod'],
    ],
    [
      'an intent that is gone',
      { 'environments/staging/gateway.yaml': null },
      ['mainsheet/staging/gateway+bookinfo-gateway: staging/gateway.yaml → staging'],
    ],
    [
      'an environment that is gone',
      {
        'environments/staging/environment.yaml': null,
        'environments/staging/reviews.yaml': null,
        'environments/staging/gateway.yaml': null,
      },
      ['mainsheet/staging/_environment: staging/environment.yaml staging/gateway.yaml staging/reviews.yaml → staging'],
    ],
    [
      'a new environment',
      { 'environments/dev/environment.yaml': environment('dev', 'extends: [base]\n') },
      ['mainsheet/dev/_environment: dev/environment.yaml → dev'],
    ],
    [
      'a comment alone',
      { 'environments/prod/reviews.yaml': `# of the web team\n${reviews()}` },
      ['mainsheet/prod/reviews: prod/reviews.yaml → '],
    ],
  ])('%s', (_name, edits, answer) => {
    expect(told(edits)).toEqual(answer);
  });

  it('of a new environment is all of it at once, where no order of its objects is safe', () => {
    const outside =
      'external: books\nhosts: [www.googleapis.com]\nports: {http: 80, https: 443}\noriginateTls: true\noutlierDetection: {consecutive5xxErrors: 5}\ntimeout: 4s\n';
    const dev = { 'environments/dev/environment.yaml': environment('dev', 'extends: [base]\n'), 'environments/dev/books.yaml': outside };
    const { changes, refused } = proposed(base, dev);
    expect([refused, changes.map(({ title, inputs }) => [title, [...inputs.keys()].length])]).toEqual([[], [['dev is new', 2]]]);
    expect(changes[0]?.environments.map(({ isIntroduced, plan }) => [isIntroduced, plan?.phases])).toEqual([[true, []]]);
  });

  it.each([
    ['block', 'pins:\n  # our "tester"\n  - user: jason\n    version: v2\n', '  - {user: "tester #2", version: v3}\n'],
    ['flow', 'pins:\n  - {user: jason, version: v2}  # our tester\n', '  - {user: tester-2, version: v3}\n'],
    ['new', 'pins:\n  - {user: jason, version: v2}\n', '  - {user: tester-2, version: v3}  # the second\n'],
  ])('of a change in phases keeps what waits as it was written, with its comments: %s', (name, pins, more) => {
    const path = 'environments/prod/reviews.yaml';
    const user = { 'environments/prod/environment.yaml': environment('prod', 'extends: [base]\nuser: {header: end-user}\n') };
    const was = reviews(pins);
    const { changes, refused } = proposed(
      { ...base, ...user, [path]: was },
      { [path]: `${was.replace('[v1, v2]', '[v1, v2, v3]')}${more}` },
    );
    expect([refused, changes[0]?.step]).toEqual([[], 'expand']);
    const text = changes[0]?.inputs.get(path) ?? '';
    const comment = name === 'new' ? '# the second\n' : '';
    expect(text.slice(0, text.indexOf('next:'))).toBe(was.replace('[v1, v2]', '[v1, v2, v3]').replace('pins:', `${comment}pins:`));
  });

  it('says in its title that an environment goes as a whole', () => {
    const gone = Object.fromEntries(
      Object.keys(base)
        .filter((path) => path.includes('/staging/'))
        .map((path) => [path, null]),
    );
    expect(proposed(base, gone).changes.map(({ title }) => title)).toEqual(['staging is deleted']);
  });

  it('is limited to environments that are named', () => {
    const edits = {
      'environments/prod/reviews.yaml': reviews('timeout: 1s\n'),
      'environments/staging/reviews.yaml': reviews('timeout: 1s\n'),
    };
    expect(told(edits, ['staging'])).toEqual(['mainsheet/staging/reviews: staging/reviews.yaml → staging']);
  });

  it('is nothing where one environment has errors; told is which others could be proposed without it', () => {
    const edits = {
      'environments/staging/reviews.yaml': reviews('timout: 1s\n'),
      'environments/prod/reviews.yaml': reviews('timeout: 1s\n'),
    };
    expect(proposed(base, edits)).toMatchObject({ changes: [], sound: ['prod'] });
    expect(proposed(base, edits, ['prod']).changes).toHaveLength(1);
    const shared = { ...edits, 'environments/base/shared.yaml': ratings('retries: {attempts: 3}\n') };
    expect(proposed(base, shared)).toMatchObject({ changes: [], sound: [] });
  });

  it('is nothing where an intent has errors, which are told', () => {
    const { changes, diagnostics } = proposed(base, { 'environments/prod/reviews.yaml': reviews('timeout: soon\n') });
    expect([changes, diagnostics.map(({ at }) => at?.file)]).toEqual([[], ['environments/prod/reviews.yaml']]);
  });

  it.each<[string, Edits]>([
    ['a new environment', { 'environments/new/environment.yaml': 'environment: nope\n' }],
    [
      'a folder that is renamed without its name',
      {
        ...Object.fromEntries(
          Object.keys(base)
            .filter((path) => path.includes('/staging/'))
            .map((path) => [path, null]),
        ),
        'environments/stage/environment.yaml': base['environments/staging/environment.yaml'],
        'environments/stage/reviews.yaml': base['environments/staging/reviews.yaml'],
      },
    ],
  ])('is nothing where an environment cannot be loaded: %s', (_name, edits) => {
    const { changes, refused, diagnostics } = proposed(base, edits);
    expect([changes, refused, diagnostics.map(({ code }) => code)]).toEqual([[], [], expect.arrayContaining(['MS1062'])]);
  });

  it('is not held up by an environment that nobody edits and that was broken before', () => {
    const broken = { ...base, 'environments/old/environment.yaml': 'environment: nope\n' };
    const { changes } = proposed(broken, { 'environments/prod/reviews.yaml': reviews('timeout: 1s\n') });
    expect(changes.map(({ key }) => branchName(key))).toEqual(['mainsheet/prod/reviews']);
  });

  it('is the same content on another base, and other content where it says something else', () => {
    const edits = { 'environments/prod/reviews.yaml': reviews('timeout: 1s\n') };
    const digest = (files: typeof base, words: Edits) => proposed(files, words).changes[0]?.digest;
    const moved = { ...base, 'environments/prod/two.yaml': base['environments/prod/two.yaml'].replace('5s', '9s') };
    expect(digest(moved, edits)).toBe(digest(base, edits));
    expect(digest(base, { 'environments/prod/reviews.yaml': reviews('timeout: 2s\n') })).not.toBe(digest(base, edits));
  });

  it('of an intent that is deleted in phases is what it still says until the last', () => {
    const gone = { 'environments/prod/reviews.yaml': null };
    const [first] = proposed(base, gone).changes;
    expect([first?.title, first?.step]).toEqual(['prod: reviews is deleted (shift, then contract)', 'shift']);
    const left = first?.inputs.get('environments/prod/reviews.yaml');
    expect(left).toBe('service: reviews\nport: 9080\nversions: [v1, v2]\n');
    const [last] = proposed({ ...base, 'environments/prod/reviews.yaml': left ?? '' }, gone).changes;
    expect([last?.title, [...(last?.inputs ?? [])]]).toEqual(['prod: reviews is deleted', [['environments/prod/reviews.yaml', null]]]);
  });

  it('keeps the comment of what is still to come', () => {
    const commented = reviews('canary: {version: v3, percent: 10}   # agreed\n').replace('[v1, v2]', '[v1, v2, v3]');
    const { changes, refused } = proposed(base, { 'environments/prod/reviews.yaml': commented });
    expect([refused, changes[0]?.inputs.get('environments/prod/reviews.yaml')]).toEqual([
      [],
      `${reviews('').replace('[v1, v2]', '[v1, v2, v3]')}# agreed\nnext: {canary: {version: v3, percent: 10}}\n`,
    ]);
  });
});

describe('phases of a rollout', () => {
  const plan = 'rollout: {steps: [5, 100], assumeReady: true}\n';
  const coming = 'next: {canary: {version: v2, percent: 5}}\n';
  const [reviewsFile, detailsFile] = ['environments/staging/reviews.yaml', 'environments/staging/details.yaml'];
  const from = { ...base, [reviewsFile]: reviews(`${plan}${coming}`), [detailsFile]: 'service: details\nport: 9080\n' };
  const inputsOf = (edits: Edits) => proposed(from, edits).changes.map(({ inputs }) => Object.fromEntries(inputs));

  it('are carried on by the rollout alone', () => {
    const edit = { [detailsFile]: 'service: details\nport: 9080\ntimeout: 1s\n' };
    expect(inputsOf({})).toEqual([]);
    expect(inputsOf(edit)).toEqual([edit]);
  });

  it('stay to come where something else of the intent is edited', () => {
    const edit = { [reviewsFile]: reviews(`timeout: 1s\n${plan}${coming}`) };
    expect(inputsOf(edit)).toEqual([edit]);
    const { refused, changes } = proposed(from, {
      [reviewsFile]: reviews(`${plan}${coming}`).replace('[v1, v2]', '[v1, v2, v3]').replace('stable: v1', 'stable: v3'),
    });
    expect(changes).toEqual([]);
    expect(refused.flatMap(({ edits }) => edits.map(({ reason }) => reason))).toEqual([expect.stringContaining('its rollout carries on')]);
  });
});

describe('a plan of a rollout', () => {
  it('stays where it is written while a new service waits for its versions', () => {
    const plan = 'rollout:\n  steps: [5, 50, 100] # few\n  soak: 1h\n  assumeReady: true\n';
    const canary = 'canary: {version: v2, percent: 5}\n';
    const file = 'environments/staging/db.yaml';
    const { changes } = proposed(base, { [file]: `service: db\nport: 9080\nversions: [v1, v2]\nstable: v1\n${plan}${canary}` });
    expect(changes.map(({ inputs }) => inputs.get(file)?.replace(/\n$/, ''))).toEqual([
      `service: db\nport: 9080\nversions: [v1, v2]\n${plan}next: {stable: v1, canary: {version: v2, percent: 5}}`,
    ]);
  });
});

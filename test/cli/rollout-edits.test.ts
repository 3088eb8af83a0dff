import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git, rendered, reviewsFile } from './propose-fixtures.ts';

const environment = 'environments/prod/environment.yaml';
const prod = 'environment: prod\nistio: "1.31"\nnamespace: bookinfo\n';
const plan = 'rollout: {steps: [10, 50, 100], soak: 1h, retire: 24h, assumeReady: true} # carefully\n';
const reviews = (words = '', stable = 'v1') =>
  `# stars\nservice: reviews\nport: 9080\nversions: [v1, v2] # those that run\nstable: ${stable}\n${words}${plan}`;
const files = (words = '', more = '') => ({ [environment]: prod + more, [reviewsFile]: reviews(words) });
const canary = (percent: number) => `canary: {version: v2, percent: ${percent}}\n`;
const here = ({ git: run }: Awaited<ReturnType<typeof rendered>>, path = reviewsFile) => run('show', `:${path}`);

describe('rollout start', () => {
  it('writes the first step, comments and order as they are; proposing it takes phases where it needs some', async () => {
    const repository = await rendered(files());
    const started = await repository.run('rollout', 'start', 'reviews', '--version', 'v3');
    expect(started).toEqual({ code: 0, stderr: '', stdout: `wrote ${reviewsFile}\n` });
    repository.git('add', '-A');
    expect(here(repository)).toBe(`${reviews().replace('[v1, v2]', '[v1, v2, v3]')}canary: {version: v3, percent: 10}`);
    expect((await repository.run('rollout', 'start', 'reviews', '--version', 'v3')).stdout).toBe('reviews v3 is on its way already\n');
    expect((await repository.run('propose')).stdout).toContain('prod: reviews v3 gets 10 % (expand: nothing moves yet, then shift)');
  });

  it('writes a file of its own where the intent is inherited, with what differs alone', async () => {
    const repository = await rendered({
      'environments/base/environment.yaml': 'environment: base\nabstract: true\nistio: "1.31"\nnamespace: bookinfo\n',
      'environments/base/reviews.yaml': reviews(),
      [environment]: 'environment: prod\nextends: [base]\n',
      'environments/test/environment.yaml': 'environment: test\nextends: [base]\n',
    });
    expect((await repository.run('rollout', 'start', 'reviews', '--version', 'v2', '--env', 'prod')).stdout).toBe(
      'wrote environments/prod/services/reviews.yaml\n',
    );
    repository.git('add', '-A');
    expect(here(repository, 'environments/prod/services/reviews.yaml')).toBe('service: reviews\ncanary: {version: v2, percent: 10}');
    const both = await repository.run('rollout', 'start', 'reviews', '--version', 'v2', '--env', 'test', '--in', 'base');
    expect(both).toEqual({ code: 0, stderr: '', stdout: 'wrote environments/base/reviews.yaml\n' });
  });

  it.each(['argo-rollouts', 'flagger'])('writes nothing for a service that %s moves', async (owner) => {
    const defaults = `rollout: {steps: [10, 100], assumeReady: true}\ndefaults: {service: {weights: ${owner}}}\n`;
    const repository = await rendered({ [environment]: prod + defaults, [reviewsFile]: reviews().replace(plan, '') });
    const refused = await repository.run('rollout', 'start', 'reviews', '--version', 'v2');
    expect([refused.code, refused.stdout]).toEqual([4, '']);
    expect(refused.stderr).toContain(`reviews says \`weights: ${owner}\``);
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('refuses in a freeze, with its end, and then begins as soon as it may', async () => {
    const repository = await rendered(
      files('', 'guardrails: {freeze: [{cron: "0 0 * * *", for: 24h, reason: fair}], maxActiveRollouts: 0}\n'),
    );
    const refused = await repository.run('rollout', 'start', 'reviews', '--version', 'v2');
    expect([refused.code, refused.stdout]).toEqual([4, '']);
    expect(refused.stderr).toContain('reviews has to wait: fair; 0 rollouts are on the way, and no more than 0 may be');
    expect((await repository.run('rollout', 'start', 'reviews', '--version', 'v2', '--queue')).code).toBe(0);
    repository.git('add', '-A');
    expect(here(repository)).toContain('queued: v2');
  });

  it('counts rollouts whose first share is still to come, and leaves a service to the train that has begun to move it', async () => {
    const details = 'environments/prod/details.yaml';
    const service = (words: string) => `service: details\nport: 9080\nversions: [v1, v2]\nstable: v1\n${words}${plan}`;
    const repository = await rendered({
      ...files('next: {canary: {version: v2, percent: 10}}\n', 'guardrails: {maxActiveRollouts: 1}\n'),
      [details]: service(''),
    });
    const refused = await repository.run('rollout', 'start', 'details', '--version', 'v2');
    expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining('1 rollout is on the way, and no more than 1 may be')]);
    repository.put(details, service('').replace('rollout: {', 'rollout: {queued: v2, '));
    repository.land('details v2 is asked for');
    const advanced = await repository.run('rollout', 'advance', 'details', '--dry-run', '--json');
    const [waits] = JSON.parse(advanced.stdout).rollouts;
    expect(waits.next.blocks).toMatchObject([{ kind: 'limit', reason: expect.stringContaining('1 rollout is on the way') }]);
    repository.put(details, service(''));
    repository.put('environments/prod/stars.yaml', `train: stars\nservices: {reviews: v2, details: v2}\n${plan}`);
    repository.land('a train');
    const taken = await repository.run('rollout', 'start', 'details', '--version', 'v2');
    expect([taken.code, taken.stderr]).toEqual([4, expect.stringContaining('details is moved by train stars')]);
  });

  it('asks the environment before it, and carries what is stable there', async () => {
    const repository = await rendered({
      'mainsheet.yaml': 'order: [{environment: staging, soak: 24h}, prod]\n',
      ...files(),
      'environments/staging/environment.yaml': 'environment: staging\nistio: "1.31"\nnamespace: bookinfo\n',
      'environments/staging/reviews.yaml': reviews('', 'v2'),
    });
    const merged = Number(git(repository.remote, 'log', '-1', '--format=%ct', 'main'));
    const on = (hours: number) => ['--now', new Date((merged + hours * 3600) * 1000).toISOString().replace('.000', '')];
    const early = await repository.run('promote', 'reviews', '--from', 'staging', '--to', 'prod', ...on(23));
    expect([early.code, early.stderr]).toEqual([4, expect.stringContaining('v2 has to be stable in staging for 24h (until ')]);
    expect((await repository.run('promote', 'reviews', '--from', 'staging', '--to', 'prod', ...on(24))).stdout).toBe(
      `wrote ${reviewsFile}\n`,
    );
  });

  describe('from an environment that has no plan', () => {
    const promote = async (staging: string, ...more: readonly string[]) => {
      const repository = await rendered({
        'mainsheet.yaml': 'order: [staging, prod]\n',
        ...files(),
        'environments/staging/environment.yaml': 'environment: staging\nistio: "1.31"\nnamespace: bookinfo\n',
        'environments/staging/reviews.yaml': staging.replace(plan, ''),
      });
      return await repository.run('promote', 'reviews', '--from', 'staging', '--to', 'prod', ...more);
    };

    it('carries what is stable there', async () => {
      expect(await promote(reviews('', 'v2'), '--now', '2036-01-01T00:00:00Z')).toEqual({
        code: 0,
        stdout: `wrote ${reviewsFile}\n`,
        stderr: '',
      });
    });

    it('says that a version is on its way there, and what it waits for', async () => {
      const why =
        'v2 is on its way in staging (50 %), and v1, which is stable there, is stable in prod already: v2 has to be stable in staging';
      const { code, stderr } = await promote(reviews(canary(50)));
      expect([code, stderr]).toEqual([4, `error: reviews has to wait: ${why}\n`]);
      const { stdout } = await promote(reviews(canary(50)), '--json');
      expect(JSON.parse(stdout)).toMatchObject({ outcome: 'waits', blocks: [{ kind: 'upstream', reason: why }] });
    });
  });

  it('queues behind a version that is on its way', async () => {
    const repository = await rendered(files(canary(10)));
    const { stdout } = await repository.run('rollout', 'start', 'reviews', '--version', 'v3', '--dry-run');
    expect(stdout).toContain('reviews: v3 begins when v2 has ended\nwould write environments/prod/reviews.yaml\n');
  });
});

describe('a rollout whose first share is still to come', () => {
  const coming = 'next: {canary: {version: v2, percent: 10}}\n';
  const branch = 'mainsheet/prod/reviews';
  const step = (folder: string) => git(folder, 'log', '-1', '--format=%(trailers:key=Mainsheet-Step,valueonly)', branch);

  it('goes back over the phase that is proposed, and stays there until a person decides', async () => {
    const repository = await rendered(files(coming));
    expect((await repository.run('rollout', 'status')).stdout).toMatch(/^prod +reviews +v1 → v2 +– /m);
    await repository.run('rollout', 'advance', '--all');
    expect(step(repository.remote)).toBe('canary-10-shift');
    const back = await repository.run('rollout', 'rollback', 'reviews');
    expect(back).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('reviews does not go on to its canary v2') });
    expect([step(repository.remote), repository.show(branch, reviewsFile)]).toEqual(['rollback', reviews().trimEnd()]);
    // Nothing of it is applied, so nothing has to be live before.
    const page = readFileSync(join(repository.remote, 'mainsheet/pull-requests/1.md'), 'utf8');
    expect(page).toContain('nothing that is rendered changes, so there is nothing to apply');
    expect(page).not.toContain('merge only once');
    await repository.run('rollout', 'advance', '--all');
    expect(step(repository.remote)).toBe('rollback');
    await repository.run('rollout', 'abort', 'reviews');
    repository.git('add', '-A');
    expect(here(repository)).toBe(reviews().trimEnd());
  });

  it.each([
    ['queue', 'v3 begins when v2 has ended', 'v2 gets 10 %'],
    ['hold', 'v2 is held until somebody finishes or aborts it, for v3', 'v3 has been asked for meanwhile'],
    ['replace', 'v2 makes room for v3', 'does not go on to its canary v2'],
  ])('lets another version %s', async (policy, said, next) => {
    const text = `${reviews(coming).replace('assumeReady', `newVersion: ${policy}, assumeReady`)}`;
    const repository = await rendered({ ...files(), [reviewsFile]: text });
    expect((await repository.run('rollout', 'start', 'reviews', '--version', 'v3')).stdout).toContain(said);
    repository.land('v3 is asked for');
    expect((await repository.run('rollout', 'advance', 'reviews', '--dry-run')).stdout).toContain(next);
  });
});

describe('comments beside a canary', () => {
  it('are in the way of no rollback, abort or finish, and are kept where it stood', async () => {
    const said = (percent: number) => `canary: # carefully\n  version: v2\n  percent: ${percent}  # small on purpose\n`;
    const repository = await rendered(files(said(100)));
    const kept = '# carefully\n# small on purpose\n';
    const back = await repository.run('rollout', 'rollback', 'reviews');
    expect(back).toMatchObject({ code: 0, stderr: '' });
    expect(repository.show('mainsheet/prod/reviews', reviewsFile)).toBe(reviews(kept).trimEnd());
    for (const [command, stable] of [
      ['abort', 'stable: v1\n'],
      ['finish', 'stable: v2\n'],
    ]) {
      expect(await repository.run('rollout', command ?? '', 'reviews')).toMatchObject({ code: 0, stderr: '' });
      repository.git('add', '-A');
      expect(here(repository)).toContain(`${stable}${kept}`);
      repository.git('reset', '--hard', '-q');
    }
  });
});

describe('rollout hold, resume, abort and finish', () => {
  it('say it in the intent, and take it away again without a trace', async () => {
    const repository = await rendered(files(canary(10)));
    expect((await repository.run('rollout', 'hold', 'reviews', '-m', 'until the fair is over')).code).toBe(0);
    repository.git('add', '-A');
    expect(here(repository)).toContain('hold: "until the fair is over"');
    expect((await repository.run('rollout', 'hold', 'reviews', '-m', 'until the fair is over')).stdout).toBe(
      'the intents say so already\n',
    );
    expect((await repository.run('rollout', 'resume', 'reviews')).code).toBe(0);
    repository.git('add', '-A');
    expect(here(repository)).toBe(reviews(canary(10)).trimEnd());
    expect((await repository.run('rollout', 'resume', 'reviews')).stdout).toBe('reviews is not held\n');
  });

  it('give up, and finish whatever is left', async () => {
    const repository = await rendered(files(canary(50)));
    expect((await repository.run('rollout', 'finish', 'reviews')).code).toBe(0);
    repository.git('add', '-A');
    expect(here(repository)).toBe(`${reviews('', 'v2')}previous: v1`);
    repository.git('reset', '-q', '--hard');
    expect((await repository.run('rollout', 'abort', 'reviews')).code).toBe(0);
    repository.git('add', '-A');
    expect(here(repository)).toBe(reviews().trimEnd());
  });

  it('finish as of a time that is given: in a freeze, and after it', async () => {
    const frozen = 'guardrails: {freeze: [{cron: "0 18 * * FRI", for: 62h, reason: weekend}]}\n';
    const repository = await rendered(files(canary(100), frozen));
    const at = (now: string) => repository.run('rollout', 'finish', 'reviews', '--dry-run', '--now', now);
    expect(await at('2026-11-28T12:00:00Z')).toMatchObject({ code: 4, stderr: expect.stringContaining('weekend') });
    expect(await at('2026-11-25T12:00:00Z')).toMatchObject({ code: 0 });
    expect((await repository.run('rollout', 'rollback', 'reviews', '--dry-run', '--json', '--now', '2026-11-28T12:00:00Z')).stdout).toMatch(
      /^\{/,
    );
  });

  it('do not finish what would move more than it may', async () => {
    const repository = await rendered(files(canary(10), 'guardrails: {maxShift: 50}\n'));
    const { code, stderr } = await repository.run('rollout', 'finish', 'reviews');
    expect([code, stderr]).toEqual([4, expect.stringContaining('from 10 % to 100 % is more than the 50 %')]);
  });
});

describe('rollout plan', () => {
  it('tells every commit to come', async () => {
    const repository = await rendered(files());
    const { code, stdout, stderr } = await repository.run('rollout', 'plan', 'reviews', '--version', 'v3', '--now', '2026-11-24T12:00:00Z');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`earliest              moves   step
2026-11-24 12:00 UTC  nobody  canary-10-expand  prod: reviews v3 gets 10 % (expand: nothing moves yet, then shift)
2026-11-24 12:00 UTC  10 %    canary-10-shift   prod: reviews v3 gets 10 % (shift, last phase)
2026-11-24 13:00 UTC  40 %    canary-50         prod: reviews v3 gets 50 % instead of 10 %
2026-11-24 14:00 UTC  50 %    canary-100        prod: reviews v3 gets 100 % instead of 50 %
2026-11-24 15:00 UTC  nobody  finish            prod: reviews is stable at v3
2026-11-25 15:00 UTC  nobody  retire            prod: reviews without its old version v1

Then nothing is left to do.
`);
  });

  it('tells of sticky users what the plan moves, and no request with cookies that no browser has', async () => {
    const sticky = (percent: number, seen = '') => canary(percent).replace('}', `, sticky: {id: r1${seen}}}`);
    const exposed = (words: string) => `${reviews(words)}expose: {gateway: gw, hosts: [shop.example.com]}\n`;
    const gateway = 'gateway: gw\nservers: [{http: 80, hosts: ["*"]}]\n';
    const repository = await rendered({
      ...files(sticky(10), 'guardrails: {maxShift: 50}\n'),
      [reviewsFile]: exposed(sticky(10)),
      'environments/prod/gateway.yaml': gateway,
    });
    const plan = await repository.run('rollout', 'plan', 'reviews');
    expect([plan.code, plan.stdout.match(/\d+ % {2}/g)]).toEqual([0, ['40 %  ', '50 %  ']]);
    repository.put(reviewsFile, exposed(sticky(50, ', seen: [10]')));
    const { stdout } = await repository.run('diff', '--base', 'HEAD');
    expect(stdout).toContain('cookie: reviews-version=r1.v1.10\n');
    expect(stdout).not.toMatch(/reviews-version=r1[^\n]*;reviews-version|cookie: reviews-version=r1\.v\d\.50\n/);
  });

  it('calls a step that only copies requests a copy', async () => {
    const repository = await rendered({ ...files(), [reviewsFile]: reviews().replace('[10, 50, 100]', '[{mirror: 10}, 100]') });
    const { stdout } = await repository.run('rollout', 'plan', 'reviews', '--version', 'v2');
    expect(stdout).toContain('reviews v2 gets a copy of 10 %');
    expect(stdout).toContain('reviews v2 gets 100 % instead of a copy of 10 %');
  });

  it('says before it begins what `start` refuses: nothing shows that the version has pods', async () => {
    const repository = await rendered({ ...files(), [reviewsFile]: reviews().replace(', assumeReady: true', '') });
    const { code, stdout } = await repository.run('rollout', 'plan', 'reviews', '--version', 'v2');
    expect([code, stdout]).toEqual([4, expect.stringContaining('has to wait: nothing shows that reviews v2 has ready pods')]);
    expect((await repository.run('rollout', 'start', 'reviews', '--version', 'v2')).code).toBe(4);
  });

  it('names each file that a step writes, with the digest of what it will hold', async () => {
    const repository = await rendered(files(canary(10)));
    const { stdout } = await repository.run('rollout', 'plan', 'reviews', '--json');
    const [step]: readonly { readonly service: string; readonly files: Readonly<Record<string, string>> }[] = JSON.parse(stdout).steps;
    expect(step?.service).toBe('reviews');
    await repository.run('rollout', 'advance', 'reviews', '--now', '2036-01-01T00:00:00Z');
    const branch = 'mainsheet/prod/reviews';
    const changed = git(repository.remote, 'diff', '--name-only', `main...${branch}`).split('\n');
    const digest = (path: string) =>
      createHash('sha256')
        .update(`${repository.show(branch, path)}\n`)
        .digest('hex');
    expect(step?.files).toEqual(Object.fromEntries(changed.map((path) => [path, `sha256:${digest(path)}`])));
  });

  it.each([
    ['steps that fall', reviews().replace('[10, 50, 100]', '[50, 10, 100]'), 'environments/prod/reviews.yaml:6:23'],
    ['a version that there is not', reviews('canary: {version: v9, percent: 10}\n'), 'environments/prod/reviews.yaml:6:19'],
  ])('shows what is wrong with an intent, and blames no step for it: %s', async (_, broken, place) => {
    const repository = await rendered(files());
    repository.put(reviewsFile, broken);
    repository.land('a slip');
    const { code, stdout, stderr } = await repository.run('rollout', 'plan', 'reviews', '--version', 'v2');
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(` --> ${place}\n`)]);
    // As it stands on the base branch, not as a step would have it.
    expect(stderr).toContain(broken.split('\n')[Number(place.split(':')[1]) - 1]);
  });

  it('shows no table where the first step fails already', async () => {
    const repository = await rendered({ ...files('', 'guardrails: {forbid: [mirror]}\n') });
    repository.put(reviewsFile, reviews().replace('[10, 50, 100]', '[{mirror: 10}, 100]'));
    repository.land('a copy');
    const { code, stdout, stderr } = await repository.run('rollout', 'plan', 'reviews', '--version', 'v2');
    expect([code, stdout]).toEqual([1, 'Step mirror-10 fails: nothing should be begun.\n']);
    expect(stderr).toContain('mirror');
  });

  it('refuses a plan that exceeds a guardrail, and names the step', async () => {
    const repository = await rendered(files('', 'guardrails: {maxShift: 45}\n'));
    const { code, stderr } = await repository.run('rollout', 'plan', 'reviews', '--version', 'v2');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('step 3 of the rollout of reviews, from 50 % to 100 %, moves more than the 45 %'),
    ]);
  });
});

describe('rollout verify', () => {
  it('has nothing to judge of a commit of a person', async () => {
    const repository = await rendered(files());
    expect(await repository.run('rollout', 'verify', 'HEAD')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('no trailers'),
    });
  });
});

describe('commands of rollouts, for machines', () => {
  it('tell as JSON what they write, what they would write and why they do not', async () => {
    const frozen = 'guardrails: {freeze: [{cron: "0 18 * * FRI", for: 62h, reason: weekend}]}\n';
    const repository = await rendered(files('', frozen));
    const told = async (...words: readonly string[]) => {
      const { code, stdout, stderr } = await repository.run(...words, '--json');
      expect(stderr).toBe('');
      return [code, JSON.parse(stdout)];
    };
    const monday = ['--now', '2026-11-23T12:00:00Z'];
    const about = { version: 1, environment: 'prod', rollout: 'reviews' };
    const begun = { [reviewsFile]: `${reviews()}canary: {version: v2, percent: 10}\n` };
    const start = ['rollout', 'start', 'reviews', '--version', 'v2'];
    expect(await told(...start, '--dry-run', ...monday)).toEqual([0, { ...about, outcome: 'would-write', files: begun }]);
    const until = Date.parse('2026-11-30T08:00:00Z') / 1000;
    expect(await told(...start, '--now', '2026-11-28T12:00:00Z')).toEqual([
      4,
      { ...about, outcome: 'waits', blocks: [{ kind: 'freeze', reason: 'weekend', until }], files: {} },
    ]);
    expect(await told(...start, ...monday)).toEqual([0, { ...about, outcome: 'written', files: begun }]);
    expect(await told(...start, ...monday)).toEqual([
      0,
      { ...about, outcome: 'unchanged', message: 'reviews v2 is on its way already', files: {} },
    ]);
    expect(await told('rollout', 'start', 'reviews', '--version', 'v3', '--dry-run', ...monday)).toMatchObject([
      0,
      { outcome: 'would-write', message: 'reviews: v3 begins when v2 has ended' },
    ]);
    for (const command of ['hold', 'resume', 'abort']) {
      expect(await told('rollout', command, 'reviews', ...monday)).toMatchObject([0, { ...about, outcome: 'written' }]);
      expect(await told('rollout', command, 'reviews', ...monday)).toMatchObject([0, { ...about, outcome: 'unchanged', files: {} }]);
      if (command === 'resume') expect(await told('rollout', 'finish', 'reviews', '--dry-run', ...monday)).toMatchObject([0, about]);
    }
  });

  it('tell as JSON what is waited for, and what is pushed to the base branch itself', async () => {
    const repository = await rendered(files(canary(10)));
    const told = async (...words: readonly string[]) => JSON.parse((await repository.run(...words, '--json')).stdout);
    const advanced = await told('rollout', 'advance', '--all', '--now', '2026-11-23T12:00:00Z');
    expect(advanced).toMatchObject({ proposals: [], rollouts: [{ rollout: 'reviews', next: { kind: 'wait' } }] });
    expect(await told('rollout', 'status', '--dry-run')).toMatchObject({ rollouts: [{ rollout: 'reviews' }] });
    expect(await told('rollout', 'plan', 'reviews', '--dry-run')).toMatchObject({ steps: [{ step: 'canary-50' }, {}, {}, {}] });
    const back = await told('rollout', 'rollback', 'reviews', '--direct');
    const commit = git(repository.remote, 'rev-parse', 'main');
    expect(back).toMatchObject({ base: { branch: 'main' }, proposals: [{ branch: 'main', outcome: 'created', pushed: true, commit }] });
    expect(await told('rollout', 'rollback', 'reviews')).toMatchObject({ proposals: [] });
  });
});

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git, rendered, reviewsFile } from './propose-fixtures.ts';

const start = Date.parse('2026-11-24T12:00:00Z') / 1000;
const environment = 'environments/prod/environment.yaml';
const prod = 'environment: prod\nistio: "1.31"\nnamespace: bookinfo\n';
const branch = 'mainsheet/prod/reviews';
const reviews = (words: string) => `service: reviews
port: 9080
versions: [v1, v2] # those that run
stable: v1
${words}rollout: {steps: [10, 50, 100], soak: 1h, retire: 24h, assumeReady: true} # carefully
`;
const files = (words: string, more = '') => ({ [environment]: prod + more, [reviewsFile]: reviews(words) });

const on = (hours: number): readonly string[] => ['--now', new Date((start + hours * 3600) * 1000).toISOString().replace('.000', '')];

describe('rollout', () => {
  it('says that nothing is on the way', async () => {
    const repository = await rendered(files(''));
    expect(await repository.run('rollout', 'status')).toEqual({ code: 0, stdout: 'no rollout is on the way\n', stderr: '' });
    expect((await repository.run('rollout', 'advance', '--all')).stdout).toBe('no rollout is on the way\n');
    expect(await repository.run('rollout', 'plan', 'reviews')).toEqual({
      code: 0,
      stdout: expect.stringContaining('nothing is left to do'),
      stderr: 'note: no version of reviews is on its way; to see what one would go through: --version v3\n',
    });
  });

  it('goes back, and looks, whatever is half done in the work tree', async () => {
    const repository = await rendered(files('canary: {version: v2, percent: 10}\n'));
    repository.put('.git/MERGE_HEAD', git(repository.remote, 'rev-parse', 'main'));
    repository.put(reviewsFile, '<<<<<<< HEAD\n');
    expect((await repository.run('propose')).code).toBe(4);
    expect(await repository.run('rollout', 'status')).toMatchObject({ code: 0, stdout: expect.stringContaining('v1 → v2') });
    expect(await repository.run('rollout', 'rollback', 'reviews', '--direct')).toMatchObject({ code: 0, stderr: '' });
    expect(git(repository.remote, 'show', `main:${reviewsFile}`)).not.toContain('canary');
  });

  it('holds dates in intents against the time that it is given', async () => {
    const pin = 'pins: [{user: jason, version: v1, until: 2027-03-01}]\n';
    const repository = await rendered(files(`canary: {version: v2, percent: 10}\n${pin}`, 'user: {header: end-user}\n'));
    const bodyOn = async (date: string) =>
      JSON.parse((await repository.run('rollout', 'advance', '--all', '--dry-run', '--json', '--now', `${date}T12:00:00Z`)).stdout)
        .proposals[0].body;
    expect(await bodyOn('2027-03-01')).not.toContain('MS3001');
    expect(await bodyOn('2027-03-02')).toContain('MS3001');
  });

  it('proposes the next step when the one before has soaked, in one branch, and nothing twice', async () => {
    const repository = await rendered(files('canary: {version: v2, percent: 10}\n'));
    const merged = Number(git(repository.remote, 'log', '-1', '--format=%ct', 'main'));
    const later = (hours: number) => ['--now', new Date((merged + hours * 3600) * 1000).toISOString().replace('.000', '')];
    const early = await repository.run('rollout', 'advance', '--all', ...later(0.5));
    expect([early.code, early.stdout]).toEqual([0, expect.stringContaining('prod/reviews: soaks for 1h (until ')]);
    expect(git(repository.remote, 'branch', '--list')).toBe('* main');
    const due = await repository.run('rollout', 'advance', '--all', ...later(1));
    expect(due).toEqual({ code: 0, stderr: '', stdout: expect.stringContaining('prod: reviews v2 gets 50 % instead of 10 %') });
    const tip = git(repository.remote, 'rev-parse', branch);
    expect(repository.show(branch, reviewsFile)).toBe(reviews('canary: {version: v2, percent: 50}\n').trimEnd());
    expect(repository.show(branch, 'rendered/prod/service/reviews.yaml')).toContain('weight: 50');
    expect(git(repository.remote, 'log', '-1', '--format=%(trailers:key=Mainsheet-Step)', branch)).toBe('Mainsheet-Step: canary-50');
    const again = await repository.run('rollout', 'advance', '--all', ...later(1.5));
    expect(again.stdout).toContain('reviews at 50 % (pull request 1)');
    const { version, rollouts } = JSON.parse((await repository.run('rollout', 'status', '--json', ...later(1.5))).stdout);
    expect([version, rollouts[0].pullRequest]).toEqual([1, 'pull request 1']);
    expect(git(repository.remote, 'rev-parse', branch)).toBe(tip);
  });

  it('keeps to its own root where a repository has several, and leaves the steps of others alone', async () => {
    const own = Object.entries(files('canary: {version: v2, percent: 10}\n'));
    const repository = await rendered(
      Object.fromEntries(['a', 'b'].flatMap((root) => own.map(([path, text]) => [`${root}/${path}`, text]))),
    );
    for (const root of ['a', 'b']) await repository.run('render', '--root', root);
    repository.land('both');
    const branches = () => git(repository.remote, 'for-each-ref', '--format=%(refname:lstrip=2) %(objectname)', 'refs/heads/mainsheet');
    const advance = (root: string) => repository.run('rollout', 'advance', '--all', '--root', root, ...on(100_000));
    for (const root of ['a', 'b']) expect(await advance(root)).toMatchObject({ code: 0, stdout: expect.stringContaining('created') });
    const tips = branches();
    expect(tips.split('\n').map((line) => line.split(' ')[0])).toEqual(['mainsheet/=a/prod/reviews', 'mainsheet/=b/prod/reviews']);
    for (const [i, root] of ['a', 'b'].entries()) expect((await advance(root)).stdout).toContain(`reviews at 50 % (pull request ${i + 1})`);
    expect(branches()).toBe(tips);
  });

  it('says in each pull request what follows it, and when', async () => {
    const plan =
      'rollout: {steps: [10, {percent: 50, gates: [success-rate]}, {percent: 100, approve: true}], soak: 1h, retire: 24h, assumeReady: true}';
    const text = (words: string) => reviews(words).replace(/^rollout: .*$/m, plan);
    const metrics = 'gates: {success-rate: {min: 99}}\nprometheus: {default: {url: "http://localhost:1"}}\n';
    const repository = await rendered({ ...files('', metrics), [reviewsFile]: text('') });
    const told = (number: number) =>
      /^- \*\*Next:\*\* (.*)$/m.exec(readFileSync(join(repository.remote, `mainsheet/pull-requests/${number}.md`), 'utf8'))?.[1];
    await repository.run('rollout', 'start', 'reviews', '--version', 'v3');
    await repository.run('propose');
    const page = readFileSync(join(repository.remote, 'mainsheet/pull-requests/1.md'), 'utf8');
    expect(page).toContain('| ◉ | 10 % | **now** | soak 1h |\n| ○ | 50 % | to come | soak 1h, gates success-rate |\n');
    expect(page).toContain('- **Hold:** `mainsheet rollout hold reviews --env prod`\n');
    const later = 'then 50 % once it has been live for 1h';
    expect(told(1)).toMatch(/^this is phase expand; once it is live, shift: `.*`; then 50 % once it has been live for 1h$/);
    repository.merge(branch);
    await repository.run('rollout', 'advance', '--all', ...on(100_000));
    expect(told(2)).toBe(`this is the last phase of its change; ${later}`);
    repository.merge(branch);
    await repository.run('rollout', 'advance', '--all', ...on(200_000));
    expect(told(3)).toBe('100 % once it has been live for 1h and success-rate passes; that waits for a person');
    repository.git('checkout', '-q', '--', '.');
    repository.put(reviewsFile, text('canary: {version: v2, percent: 100}\n'));
    await repository.run('render');
    repository.land('everything');
    await repository.run('rollout', 'finish', 'reviews');
    await repository.run('propose');
    expect(told(3)).toBe('v1 leaves `versions` 24h after it is merged, once nothing routes to it');
  });

  it('names the command that goes back only where there is something to go back to', async () => {
    const repository = await rendered(files(''));
    repository.put(reviewsFile, reviews('previous: v2\n'));
    repository.land('finished long ago');
    await repository.run('rollout', 'advance', '--all', ...on(100_000));
    const page = readFileSync(join(repository.remote, 'mainsheet/pull-requests/1.md'), 'utf8');
    expect(page).toContain('# prod: reviews without its old version v2');
    expect(page).not.toContain('rollout rollback');
  });

  it('calls what a person decides by its name', async () => {
    const repository = await rendered(files('canary: {version: v2, percent: 10}\n'));
    const title = async (...words: readonly string[]) => {
      expect((await repository.run('rollout', ...words)).code).toBe(0);
      const { stdout } = await repository.run('propose');
      repository.merge(branch);
      return stdout.split('\n')[0];
    };
    expect(await title('hold', 'reviews', '-m', 'the fair')).toBe('prod: reviews is held: the fair');
    expect(await title('resume', 'reviews')).toBe('prod: reviews is not held any more');
    expect(await title('start', 'reviews', '--version', 'v3')).toBe('prod: reviews v3 is to follow');
  });

  it('knows since when a step stands also where an environment names folders of objects', async () => {
    const repository = await rendered({
      ...files('canary: {version: v2, percent: 10}\n', 'registry: [cluster]\n'),
      'environments/prod/cluster/reviews.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: reviews, namespace: bookinfo}\n',
    });
    expect((await repository.run('rollout', 'advance', '--all', ...on(100_000))).stdout).toContain('reviews v2 gets 50 % instead of 10 %');
  });

  it('does not let a step soak that nobody rendered, and counts from when somebody did', async () => {
    const repository = await rendered(files('canary: {version: v2, percent: 10}\n', 'guardrails: {maxShift: 60}\n'));
    repository.put(reviewsFile, reviews('canary: {version: v2, percent: 50}\n'));
    repository.land('fifty, unrendered');
    const behind = await repository.run('rollout', 'advance', '--all', ...on(100_000));
    expect(behind.stdout).toContain('rendered files are behind the intent: run `mainsheet render` or `mainsheet propose`');
    expect((await repository.run('rollout', 'status', ...on(100_000))).stdout).toContain('rendered files are behind');
    await repository.run('render');
    repository.land('rendered');
    expect((await repository.run('rollout', 'advance', '--all', ...on(100_000))).stdout).toContain('100 % instead of 50 %');
  });

  it('holds what a proposal moves against `maxShift`, and not only what its step was to move', async () => {
    const repository = await rendered(files('canary: {version: v2, percent: 10}\n', 'guardrails: {maxShift: 60}\n'));
    repository.put(reviewsFile, reviews('canary: {version: v2, percent: 50}\n'));
    repository.put('rendered/prod/notes.md', 'All is well.');
    repository.land('fifty, and something else beside what is rendered');
    const { stdout } = await repository.run('rollout', 'advance', '--all', ...on(100_000));
    expect(stdout).toContain('against what is rendered, 90 % of some requests move, more than the 60 %');
    expect(git(repository.remote, 'branch', '--list')).toBe('* main');
  });

  it('lets a step soak that renders to what is there already', async () => {
    const repository = await rendered(files('canary: {version: v2, percent: 50}\n'));
    repository.put(reviewsFile, reviews('canary: {version: v2, percent: 10}\n'));
    repository.land('ten, unrendered');
    repository.put(reviewsFile, reviews('canary: {version: v2, percent: 50}\n'));
    repository.land('fifty again');
    expect((await repository.run('rollout', 'advance', '--all', ...on(100_000))).stdout).toContain('100 % instead of 50 %');
  });

  it('goes from 10 % to the end, merge by merge, and leaves no trace of the old version', async () => {
    const repository = await rendered(files('canary: {version: v2, percent: 10}\n'));
    const now = () => Number(git(repository.remote, 'log', '-1', '--format=%ct', 'main'));
    const steps: string[] = [];
    for (let i = 0; i < 4; i += 1) {
      const time = new Date((now() + 25 * 3600) * 1000).toISOString().replace('.000', '');
      const { code, stderr } = await repository.run('rollout', 'advance', 'reviews', '--now', time);
      expect([code, stderr]).toEqual([0, '']);
      steps.push(git(repository.remote, 'log', '-1', '--format=%(trailers:key=Mainsheet-Step,valueonly)', branch));
      repository.merge(branch);
    }
    expect(steps).toEqual(['canary-50', 'canary-100', 'finish', 'retire']);
    const last = reviews('').replace('[v1, v2]', '[v2]').replace('stable: v1', 'stable: v2');
    expect(repository.show('main', reviewsFile)).toBe(last.trimEnd());
    expect((await repository.run('render', '--check')).code).toBe(0);
    expect((await repository.run('rollout', 'status')).stdout).toBe('no rollout is on the way\n');
  });

  it('goes back in a freeze, over a step that is proposed, and to the same bytes', async () => {
    const frozen = 'guardrails: {freeze: [{cron: "* * * * *", for: 2m, reason: always}]}\n';
    const repository = await rendered(files('', frozen));
    const before = repository.show('main', 'rendered/prod/service/reviews.yaml');
    repository.put(reviewsFile, reviews('canary: {version: v2, percent: 10}\n'));
    await repository.run('render');
    repository.land('ten percent');
    const waits = await repository.run('rollout', 'advance', '--all', ...on(100_000));
    expect(waits.stdout).toContain('prod/reviews: always');
    const back = await repository.run('rollout', 'rollback', 'reviews', '-m', 'errors');
    expect(back).toMatchObject({ code: 0, stderr: '' });
    expect(git(repository.remote, 'diff', '--name-only', `main...${branch}`)).toBe(`${reviewsFile}\nrendered/prod/service/reviews.yaml`);
    expect(repository.show(branch, 'rendered/prod/service/reviews.yaml')).toBe(before);
    expect(repository.show(branch, reviewsFile)).toBe(reviews('').trimEnd());
    // The scheduled run leaves it as it is, whatever it would decide otherwise.
    const tip = git(repository.remote, 'rev-parse', branch);
    await repository.run('rollout', 'advance', '--all', ...on(100_000));
    expect(git(repository.remote, 'rev-parse', branch)).toBe(tip);
    repository.merge(branch);
    expect((await repository.run('rollout', 'rollback', 'reviews')).stdout).toBe(
      'reviews has nothing to go back from: no version is on its way, and none was finished that could go back\n',
    );
  });

  it('goes back on the base branch itself where that is asked for, and says so in the commit', async () => {
    const repository = await rendered(files('canary: {version: v2, percent: 50}\n'));
    await repository.run('rollout', 'advance', 'reviews', ...on(100_000));
    const page = () => readFileSync(join(repository.remote, 'mainsheet/pull-requests/1.md'), 'utf8');
    expect(page()).toContain('100 %');
    const back = await repository.run('rollout', 'rollback', 'reviews', '--direct');
    expect(back).toMatchObject({ code: 0, stderr: '' });
    expect(repository.show('main', reviewsFile)).toBe(reviews('').trimEnd());
    expect(git(repository.remote, 'log', '-1', '--format=%(trailers:key=Mainsheet-Direct,valueonly)', 'main')).toBe('yes');
    // The step that was proposed would begin it again.
    expect(page()).toContain('closed');
  });

  it.each([
    ['advance', branch, ['advance', '--all']],
    ['rollback', branch, ['rollback', 'reviews']],
    ['rollback --direct', 'main', ['rollback', 'reviews', '--direct']],
  ])('dates what %s commits to %s as of the time that is given, and is the same commit again', async (_, written, words) => {
    const repository = await rendered(files('canary: {version: v2, percent: 50}\n'));
    const before = git(repository.remote, 'rev-parse', 'main');
    const made = async () => {
      await repository.run('rollout', ...words, ...on(100_000));
      const [tip = '', ...dates] = git(repository.remote, 'log', '-1', '--format=%H%n%at%n%ct%n%ai', written).split('\n');
      git(repository.remote, 'update-ref', 'refs/heads/main', before);
      git(repository.remote, 'update-ref', '-d', `refs/heads/${branch}`);
      rmSync(join(repository.remote, 'mainsheet'), { recursive: true, force: true });
      return [tip, ...dates];
    };
    const [tip, author, committer, zoned] = await made();
    const time = start + 100_000 * 3600;
    expect([author, committer, zoned]).toEqual([`${time}`, `${time}`, expect.stringContaining('+0000')]);
    expect(await made()).toEqual([tip, author, committer, zoned]);
  });

  describe('whatever is wrong with others', () => {
    const details = 'environments/prod/details.yaml';
    const service = 'service: details\nport: 9080\n';
    const broken: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ['a change of a neighbour that is not rendered', { [details]: `${service}timeout: 9s\n` }],
      ['a rendered file of a neighbour that a person edited', { 'rendered/prod/service/details.yaml': '# by hand\n' }],
      ['a word of a neighbour that there is not', { [details]: `${service}timeuot: 9s\n` }],
      ['a text of a neighbour that is no YAML', { [details]: `${service}hosts: [\n` }],
      ['guardrails that came since', { [environment]: `${prod}guardrails: {require: [retries], maxShift: 2}\n` }],
      ['a plan that was taken away', { [reviewsFile]: reviews('canary: {version: v2, percent: 10}\n').replace(/^rollout:.*\n/m, '') }],
    ];
    it.each(broken)('goes back with its own files alone, past %s', async (_, changed) => {
      const canary = files('canary: {version: v2, percent: 10}\n');
      const repository = await rendered({ ...canary, [details]: `${service}timeout: 1s\n` });
      for (const [path, text] of Object.entries(changed)) repository.put(path, text);
      repository.land('something else');
      expect(await repository.run('rollout', 'rollback', 'reviews')).toMatchObject({ code: 0, stderr: '' });
      expect(git(repository.remote, 'diff', '--name-only', `main...${branch}`)).toBe(`${reviewsFile}\nrendered/prod/service/reviews.yaml`);
      expect(repository.show(branch, reviewsFile)).not.toContain('canary');
      expect(repository.show(branch, 'rendered/prod/service/reviews.yaml')).not.toContain('weight');
    });
  });

  describe('over its own rendered files, whatever a person did to them', () => {
    const own = 'rendered/prod/service/reviews.yaml';
    const edits: readonly (readonly [string, (text: string) => string])[] = [
      ['edited', (text) => text.replace('weight: 10', 'weight: 60')],
      ['without its mark', (text) => text.replace(/^# mainsheet.*\n/, '')],
      ['no YAML', () => '<<<<<<< ours\n'],
    ];
    it.each(edits)('%s', async (_, edit) => {
      const repository = await rendered(files('canary: {version: v2, percent: 10}\n'));
      repository.put(own, edit(`${repository.show('main', own)}\n`));
      repository.land('by hand');
      const back = await repository.run('rollout', 'rollback', 'reviews');
      expect(back).toMatchObject({ code: 0, stderr: '' });
      expect(git(repository.remote, 'diff', '--name-only', `main...${branch}`)).toBe(`${reviewsFile}\n${own}`);
      expect(repository.show(branch, own)).not.toContain('weight');
      const page = readFileSync(join(repository.remote, 'mainsheet/pull-requests/1.md'), 'utf8');
      expect(page).toContain(`- **Edited by hand** on the base branch, and replaced: \`${own}\``);
      expect(git(repository.remote, 'log', '-1', '--format=%B', branch)).toContain(`Replaces what was edited by hand: ${own}`);
      repository.merge(branch);
      expect((await repository.run('render', '--check')).code).toBe(0);
    });

    it('but loses nothing that another service has in the same file', async () => {
      const repository = await rendered({
        ...files('canary: {version: v2, percent: 10}\n', 'layout: single\n'),
        'environments/prod/details.yaml': 'service: details\nport: 9080\ntimeout: 1s\n',
      });
      repository.put('rendered/prod/all.yaml', repository.show('main', 'rendered/prod/all.yaml').replace('timeout: 1s', 'timeout: 9s'));
      repository.land('by hand');
      expect(await repository.run('rollout', 'rollback', 'reviews')).toMatchObject({
        code: 4,
        stderr: expect.stringContaining('rendered/prod/all.yaml'),
      });
      expect(await repository.run('rollout', 'rollback', 'reviews', '--overwrite-edited')).toMatchObject({ code: 0 });
    });
  });

  describe('where its own intent can not be compiled as it is', () => {
    const text = reviews('canary: {version: v2, percent: 10}\n');
    const slips: readonly (readonly [string, string])[] = [
      ['a word that there is not', text.replace('port:', 'prot:')],
      ['no YAML', text.replace('[v1, v2]', '[v1, v2')],
      ['a version that there is not', text.replace('stable: v1', 'stable: v9')],
    ];
    it.each(slips)('goes back from what it was before: %s', async (_, slip) => {
      const repository = await rendered(files('canary: {version: v2, percent: 10}\n'));
      repository.put(reviewsFile, slip);
      repository.land('a slip');
      const back = await repository.run('rollout', 'rollback', 'reviews');
      expect(back).toMatchObject({ code: 0, stderr: '' });
      expect(repository.show(branch, reviewsFile)).toBe(reviews('').trimEnd());
      expect(repository.show(branch, 'rendered/prod/service/reviews.yaml')).not.toContain('weight');
      const page = readFileSync(join(repository.remote, 'mainsheet/pull-requests/1.md'), 'utf8');
      expect(page).toContain(`- **Can't be compiled** as it is on the base branch: \`${reviewsFile}\``);
      repository.merge(branch);
      expect((await repository.run('render', '--check')).code).toBe(0);
    });

    it('says what is wrong where there was nothing to go back from before', async () => {
      const repository = await rendered(files(''));
      repository.put(reviewsFile, reviews('').replace('stable: v1', 'stable: v9'));
      repository.land('a slip');
      expect(await repository.run('rollout', 'rollback', 'reviews')).toMatchObject({ code: 1, stderr: expect.stringContaining('MS2001') });
    });
  });

  it.each(['', 'mesh/'])(
    'goes back to what was rendered before where this release can compile none of it, in the root %j',
    async (root) => {
      const own = 'rendered/prod/service/reviews.yaml';
      // What an earlier release let pass: a rule has an error for it, then as now.
      const patch =
        'patches: [{target: VirtualService, ops: [{op: replace, path: /spec/http/0/route/0/destination/subset, value: v9}], reason: x}]\n';
      const words = (canary: string) => `${reviews(canary)}${patch}`;
      const sound = await rendered(files(''));
      const before = sound.show('main', own);
      sound.put(reviewsFile, reviews('canary: {version: v2, percent: 10}\n'));
      await sound.run('render');
      sound.land('ten percent');
      const broken = { ...files(''), [reviewsFile]: words(''), [own]: `${before}\n` };
      const repository = await rendered(Object.fromEntries(Object.entries(broken).map(([path, text]) => [`${root}${path}`, text])));
      repository.put(`${root}${reviewsFile}`, words('canary: {version: v2, percent: 10}\n'));
      repository.put(`${root}${own}`, `${sound.show('main', own)}\n`);
      repository.land('ten percent');
      const inRoot = root === '' ? [] : ['--root', root];
      expect((await repository.run('render', ...inRoot)).stderr).toContain('MS5001');
      const back = await repository.run('rollout', 'rollback', 'reviews', ...inRoot);
      expect(back).toMatchObject({ code: 0, stderr: '' });
      const proposed = root === '' ? branch : branch.replace('mainsheet/', 'mainsheet/=mesh/');
      expect(git(repository.remote, 'for-each-ref', '--format=%(refname:lstrip=2)', 'refs/heads/mainsheet')).toBe(proposed);
      expect(repository.show(proposed, `${root}${own}`)).toBe(before);
      expect(repository.show(proposed, `${root}${reviewsFile}`)).toBe(words('').trimEnd());
      expect(git(repository.remote, 'diff', '--name-only', `main...${proposed}`)).toBe(`${root}${reviewsFile}\n${root}${own}`);
      expect(git(repository.remote, 'log', '-1', '--format=%s', proposed)).toMatch(new RegExp(`^${root}prod: reviews `));
      const page = readFileSync(join(repository.remote, 'mainsheet/pull-requests/1.md'), 'utf8');
      expect(page).toContain('**the intents can not be compiled by this release**');
      expect(page).toContain('90 %, v2 10 % → v1 100 %');
      expect(page).not.toContain('- Proven');
    },
  );

  it("leaves a person's proposal alone", async () => {
    const repository = await rendered(files('canary: {version: v2, percent: 10}\n'));
    repository.put(reviewsFile, reviews('canary: {version: v2, percent: 30}\n'));
    await repository.run('propose');
    const tip = git(repository.remote, 'rev-parse', branch);
    const { stdout } = await repository.run('rollout', 'advance', '--all', ...on(100_000));
    expect(stdout).toContain('pull request 1 is open and a person');
    expect(git(repository.remote, 'rev-parse', branch)).toBe(tip);
  });

  it('wants to be told which', async () => {
    const repository = await rendered(files(''));
    expect((await repository.run('rollout', 'advance')).stderr).toContain('name one rollout, or say --all');
    expect((await repository.run('rollout', 'rollback', 'nothing')).stderr).toContain('there is no rollout "nothing" in prod');
  });
});

describe('a rollout that is not there any more', () => {
  it('leaves no step behind that would begin it again', async () => {
    const repository = await rendered(files('canary: {version: v2, percent: 10}\n'));
    await repository.run('rollout', 'advance', '--all', ...on(100_000));
    const page = () => readFileSync(join(repository.remote, 'mainsheet/pull-requests/1.md'), 'utf8');
    expect(page()).not.toContain('closed');
    repository.put(reviewsFile, reviews(''));
    await repository.run('render');
    repository.land('a person gave it up');
    expect(await repository.run('rollout', 'advance', '--all', ...on(100_000))).toMatchObject({ code: 0, stderr: '' });
    expect(page()).toContain('closed');
  });
});

describe('a train', () => {
  const train = 'environments/prod/trains/stars.yaml';
  const given = {
    [environment]: prod,
    [reviewsFile]: 'service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\ndependsOn: [ratings]\n',
    'environments/prod/ratings.yaml': 'service: ratings\nport: 9080\nversions: [v1, v2]\nstable: v1\n',
    [train]: 'train: stars\nservices: {reviews: v2, ratings: v2}\nrollout: {steps: [10, 100], assumeReady: true}\n',
  };

  it('moves providers before consumers, and goes back as one', async () => {
    const repository = await rendered(given);
    expect((await repository.run('rollout', 'start', 'stars')).stdout).toBe('wrote environments/prod/ratings.yaml\n');
    await repository.run('render');
    repository.land('begin stars');
    const key = git(repository.remote, 'branch', '--list', '--format=%(refname:short)');
    expect(key).toBe('main');
    const advanced = await repository.run('rollout', 'advance', 'stars', ...on(100_000));
    expect([advanced.code, advanced.stderr]).toEqual([0, '']);
    expect(advanced.stdout).toContain('prod: train stars: reviews v2 gets 10 %');
    const [own = ''] = git(repository.remote, 'branch', '--list', '--format=%(refname:short)', 'mainsheet/*').split('\n');
    expect(git(repository.remote, 'diff', '--name-only', `main...${own}`)).toBe(`${reviewsFile}\nrendered/prod/service/reviews.yaml`);
    repository.merge(own);
    const back = await repository.run('rollout', 'rollback', 'stars');
    expect(back).toMatchObject({ code: 0, stderr: '' });
    expect(git(repository.remote, 'diff', '--name-only', `main...${own}`).split('\n')).toEqual([
      'environments/prod/ratings.yaml',
      reviewsFile,
      'rendered/prod/service/ratings.yaml',
      'rendered/prod/service/reviews.yaml',
    ]);
    expect(repository.show(own, reviewsFile)).toBe(given[reviewsFile].trimEnd());
  });

  it('has one branch and one pull request from its first step to its way back, whoever proposes', async () => {
    const repository = await rendered(given);
    const branches = () => git(repository.remote, 'branch', '--list', '--format=%(refname:short)', 'mainsheet/*');
    const own = 'mainsheet/prod/train+stars';
    await repository.run('rollout', 'start', 'stars');
    const first = await repository.run('propose');
    expect(first).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('prod: train stars: ratings v2 gets 10 %') });
    expect(branches()).toBe(own);
    repository.merge(own);
    await repository.run('rollout', 'advance', 'stars', ...on(100_000));
    expect(branches()).toBe(own);
    repository.merge(own);
    // What else is said of a member while it moves, and giving up, are proposed there too.
    repository.put('environments/prod/ratings.yaml', `${repository.show('main', 'environments/prod/ratings.yaml')}\ntimeout: 3s\n`);
    expect((await repository.run('propose')).stdout).toContain('train stars: ratings changes timeout');
    repository.git('checkout', '-q', '--', '.');
    expect((await repository.run('rollout', 'abort', 'stars')).stdout.match(/^wrote /gm)).toHaveLength(2);
    expect((await repository.run('propose')).stdout).toContain('prod: train stars: ratings and reviews\n');
    expect(branches()).toBe(own);
    expect(git(repository.remote, 'diff', '--name-only', `main...${own}`).split('\n')).toHaveLength(4);
  });

  it('takes no member back alone, on its way or while the old versions are still there', async () => {
    const words = { ...given, [environment]: `${prod}rollout: {steps: [10, 100]}\n` };
    const ratings = 'environments/prod/ratings.yaml';
    const repository = await rendered({
      ...words,
      [ratings]: `${given[ratings]}canary: {version: v2, percent: 10}\n`,
      [reviewsFile]: `${given[reviewsFile]}canary: {version: v2, percent: 10}\n`,
    });
    const tip = git(repository.remote, 'rev-parse', 'main');
    const told = 'ratings rides the train stars, which goes back as one: ratings, reviews\n';
    const refused = async (...asked: readonly string[]) => {
      const { code, stdout, stderr } = await repository.run('rollout', ...asked, '--env', 'prod');
      expect([code, stdout, stderr]).toEqual([4, '', expect.stringContaining(told)]);
      return stderr;
    };
    expect(await refused('rollback', 'ratings')).toContain('goes back with: mainsheet rollout rollback stars --env prod\n');
    expect(await refused('rollback', 'ratings', '--direct')).toContain('mainsheet rollout rollback stars --direct --env prod\n');
    expect(await refused('abort', 'ratings')).toContain('mainsheet rollout abort stars --env prod\n');
    const finished = (text: string) => text.replace('stable: v1', 'stable: v2\nprevious: v1');
    repository.put(ratings, finished(given[ratings]));
    repository.put(reviewsFile, finished(given[reviewsFile]));
    await repository.run('render');
    repository.land('finished');
    await refused('rollback', 'ratings', '--direct');
    expect(git(repository.remote, 'branch', '--list', 'mainsheet/*')).toBe('');
    expect(git(repository.remote, 'rev-parse', 'main^')).toBe(tip);
    const back = await repository.run('rollout', 'rollback', 'stars', '--direct');
    expect([back.code, back.stdout]).toEqual([0, expect.stringContaining('prod: train stars: ratings and reviews')]);
    expect(repository.show('main', ratings)).toContain('stable: v1');
  });

  it('leaves to a member the way back from a version of its own', async () => {
    const ratings = 'environments/prod/ratings.yaml';
    const repository = await rendered({
      ...given,
      [ratings]: `${given[ratings]}canary: {version: v2, percent: 10}\n`,
      [reviewsFile]: given[reviewsFile].replace('[v1, v2]', '[v1, v2, v3]').concat('canary: {version: v3, percent: 10}\n'),
    });
    const back = await repository.run('rollout', 'rollback', 'reviews', '--direct');
    expect([back.code, back.stdout]).toEqual([0, expect.stringContaining('prod: reviews without its canary v3')]);
  });
});

import { describe, expect, it } from 'vitest';
import { git, type Repository, rendered, reviewsFile } from './propose-fixtures.ts';

const prod = 'environment: prod\nistio: "1.31"\nnamespace: bookinfo\n';
const environment = 'environments/prod/environment.yaml';
const plan = (words = '') => `rollout: {steps: [10, 50, 100], soak: 1h, retire: 24h, assumeReady: true${words}}\n`;
const reviews = (words: string) => `service: reviews\nport: 9080\nversions: [v1, v2]\nstable: v1\n${words}`;
const branch = 'mainsheet/prod/reviews';

/** Merges what each run proposes until the old version has left, and verifies each merge; the steps of those. */
async function verifiedSteps(repository: Repository, own: string): Promise<readonly string[]> {
  const steps: string[] = [];
  while (steps.length < 8 && steps.at(-1) !== 'retire') {
    const at = Number(git(repository.remote, 'log', '-1', '--format=%ct', 'main')) + 25 * 3600;
    await repository.run('rollout', 'advance', '--all', '--now', new Date(at * 1000).toISOString().replace('.000', ''));
    const step = git(repository.remote, 'log', '-1', '--format=%(trailers:key=Mainsheet-Step,valueonly)', own);
    repository.merge(own);
    const { code, stdout, stderr } = await repository.run('rollout', 'verify', 'HEAD');
    expect([step, code, stdout, stderr]).toEqual([step, 0, expect.stringContaining('  no gate was asked\n'), '']);
    steps.push(step);
  }
  return steps;
}

/** The step to 50 % as it was proposed, with other files and another message on the commit that it was made from. */
async function forging(): Promise<(edits: Readonly<Record<string, string>>, message?: (own: string) => string) => Promise<Verified>> {
  const repository = await rendered({ [environment]: prod, [reviewsFile]: reviews(`canary: {version: v2, percent: 10}\n${plan()}`) });
  await repository.run('rollout', 'advance', '--all', '--now', '2027-11-24T12:00:00Z');
  repository.git('fetch', '-q', 'origin');
  const own = git(repository.remote, 'log', '-1', '--format=%B', branch);
  return async (edits, message = (text) => text) => {
    repository.git('checkout', '-q', '--detach', `origin/${branch}`);
    for (const [path, text] of Object.entries(edits)) repository.put(path, text);
    repository.git('add', '-A');
    repository.git('commit', '-q', '--amend', '--allow-empty', '-m', message(own).replace('OWN-TREE', repository.git('write-tree')));
    const { code, stdout, stderr } = await repository.run('rollout', 'verify', 'HEAD');
    return { code, stdout, stderr };
  };
}

interface Verified {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const retold = (text: string) => text.replace(/^Mainsheet-Tree: .*$/m, 'Mainsheet-Tree: OWN-TREE');
const at = (percent: number, words = '') => ({ [reviewsFile]: reviews(`${words}canary: {version: v2, percent: ${percent}}\n${plan()}`) });

describe('rollout verify', () => {
  it('holds every step of a rollout that was queued, in phases, for what it says', async () => {
    const alone = await rendered({
      [environment]: prod,
      [reviewsFile]: reviews(plan(', queued: v3').replace('10, 50', '50')),
    });
    expect(await verifiedSteps(alone, branch)).toEqual(['canary-50-expand', 'canary-50-shift', 'canary-100', 'finish', 'retire']);
  });

  it('holds every step of a train for what it says', async () => {
    const ratings = 'environments/prod/ratings.yaml';
    const train = await rendered({
      [environment]: prod,
      [reviewsFile]: reviews('dependsOn: [ratings]\n'),
      [ratings]: 'service: ratings\nport: 9080\nversions: [v1, v2]\nstable: v1\ncanary: {version: v2, percent: 100}\n',
      'environments/prod/stars.yaml': `train: stars\nservices: {reviews: v2, ratings: v2}\n${plan().replace('10, 50, ', '')}`,
    });
    expect(await verifiedSteps(train, 'mainsheet/prod/train+stars')).toEqual(['canary-100', 'finish', 'retire']);
  });

  it('holds a way back for what it says, proposed or pushed', async () => {
    const repository = await rendered({ [environment]: prod, [reviewsFile]: reviews(`canary: {version: v2, percent: 10}\n${plan()}`) });
    await repository.run('rollout', 'rollback', 'reviews', '--direct');
    repository.git('pull', '-q');
    expect(await repository.run('rollout', 'verify', 'HEAD')).toMatchObject({ code: 0, stderr: '' });
  });

  it('says what a commit does that is not the step that it names', async () => {
    const forge = await forging();
    expect(await forge({})).toMatchObject({ code: 0, stderr: '' });
    const amended = await forge(at(100));
    expect([amended.code, amended.stdout]).toEqual([2, expect.stringContaining('is NOT what it says: its files are tree ')]);
    const share =
      'canary of service reviews is {"percent":100,"version":"v2"}, and after canary-50 it has to be {"percent":50,"version":"v2"}\n';
    expect(amended.stdout).toContain(share);
    const retoldShare = await forge(at(100), retold);
    expect([retoldShare.code, retoldShare.stdout]).toEqual([2, expect.stringContaining(share)]);
    expect(retoldShare.stdout).not.toContain('its files');
    for (const [edits, step, said] of [
      [{}, 'canary-100', 'no step canary-100 comes after what its parent says'],
      [at(100), 'canary-100', 'no step canary-100 comes after what its parent says'],
      [{}, 'rollback', 'canary of service reviews is {"percent":50,"version":"v2"}, and after rollback it has to be not there'],
      [{}, 'canary-50-expand', 'already in phase expand, and has to be {"percent":10,"version":"v2"}'],
      [at(50, 'timeout: 3s\n'), 'canary-50', 'timeout of service reviews is "3s", and after canary-50 it has to be not there'],
      [{ [environment]: `${prod}user: {header: end-user}\n` }, 'canary-50', 'it changes environment prod, which is no part of the step'],
    ] as const) {
      const told = await forge(edits, (text) => retold(text).replace(/^Mainsheet-Step: .*$/m, `Mainsheet-Step: ${step}`));
      expect([told.code, told.stdout, told.stderr]).toEqual([2, expect.stringContaining(said), '']);
    }
    const other = await forge({}, (text) => text.replace(/^Mainsheet-Tree: .*$/m, `Mainsheet-Tree: ${'0'.repeat(40)}`));
    expect([other.code, other.stdout]).toEqual([2, expect.stringContaining(`it was made with ${'0'.repeat(40)}`)]);
    const twice = await forge({}, (text) => text.replace(/^(Mainsheet-Step: .*)$/m, '$1\n$1'));
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('its trailer Mainsheet-Step stands there twice')]);
  });

  it('holds a step that was rebased onto what others did, unless its own files are others', async () => {
    const repository = await rendered({ [environment]: prod, [reviewsFile]: reviews(`canary: {version: v2, percent: 10}\n${plan()}`) });
    await repository.run('rollout', 'advance', '--all', '--now', '2027-11-24T12:00:00Z');
    repository.git('fetch', '-q', 'origin');
    repository.put('README.md', 'stars\n');
    repository.land('others');
    repository.git('cherry-pick', `origin/${branch}`);
    expect(await repository.run('rollout', 'verify', 'HEAD')).toMatchObject({ code: 0, stderr: '' });
    repository.put('rendered/prod/service/reviews.yaml', '# nothing\n');
    repository.git('commit', '-qa', '--amend', '--no-edit');
    const { code, stdout } = await repository.run('rollout', 'verify', 'HEAD');
    expect([code, stdout]).toEqual([2, expect.stringContaining('rendered/prod/service/reviews.yaml is not what it was made with')]);
  });
});

import { describe, expect, it } from 'vitest';
import { rememberingParser } from '../../src/document/remembering-parser.ts';
import { load, loadSettings } from '../../src/load/load.ts';
import type { HistoryCommit } from '../../src/model/commit.ts';
import type { FileTree } from '../../src/model/source.ts';
import { readHistories } from '../../src/pipelines/rollouts/rollout-history.ts';
import { rolloutOf } from '../../src/pipelines/rollouts/rollouts.ts';

const environment = 'environments/prod/environment.yaml';
const reviews = 'environments/prod/reviews.yaml';
const prod = 'environment: prod\nistio: "1.31"\nrollout: {steps: [5, 25, 100], soak: 1h}\n';
const at = (percent: number, more = '') =>
  `service: reviews\nport: 80\nversions: [v1, v2]\nstable: v1\ncanary: {version: v2, percent: ${percent}}\n${more}`;

type Edit = Readonly<Record<string, string | undefined>>;

/** What trees said one after the other, an hour apart, as a base branch's history; and the dates that a rollout then has. */
async function datedBy(...edits: readonly Edit[]) {
  return await readBack(edits);
}

/** The same where rendered files are in the same commits. */
async function datedRendered(...edits: readonly Edit[]) {
  return await readBack(edits, 'rendered/prod');
}

async function readBack(edits: readonly Edit[], rendered?: string) {
  const commits: HistoryCommit[] = [];
  const tree = new Map<string, string>();
  const signature = (date: number) => ({ name: 'jason', email: 'jason@bookinfo.example.com', at: date });
  for (const [i, edit] of edits.entries()) {
    const changes = Object.entries(edit).map(([path, text]) => {
      const before = tree.get(path);
      if (text === undefined) tree.delete(path);
      else tree.set(path, text);
      return { path, ...(before === undefined ? {} : { before }), ...(text === undefined ? {} : { after: text }) };
    });
    commits.unshift({
      hash: `c${i}`,
      parents: [],
      author: signature(0),
      committer: signature(i * 3600),
      subject: '',
      trailers: [],
      changes,
    });
  }
  const loaded = loadedOf(tree);
  const entry = rolloutOf(loaded, 'reviews');
  if (entry === undefined) throw new Error('no rollout');
  const read: string[] = [];
  // A content is its own hash here.
  const contents = async (hashes: readonly string[]) => {
    read.push(...hashes);
    return new Map(hashes.map((hash) => [hash, hash]));
  };
  const { histories, unknown } = await readHistories(tree, loaded, entry.intents, commits, contents, rendered);
  const { mergedAt, finishedAt } = rolloutOf(loaded, 'reviews', histories)?.state ?? {};
  return {
    hours: mergedAt === undefined ? undefined : mergedAt / 3600,
    finished: finishedAt === undefined ? undefined : finishedAt / 3600,
    unknown,
    read,
  };
}

function loadedOf(tree: FileTree) {
  const parse = rememberingParser(undefined);
  const settings = loadSettings(tree, parse).value;
  const loaded = settings === undefined ? undefined : load(tree, 'prod', settings, parse).value;
  if (loaded === undefined) throw new Error('does not load');
  return loaded;
}

const begin: Edit = { [environment]: prod, [reviews]: at(5) };

describe('readHistories', () => {
  it('dates a step by the commit that brought it, whatever else was edited since', async () => {
    const { hours } = await datedBy(
      begin,
      { [reviews]: at(25) },
      { [reviews]: at(25, 'timeout: 3s\n') },
      { 'environments/prod/ratings.yaml': 'service: ratings\n' },
    );
    expect(hours).toBe(1);
  });

  it('knows what a folder beneath says, and when that changed', async () => {
    const base = (percent: number) => ({
      'environments/base/environment.yaml': 'environment: base\nabstract: true\nistio: "1.31"\n',
      'environments/base/reviews.yaml': at(percent),
    });
    const own = {
      [environment]: 'environment: prod\nextends: [base]\nrollout: {steps: [5, 25, 100]}\n',
      [reviews]: 'service: reviews\ntimeout: 3s\n',
    };
    expect((await datedBy({ ...base(5), ...own }, base(25), { [reviews]: 'service: reviews\ntimeout: 4s\n' })).hours).toBe(1);
  });

  it('goes by what is meant, not by how it is written', async () => {
    const written = 'service: reviews\nport: 80\nversions:\n  v1: {}\n  v2: {}\ncanary:\n  percent: 25\n  version: v2\nstable: v1\n';
    expect((await datedBy(begin, { [reviews]: at(25) }, { [reviews]: written })).hours).toBe(1);
  });

  it('begins a soak anew where a step was left and came back, and where the intent was not there', async () => {
    expect((await datedBy(begin, { [reviews]: at(25) }, { [reviews]: at(5) }, { [reviews]: at(25) })).hours).toBe(3);
    expect((await datedBy(begin, { [reviews]: undefined }, { [reviews]: at(5) })).hours).toBe(2);
  });

  it('passes over a slip of the pen: nothing is rendered of what can’t be read', async () => {
    for (const slip of ['not: [yaml', at(5).replace('stable:', 'stabel:')]) {
      expect((await datedBy(begin, { [reviews]: slip }, { [reviews]: at(5) })).hours).toBe(0);
      expect((await datedBy(begin, { [reviews]: slip }, { [reviews]: at(25) })).hours).toBe(2);
      expect((await datedBy({ ...begin, [reviews]: slip }, { [reviews]: at(5) })).hours).toBe(1);
    }
    expect((await datedBy(begin, { [environment]: `${prod}x: [` }, { [environment]: prod })).hours).toBe(0);
  });

  it('passes over words that can’t be compiled: a version that there is not', async () => {
    for (const slip of [at(5).replace('stable: v1', 'stable: v9'), at(5).replace('{version: v2', '{version: v9')]) {
      expect((await datedBy(begin, { [reviews]: slip }, { [reviews]: at(5) })).hours).toBe(0);
      expect((await datedBy(begin, { [reviews]: slip }, { [reviews]: at(25) })).hours).toBe(2);
      expect((await datedBy({ ...begin, [reviews]: slip }, { [reviews]: at(5) })).hours).toBe(1);
    }
  });

  it('passes over what was corrected before anything of it was rendered, and over nothing that may have been live', async () => {
    const file = 'rendered/prod/service/reviews.yaml';
    const whole = { ...begin, [file]: '5' };
    const slip = { [reviews]: at(50) };
    const corrected = { [reviews]: at(5) };
    expect((await datedRendered(whole, slip, corrected)).hours).toBe(0);
    expect((await datedRendered(whole, { ...slip, [file]: '50' }, { ...corrected, [file]: '5' })).hours).toBe(2);
    expect((await datedRendered(whole, slip, { [file]: '50' }, { ...corrected, [file]: '5' })).hours).toBe(3);
    expect((await datedRendered(whole, slip, { 'rendered/prod/other.yaml': 'new' }, corrected)).hours).toBe(3);
    expect((await datedRendered(whole, slip, { 'rendered/test/other.yaml': 'new' }, corrected)).hours).toBe(0);
    // What came before was live, whatever was said in between.
    const fifty = { ...begin, [reviews]: at(50), [file]: '50' };
    expect((await datedRendered(fifty, corrected, slip, { ...corrected, [file]: '5' })).hours).toBe(3);
  });

  describe('of a file that was moved', () => {
    const moved = 'environments/prod/services/reviews.yaml';
    const back = { [moved]: undefined, [reviews]: at(25) };
    const move = { [reviews]: undefined, [moved]: at(25) };

    it('goes on where it stood before, however often', async () => {
      const since = async (...edits: readonly Edit[]) => (await datedBy(begin, { [reviews]: at(25) }, ...edits)).hours;
      expect(await since(move)).toBe(1);
      expect(await since(move, { [moved]: at(25, 'timeout: 3s\n') })).toBe(1);
      expect(await since({ [reviews]: at(25, 'timeout: 3s\n') }, { [reviews]: at(25) }, move, back, move)).toBe(1);
      expect(await since({ ...move, 'environments/prod/ratings.yaml': 'service: ratings\n' })).toBe(1);
      expect(await since({ [reviews]: at(5) }, { [reviews]: at(25) }, move)).toBe(3);
      expect((await datedBy(begin, { [reviews]: at(25) }, move)).unknown).toEqual([]);
    });

    it('begins anew where it was not the same text, or no text of the environment', async () => {
      expect((await datedBy(begin, { [reviews]: at(25) }, { [reviews]: undefined, [moved]: at(25, 'timeout: 3s\n') })).hours).toBe(2);
      const elsewhere = 'environments/staging/reviews.yaml';
      expect((await datedBy({ [environment]: prod, [elsewhere]: at(25) }, { [elsewhere]: undefined, [reviews]: at(25) })).hours).toBe(1);
      expect((await datedBy(begin, { [reviews]: undefined }, { [moved]: at(5) })).hours).toBe(2);
    });

    it('heeds what stood in the place of the file before', async () => {
      const base = {
        'environments/base/environment.yaml': 'environment: base\nabstract: true\nistio: "1.31"\n',
        'environments/base/reviews.yaml': at(25),
        [environment]: 'environment: prod\nextends: [base]\nrollout: {steps: [5, 25, 100]}\n',
      };
      const own = 'service: reviews\ntimeout: 3s\n';
      const { hours } = await datedBy(
        { ...base, [moved]: 'service: reviews\ncanary: {percent: 5}\n' },
        { [moved]: undefined },
        { [reviews]: own },
        { [reviews]: undefined, [moved]: own },
      );
      expect(hours).toBe(1);
    });
  });

  it('begins a soak anew where other pods are the version', async () => {
    const other = at(5).replace('[v1, v2]', '{v1: {}, v2: {labels: {version: v2-fixed}}}');
    expect((await datedBy(begin, { [reviews]: other })).hours).toBe(1);
    const same = at(5).replace('[v1, v2]', '{v1: {labels: {version: v1-old}}, v2: {labels: {version: v2}}}');
    expect((await datedBy(begin, { [reviews]: same })).hours).toBe(0);
  });

  it('dates a finish apart from what began after it', async () => {
    const finished = 'service: reviews\nport: 80\nversions: [v1, v2, v3]\nstable: v2\nprevious: v1\n';
    const dated = await datedBy(begin, { [reviews]: finished }, { [reviews]: `${finished}canary: {version: v3, percent: 5}\n` });
    expect([dated.hours, dated.finished]).toEqual([2, 1]);
  });

  it('says where the history that there is does not tell', async () => {
    expect((await datedBy(begin)).unknown).toEqual([]);
    const tree = new Map([
      [environment, prod],
      [reviews, at(5)],
    ]);
    const loaded = loadedOf(tree);
    const { unknown } = await readHistories(tree, loaded, rolloutOf(loaded, 'reviews')?.intents ?? [], [], async () => new Map());
    expect(unknown).toEqual(['service reviews']);
  });

  it('reads no more of the past than it has to', async () => {
    const edits = Array.from({ length: 100 }, (_, i): Edit => ({ [reviews]: at(5, `timeout: ${i + 1}s\n`) }));
    const { read, hours } = await datedBy(
      ...edits.slice(0, 50).map((edit, i) => (i === 0 ? { ...begin, ...edit } : edit)),
      { [reviews]: at(5).replace('stable: v1', 'stable: v2').replace('version: v2', 'version: v1') },
      { [reviews]: at(25) },
      { [reviews]: at(25, 'timeout: 1s\n') },
    );
    expect(hours).toBe(51);
    expect(read.length).toBeLessThan(10);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ForgePort } from '../../../src/model/forge.ts';
import { ensurePullRequest } from '../../../src/repo/forge/ensure-pull-request.ts';
import { openLocal } from '../../../src/repo/forge/local.ts';
import { openLocalRepository } from '../../../src/repo/forge/local-repository.ts';
import { branch, contentOf, type ForgeHarness, forgeContract, granted, wantedWith } from './contract.ts';

interface LocalHarness extends ForgeHarness {
  readonly folder: string;
  readonly git: (...args: string[]) => string;
  readonly pages: string;
}

forgeContract('local', startLocal);

describe('local: git says what became of a pull request', () => {
  let there: LocalHarness;
  beforeEach(async () => {
    there = await startLocal();
  });
  afterEach(async () => there.stop());

  it('is a page in the git directory, and no work tree sees it', async () => {
    await there.push(branch);
    const pull = granted(await there.forge.create(wantedWith({ reviewers: ['jason'] })));
    expect(pull.url).toBe(join(there.pages, '1.md'));
    expect(readFileSync(pull.url, 'utf8').replace(pull.headCommit, 'HEAD')).toMatchInlineSnapshot(`
      "---
      number: 1
      state: "open"
      branch: "mainsheet/prod/reviews"
      base: "main"
      headCommit: "HEAD"
      labels: ["mainsheet"]
      reviewers: ["jason"]
      draft: false
      author: ""
      ---
      # reviews in prod: 25 % to v2

      | class | before | after |
      |---|---|---|
      | all | v1 | v1 75 %, v2 25 % |

      <!-- digest: one -->

      "
    `);
    expect(there.git('status', '--porcelain')).toBe('');
  });

  it('is the same bytes when it has been looked at and nothing happened', async () => {
    await there.push(branch);
    const { url, number, headCommit } = granted(await there.forge.create(wantedWith()));
    const page = readFileSync(url, 'utf8');
    granted(await there.forge.find(branch));
    expect(readFileSync(url, 'utf8')).toBe(page);
    granted(await there.forge.update(number, { draft: true }));
    granted(await there.forge.update(number, { draft: false }));
    expect(readFileSync(url, 'utf8')).toBe(page);
    expect(page).toContain(headCommit);
  });

  it('is closed once its branch is gone, and merged where its commits are in the base', async () => {
    await there.push(branch);
    granted(await there.forge.create(wantedWith()));
    await there.deleteBranch(branch);
    expect(granted(await there.forge.find(branch))[0]?.state).toBe('closed');
  });

  describe('merged as another commit, also where its branch is gone', () => {
    /** A branch whose commits make these texts of one file, each its own commit. */
    const changed = (...texts: readonly string[]): void => {
      there.git('checkout', '-q', '-b', branch, 'main');
      for (const text of texts) land('intent.yaml', text);
      there.git('checkout', '-q', 'main');
    };
    const land = (path: string, text: string): void => {
      writeFileSync(join(there.folder, path), text);
      there.git('add', '-A');
      there.git('commit', '-q', '-m', 'Change');
    };
    const squash = (): void => {
      there.git('merge', '-q', '--squash', branch);
      there.git('commit', '-q', '-m', 'Squash');
    };
    const stateAfterDeletion = async () => {
      await there.deleteBranch(branch);
      return granted(await there.forge.find(branch))[0];
    };
    beforeEach(() => land('intent.yaml', 'canary: v2\n# soon\n# and slowly\npercent: 10\n'));

    it.each([
      ['of one commit', ['canary: v2\n# soon\n# and slowly\npercent: 50\n']],
      [
        'of several, one of a person',
        ['canary: v2\n# soon\n# and slowly\npercent: 50\n', 'canary: v2\n# soon\n# and slowly\npercent: 40\n'],
      ],
    ])('by a squash %s', async (_, texts) => {
      changed(...texts);
      granted(await there.forge.create(wantedWith()));
      land('other.yaml', 'meanwhile\n');
      squash();
      const merge = there.git('rev-parse', 'main');
      land('other.yaml', 'afterwards\n');
      expect(await stateAfterDeletion()).toMatchObject({ state: 'merged', mergeCommit: merge });
      expect(granted(await there.forge.find(branch))[0], 'and it stays so').toMatchObject({ state: 'merged', mergeCommit: merge });
    });

    it('by a rebase over a change of the lines around it', async () => {
      changed('canary: v2\n# soon\n# and slowly\npercent: 50\n');
      granted(await there.forge.create(wantedWith()));
      land('intent.yaml', 'canary: v2\n# later\n# and slowly\npercent: 10\n');
      there.git('cherry-pick', branch);
      expect(await stateAfterDeletion()).toMatchObject({ state: 'merged', mergeCommit: there.git('rev-parse', 'main') });
    });

    it('by a rebase of several commits, one of which takes back what another did', async () => {
      const before = 'canary: v2\n# soon\n# and slowly\npercent: 10\n';
      there.git('checkout', '-q', '-b', branch, 'main');
      land('intent.yaml', before.replace('10', '50'));
      land('notes.yaml', 'of a person\n');
      land('intent.yaml', before.replace('10', '40'));
      there.git('rm', '-q', 'notes.yaml');
      there.git('commit', '-qm', 'No notes');
      there.git('checkout', '-q', 'main');
      granted(await there.forge.create(wantedWith()));
      land('other.yaml', 'meanwhile\n');
      there.git('cherry-pick', `main~1..${branch}~1`);
      expect(granted(await there.forge.find(branch))[0]?.state, 'not before the last').toBe('open');
      there.git('cherry-pick', branch);
      const last = there.git('rev-parse', 'main');
      land('other.yaml', 'afterwards\n');
      expect(await stateAfterDeletion()).toMatchObject({ state: 'merged', mergeCommit: last });
    });

    it('also while its branch is there', async () => {
      changed('canary: v2\n# soon\n# and slowly\npercent: 50\n');
      granted(await there.forge.create(wantedWith()));
      squash();
      expect(granted(await there.forge.find(branch))[0]?.state).toBe('merged');
    });

    it('but not by the same change of earlier, nor by another one of the same file', async () => {
      const before = 'canary: v2\n# soon\n# and slowly\npercent: 10\n';
      land('intent.yaml', before.replace('10', '50'));
      land('intent.yaml', before);
      changed(before.replace('10', '50'));
      granted(await there.forge.create(wantedWith()));
      land('intent.yaml', before.replace('10', '60'));
      expect((await stateAfterDeletion())?.state).toBe('closed');
    });
  });

  it('stays merged while its branch goes on', async () => {
    await there.push(branch);
    granted(await there.forge.create(wantedWith()));
    const later = await there.push(branch);
    granted(await there.forge.find(branch));
    await there.person.merge(1);
    await there.push(branch);
    const [pull] = granted(await there.forge.find(branch));
    expect(pull).toMatchObject({ state: 'merged', headCommit: later });
  });

  it('leaves files alone that it did not write', async () => {
    await there.push(branch);
    granted(await there.forge.create(wantedWith()));
    writeFileSync(join(there.pages, '2.md'), 'notes');
    writeFileSync(join(there.pages, 'README.md'), 'notes');
    expect(granted(await there.forge.find(branch))).toHaveLength(1);
    expect(readdirSync(there.pages).sort()).toEqual(['1.md', '2.md', 'README.md']);
  });

  it('is opened once by runs that look at the same time, whenever a third one looks', async () => {
    const head = await there.push(branch);
    const real = openLocalRepository(join(there.folder, '.git'), process.env);
    const ensure = async (forge: ForgePort) => granted(await ensurePullRequest(forge, wantedWith(), contentOf('one', head)));
    for (let moment = 1; moment <= 4; moment += 1) {
      let calls = 0;
      let seen: Awaited<ReturnType<ForgePort['find']>> | undefined;
      // Another run opens it while the first has only looked; the third looks at some moment, and acts when the first has ended.
      const interrupted = async <T>(call: Promise<T>): Promise<T> => {
        calls += 1;
        if (calls === 1) await ensure(there.forge);
        if (calls === moment) seen = await there.forge.find(branch);
        return await call;
      };
      const first = openLocal(join(there.folder, '.git'), {
        ...real,
        tip: (name) => interrupted(real.tip(name)),
        isIn: (commit, name) => interrupted(real.isIn(commit, name)),
        landing: (commit, name) => interrupted(real.landing(commit, name)),
      });
      await ensure(first);
      await ensure({ ...there.forge, find: async (name) => seen ?? (await there.forge.find(name)) });
      const states = granted(await there.forge.find(branch)).map(({ number, state }) => [number, state]);
      expect([moment, states]).toEqual([moment, [[1, 'open']]]);
      rmSync(there.pages, { recursive: true });
    }
  });

  it('counts on from the highest number, whoever wrote it', async () => {
    await there.push(branch);
    granted(await there.forge.create(wantedWith()));
    writeFileSync(join(there.pages, '7.md'), 'notes');
    await there.push('mainsheet/prod/ratings');
    expect(granted(await there.forge.create(wantedWith({ branch: 'mainsheet/prod/ratings' }))).number).toBe(8);
  });
});

async function startLocal(): Promise<LocalHarness> {
  const folder = mkdtempSync(join(tmpdir(), 'mainsheet-local-'));
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Jason', '-c', 'user.email=jason@example.com', '-c', 'commit.gpgsign=false', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  git('init', '-q', '-b', 'main');
  git('commit', '-q', '--allow-empty', '-m', 'Start');
  git('branch', 'next');
  const gitDirectory = join(folder, '.git');
  const pages = join(gitDirectory, 'mainsheet', 'pull-requests');
  const forge = openLocal(gitDirectory, openLocalRepository(gitDirectory, process.env));
  const edit = (number: number, change: (page: string) => string) => {
    const path = join(pages, `${number}.md`);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
  };
  const factOf = (number: number, fact: string) =>
    new RegExp(`^${fact}: "(.*)"$`, 'm').exec(readFileSync(join(pages, `${number}.md`), 'utf8'))?.[1] ?? '';
  let serial = 0;
  return {
    folder,
    git,
    pages,
    forge,
    push: async (name) => {
      const isThere = git('branch', '--list', name) !== '';
      const tree = git('rev-parse', 'main^{tree}');
      serial += 1;
      const commit = git('commit-tree', tree, '-p', isThere ? name : 'main', '-m', `Change ${serial}`);
      if (name === 'main') git('reset', '-q', '--hard', commit);
      else git('branch', '-f', name, commit);
      return commit;
    },
    deleteBranch: async (name) => void git('branch', '-D', name),
    person: {
      merge: async (number) => void git('merge', '-q', '--no-ff', '-m', 'Merge', factOf(number, 'branch')),
      close: async (number) => edit(number, (page) => page.replace('state: "open"', 'state: closed')),
      retarget: async (number, base) => edit(number, (page) => page.replace(/^base: .*$/m, `base: ${base}`)),
      describe: async (number, body) => edit(number, (page) => `${page.slice(0, page.indexOf('\n\n') + 2)}${body}\n`),
      comment: async () => {},
    },
    comments: async (number) => {
      const comments = join(pages, 'comments');
      return readdirSync(comments)
        .filter((name) => name.startsWith(`${number}-`))
        .map((name) => readFileSync(join(comments, name), 'utf8'));
    },
    reviewers: async () => [],
    requests: () => 0,
    lacks: new Set(['automerge', 'own comments', 'reviewers']),
    stop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ForgePort, ForgePullRequest, ForgeResult, PullRequestChange, WantedPullRequest } from '../../model/forge.ts';
import type { CommitStatus } from '../../model/pull-request.ts';
import { errnoOf } from '../disk-failure.ts';
import { openTo } from './create-once.ts';
import { attempt, forgeFault, type Warn } from './forge-fault.ts';
import { openLocalFiles } from './local-files.ts';
import { type LocalPage, readLocalPage, writeLocalPage } from './local-page.ts';
import type { LocalRepository } from './local-repository.ts';
import { readLocalStatuses } from './local-statuses.ts';
import { markedText, sameText } from './marked-text.ts';
import { statusChanges } from './status-changes.ts';

/**
 * No server: a pull request is a branch and a Markdown file beside git's own files, in `mainsheet/pull-requests/` of the git directory that holds
 * the branch, where no work tree sees it and all who push to that folder share it. Merged is what its base contains, if as another commit; else a branch that is gone is
 * closed.
 */
export function openLocal(gitDirectory: string, repository: LocalRepository): ForgePort {
  const files = openLocalFiles(join(gitDirectory, 'mainsheet', 'pull-requests'));
  const comments = openLocalFiles(join(files.folder, 'comments'));
  const statusFiles = openLocalFiles(join(files.folder, 'statuses'));

  const pageOf = (number: number): LocalPage | undefined => readLocalPage(files.read(`${number}.md`) ?? '');
  const save = (page: LocalPage): void => {
    const text = writeLocalPage(page);
    if (text !== files.read(`${page.number}.md`)) files.write(`${page.number}.md`, text);
  };
  const absent = (number: number) => forgeFault('absent', `there is no pull request ${number} in ${files.folder}`);

  /**
   * As git has it now, undefined where it is gone. What git says is written down, since a branch can move on after a merge; but beside what
   * others, people among them, have written while git was asked: no lock would hold an editor.
   */
  const look = async (page: LocalPage): Promise<ForgePullRequest | undefined> => {
    const seen = page.state === 'open' ? await presentState(page, repository) : page;
    if (seen.state === page.state && seen.headCommit === page.headCommit) return await asForge(page);
    const now = pageOf(page.number);
    if (now === undefined) return undefined;
    // Of another page than git was asked about, git's answer says nothing.
    if (now.state !== page.state || now.base !== page.base || now.headCommit !== page.headCommit) return await look(now);
    const changed = { ...now, state: seen.state, headCommit: seen.headCommit };
    save(changed);
    return await asForge(changed);
  };

  const asForge = async ({ reviewers: _, ...pull }: LocalPage): Promise<ForgePullRequest> => {
    const url = join(files.folder, `${pull.number}.md`);
    const there = { ...pull, url, automerge: false };
    if (pull.state !== 'merged') return there;
    return { ...there, mergeCommit: (await repository.landing(pull.headCommit, pull.base)) ?? pull.headCommit };
  };

  const find = async (branch: string): Promise<readonly ForgePullRequest[]> => {
    const numbers = files.names().flatMap((name) => (/^[1-9]\d{0,8}\.md$/.test(name) ? [Number.parseInt(name, 10)] : []));
    const pages = numbers.sort((a, b) => b - a).flatMap((number) => pageOf(number) ?? []);
    const found: ForgePullRequest[] = [];
    for (const page of pages) {
      const pull = page.branch === branch ? await look(page) : undefined;
      if (pull !== undefined) found.push(pull);
    }
    return found;
  };

  /**
   * Of those who look at once, one opens it: a number that is free behind all that were there before the look is taken by whoever is first, and
   * everyone else looks again. So there is never a second page, which a third might take for the one that stays.
   */
  const create = async (wanted: WantedPullRequest): Promise<ForgePullRequest> => {
    const { branch, base, title, body, labels, reviewers, draft } = wanted;
    for (;;) {
      const number = nextNumber(files.names());
      const there = openTo(base, await find(branch));
      if (there !== undefined) return there;
      const headCommit = await repository.tip(branch);
      if (headCommit === undefined) throw forgeFault('invalid', `there is no branch ${branch}`);
      if (await repository.isIn(headCommit, base)) throw forgeFault('conflict', `no commits between ${base} and ${branch}`);
      const page = { number, state: 'open', branch, base, headCommit, title, body, labels, reviewers, draft, author: '' } as const;
      if (files.create(`${number}.md`, writeLocalPage(page))) return await asForge(page);
    }
  };

  const update = async (number: number, change: PullRequestChange, warn: Warn): Promise<ForgePullRequest> => {
    const page = pageOf(number);
    if (page === undefined) throw absent(number);
    const { automerge, addLabels = [], ...fields } = change;
    if (typeof automerge === 'object') warn(noAutomerge);
    if (page.state === 'merged' && fields.state !== undefined) throw forgeFault('conflict', `pull request ${number} is merged`);
    const changed = { ...page, ...fields, labels: [...new Set([...page.labels, ...addLabels])] };
    save(changed);
    const now = await look(changed);
    if (now === undefined) throw absent(number);
    return now;
  };

  const statuses = (commit: string): readonly CommitStatus[] => {
    const name = `${commit}.json`;
    return readLocalStatuses(statusFiles.read(name) ?? '[]', statusFiles.writtenAt(name));
  };

  return {
    id: 'local',
    limits: { title: 250, body: 1_000_000, mermaid: false },
    find: (branch) => onDisk(() => find(branch)),
    create: (wanted) => onDisk(() => create(wanted)),
    update: (number, change) => onDisk((warn) => update(number, change, warn)),
    comment: (number, mark, words) =>
      onDisk(async () => {
        if (pageOf(number) === undefined) throw absent(number);
        const name = `${number}-${createHash('sha256').update(mark).digest('hex').slice(0, 12)}.md`;
        const text = `${markedText(mark, words)}\n`;
        if (!sameText(comments.read(name) ?? '', text)) comments.write(name, text);
      }),
    statuses: (commit) => onDisk(async () => statuses(commit)),
    report: (commit, wanted) =>
      onDisk(async () => {
        const there = statuses(commit);
        const changes = statusChanges(wanted, there, 1000);
        const kept = there.filter(({ name }) => !changes.some((change) => change.name === name));
        if (changes.length > 0) statusFiles.write(`${commit}.json`, `${JSON.stringify([...kept, ...changes], null, 2)}\n`);
      }),
  };
}

/** A disk that fails is like a server that does. */
function onDisk<T>(call: (warn: Warn) => Promise<T>): Promise<ForgeResult<T>> {
  return attempt(async (warn) => {
    try {
      return await call(warn);
    } catch (thrown) {
      const errno = errnoOf(thrown);
      throw errno === undefined ? thrown : forgeFault('unavailable', `the folder of pull requests cannot be used: ${errno}`);
    }
  });
}

const noAutomerge = 'automatic merge: without a forge, a person merges';

async function presentState(page: LocalPage, repository: LocalRepository): Promise<LocalPage> {
  const isMerged = async (commit: string) => (await repository.landing(commit, page.base)) !== undefined;
  if (await isMerged(page.headCommit)) return { ...page, state: 'merged' };
  const headCommit = await repository.tip(page.branch);
  if (headCommit === undefined) return { ...page, state: 'closed' };
  return { ...page, headCommit, state: headCommit !== page.headCommit && (await isMerged(headCommit)) ? 'merged' : 'open' };
}

function nextNumber(names: readonly string[]): number {
  return 1 + Math.max(0, ...names.map((name) => Number.parseInt(name, 10)).filter(Number.isSafeInteger));
}

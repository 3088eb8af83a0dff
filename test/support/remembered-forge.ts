import type { ForgePort, ForgePullRequest, ForgeResult, PullRequestChange, WantedPullRequest } from '../../src/model/forge.ts';
import type { CommitStatus } from '../../src/model/pull-request.ts';

export interface RememberedForge {
  readonly port: ForgePort;
  readonly pulls: ForgePullRequest[];
  readonly comments: Map<string, string>;
  readonly statuses: Map<string, readonly CommitStatus[]>;
  /** 'find', 'create' …, as they were called. */
  readonly calls: string[];
  /** Runs at each call, before it and after it has taken effect; may throw. */
  on: (call: string, count: number, when: 'before' | 'after') => Promise<void>;
}

/** A forge in memory; branches and commits are the repository's own. */
export function rememberedForge(tipOf: (branch: string) => string): RememberedForge {
  const pulls: ForgePullRequest[] = [];
  const comments = new Map<string, string>();
  const statuses = new Map<string, readonly CommitStatus[]>();
  const calls: string[] = [];
  const forge: RememberedForge = { port: port(), pulls, comments, statuses, calls, on: async () => {} };

  async function called<T>(name: string, act: () => T): Promise<ForgeResult<T>> {
    const count = calls.push(name);
    await forge.on(name, count, 'before');
    const value = act();
    await forge.on(name, count, 'after');
    return { ok: true, value, warnings: [] };
  }

  function create({ branch, base, title, body, labels, draft }: WantedPullRequest): ForgePullRequest {
    const there = pulls.find((one) => one.branch === branch && one.state === 'open');
    if (there !== undefined) return there;
    const number = pulls.length + 1;
    const url = `https://git.example.com/pulls/${number}`;
    const facts = { state: 'open', author: 'mainsheet', automerge: false, headCommit: tipOf(branch) } as const;
    const made: ForgePullRequest = { number, url, branch, base, title, body, labels, draft, ...facts };
    pulls.unshift(made);
    return made;
  }

  function update(number: number, { addLabels = [], automerge, ...fields }: PullRequestChange): ForgePullRequest {
    const index = pulls.findIndex((one) => one.number === number);
    const there = pulls[index];
    if (there === undefined) throw new Error(`there is no ${number}`);
    const merging = automerge === undefined ? {} : { automerge: automerge !== 'off' };
    const changed = { ...there, ...fields, ...merging, labels: [...new Set([...there.labels, ...addLabels])] };
    pulls[index] = changed;
    return changed;
  }

  function port(): ForgePort {
    return {
      id: 'github',
      limits: { title: 250, body: 60_000, mermaid: true },
      find: (branch) =>
        called('find', () =>
          pulls
            .filter((one) => one.branch === branch)
            .map((one) => ({ ...one, headCommit: one.state === 'open' ? tipOf(branch) : one.headCommit })),
        ),
      create: (wanted) => called('create', () => create(wanted)),
      update: (number, change) => called('update', () => update(number, change)),
      comment: (number, mark, text) => called('comment', () => void comments.set(`${number} ${mark}`, text)),
      statuses: (commit) => called('statuses', () => statuses.get(commit) ?? []),
      report: (commit, wanted) => called('report', () => void statuses.set(commit, wanted)),
    };
  }
  return forge;
}

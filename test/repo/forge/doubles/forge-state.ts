/** What a forge knows of one repository, as far as pull requests go. */
export interface StatePull {
  readonly number: number;
  state: 'open' | 'closed' | 'merged';
  readonly branch: string;
  base: string;
  title: string;
  body: string;
  draft: boolean;
  readonly labels: Set<string>;
  readonly reviewers: Set<string>;
  readonly author: string;
  automerge: boolean;
  /** The branch's tip while it was open. */
  head: string;
  mergeCommit?: string;
}

export interface StateComment {
  readonly id: number;
  readonly number: number;
  readonly author: string;
  body: string;
}

export interface StateStatus {
  readonly name: string;
  readonly state: string;
  readonly description: string;
  readonly url: string | null;
  /** ISO 8601, by the double's own clock. */
  readonly at: string;
}

/** Who the token belongs to, and who else is there. */
export const bot = 'mainsheet-bot';
export const people = ['jason', bot];

export function createForgeState() {
  const branches = new Map([
    ['main', commitOf(1)],
    ['next', commitOf(1)],
  ]);
  /** Commits that are part of a branch's history, besides its tip. */
  const history = new Map<string, Set<string>>();
  const pulls: StatePull[] = [];
  const comments: StateComment[] = [];
  const statuses = new Map<string, StateStatus[]>();
  let commits = 1;
  let ids = 1000;
  let minutes = 0;
  /** A minute later at each look. */
  const clock = () => new Date(Date.UTC(2026, 11, 18, 9, minutes++)).toISOString();
  const newCommit = () => {
    commits += 1;
    return commitOf(commits);
  };
  const move = (branch: string, commit: string) => {
    const before = branches.get(branch);
    const known = history.get(branch) ?? new Set();
    if (before !== undefined) known.add(before);
    history.set(branch, known);
    branches.set(branch, commit);
  };
  return {
    branches,
    pulls,
    comments,
    statuses,
    clock,
    /** Newest first. */
    pullsOf: (branch: string | null) => [...pulls].reverse().filter((pull) => branch === null || pull.branch === branch),
    pull: (number: number) => pulls.find((one) => one.number === number),
    contains: (branch: string, commit: string) => branches.get(branch) === commit || history.get(branch)?.has(commit) === true,
    push: (branch: string) => {
      const commit = newCommit();
      move(branch, commit);
      for (const pull of pulls) if (pull.branch === branch && pull.state === 'open') pull.head = commit;
      return commit;
    },
    open: (wanted: Pick<StatePull, 'branch' | 'base' | 'title' | 'body' | 'draft'>): StatePull => {
      const number = pulls.length + 1;
      const head = branches.get(wanted.branch) ?? '';
      const pull: StatePull = {
        ...wanted,
        number,
        state: 'open',
        labels: new Set(),
        reviewers: new Set(),
        author: bot,
        automerge: false,
        head,
      };
      pulls.push(pull);
      return pull;
    },
    merge: (pull: StatePull) => {
      pull.state = 'merged';
      pull.automerge = false;
      pull.mergeCommit = newCommit();
      move(pull.base, pull.head);
      move(pull.base, pull.mergeCommit);
    },
    comment: (number: number, author: string, body: string): StateComment => {
      ids += 1;
      const comment = { id: ids, number, author, body };
      comments.push(comment);
      return comment;
    },
  };
}

export type ForgeState = ReturnType<typeof createForgeState>;

function commitOf(count: number): string {
  return count.toString(16).padStart(40, 'c');
}

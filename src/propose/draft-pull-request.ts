import type { PullRequestDraft, PullRequestKey, PullRequestTrailer } from '../model/pull-request.ts';
import type { AwaitedState, PullRequestStory, StoryEnvironment } from '../model/pull-request-story.ts';
import type { RepoPath } from '../model/source.ts';
import { branchName } from './branch-name.ts';

/** What is proposed, before it is told. */
export interface DraftedChange {
  readonly key: PullRequestKey;
  readonly title: string;
  readonly digest: string;
  readonly step?: string;
  /** Something has to be live before it is merged. */
  readonly waitsFor?: AwaitedState;
  readonly environments: readonly StoryEnvironment[];
  readonly blocks?: PullRequestStory['blocks'];
}

export interface DraftRequest {
  /** The branch that it goes to, and its commit. */
  readonly base: { readonly branch: string; readonly commit: string };
  /** Intents and rendered files. */
  readonly edits: ReadonlyMap<RepoPath, string | null>;
  readonly tool: string;
  readonly title?: string;
  readonly commitText?: string;
  readonly labels?: readonly string[];
  readonly reviewers?: readonly string[];
  readonly draft?: boolean;
  /** Where `no-traffic`, it merges by itself if no request changes and nothing has to be live before. */
  readonly automerge?: 'never' | 'no-traffic' | 'gated';
  /** Whether it is a step whose gates passed and that waits for no person, or a way back: `gated` merges it by itself. */
  readonly isCleared?: boolean;
  /** Whether what has to be live before is known to be; default: that is not known. */
  readonly isLive?: boolean;
  /** What gates saw, for the commit. */
  readonly gates?: readonly string[];
}

/** By what a pull request of this change is known again. */
export function trailerOf({ key, digest, step }: DraftedChange, { base, tool, gates = [] }: DraftRequest): PullRequestTrailer {
  const said = gates.length === 0 ? {} : { gates };
  return { schema: 1, key, digest, base: base.commit, tool, ...(step === undefined ? {} : { step }), ...said };
}

/** A pull request as it shall be; `body` tells it. */
export function draftPullRequest(change: DraftedChange, request: DraftRequest, body: string): PullRequestDraft {
  const { blocks = [] } = change;
  const mayMerge = (change.waitsFor === undefined || request.isLive === true) && blocks.length === 0;
  const { base, edits, title = change.title, labels = [], reviewers = [], draft = false, automerge = 'never' } = request;
  return {
    key: change.key,
    branch: branchName(change.key),
    base: base.branch,
    title,
    body,
    edits,
    ...(request.commitText === undefined ? {} : { commitText: request.commitText }),
    labels,
    reviewers,
    draft,
    automerge:
      (automerge !== 'never' && mayMerge && change.environments.every(changesNoRequest)) ||
      (automerge === 'gated' && request.isCleared === true),
    statuses: [...statusesOf(change.environments), ...(change.blocks === undefined ? [] : [guardrailStatus(change.blocks)])],
    trailer: trailerOf(change, request),
  };
}

/** What keeps it from being merged now; said as well where nothing does any more. */
function guardrailStatus(blocks: NonNullable<PullRequestStory['blocks']>): PullRequestDraft['statuses'][number] {
  const name = 'mainsheet/guardrails';
  if (blocks.length === 0) return { name, state: 'success', description: 'no guardrail is in its way' };
  return {
    name,
    state: 'failure',
    description: blocks
      .map(({ reason }) => reason)
      .join('; ')
      .slice(0, 140),
  };
}

/** Nothing that is known changes for any request, and nothing acts on requests in ways that are not known. */
export function changesNoRequest({ comparison, plan }: StoryEnvironment): boolean {
  return plan !== undefined && comparison.traffic.length === 0 && comparison.notSimulated.length === 0;
}

function statusesOf(environments: readonly StoryEnvironment[]): PullRequestDraft['statuses'] {
  const objects = environments.reduce((sum, { plan }) => sum + (plan?.phases[0]?.objects.length ?? 0), 0);
  const warnings = environments.reduce((sum, one) => sum + one.warnings.length, 0);
  const classes = environments.reduce(
    (sum, { comparison }) => sum + comparison.traffic.reduce((all, { classes: own }) => all + own.length, 0),
    0,
  );
  const success = 'success' as const;
  return [
    {
      name: 'mainsheet/proof',
      state: success,
      description: environments.some(({ isRecorded }) => isRecorded === true)
        ? 'not proven anew: files of an earlier commit'
        : 'requests go where the intents say',
    },
    {
      name: 'mainsheet/order',
      state: success,
      description: environments.some(({ isIntroduced }) => isIntroduced === true)
        ? 'a new environment: all of it comes at once'
        : orderWords(
            objects,
            environments.every(({ plan }) => plan?.isComplete !== false),
            environments.some(({ plan }) => plan?.phases[0]?.objects.some(({ wave }) => wave !== undefined) === true),
          ),
    },
    { name: 'mainsheet/checks', state: success, description: warnings === 0 ? 'nothing found' : counted(warnings, 'warning') },
    {
      name: 'mainsheet/traffic',
      state: success,
      description:
        classes === 0
          ? 'no request changes'
          : `${counted(classes, 'class', 'classes')} of requests ${classes === 1 ? 'changes' : 'change'}`,
    },
  ];
}

function orderWords(objects: number, isComplete: boolean, isWaved: boolean): string {
  if (objects === 0) return 'no object changes';
  if (isWaved) return `${isComplete ? 'safe' : 'not found to be unsafe'} in Argo CD's sync waves only, of ${counted(objects, 'object')}`;
  return isComplete
    ? `safe in every order of ${counted(objects, 'object')}`
    : `no order of ${counted(objects, 'object')} was found to be unsafe`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

import type { Diagnostic } from '../../model/diagnostic.ts';
import type { ForgePullRequest, WantedPullRequest } from '../../model/forge.ts';
import type { PullRequestDraft } from '../../model/pull-request.ts';
import { invariant, type Result, success } from '../../model/result.ts';
import { type BranchAction, type BranchState, commitMessage, decideBranch } from '../../pipelines/propose/propose.ts';
import { decidePullRequest, type LeftAlone, type ProposedContent } from '../../repo/forge/decide-pull-request.ts';
import { diagnoseFailure } from '../../repo/forge/diagnose-failure.ts';
import { ensurePullRequest } from '../../repo/forge/ensure-pull-request.ts';
import { committable, createCommit } from '../../repo/git/create-commit.ts';
import type { Identities } from '../../repo/git/identity.ts';
import { pushBranch } from '../../repo/git/push-branch.ts';
import { trailerDigest } from '../../report/pull-request-trailer.ts';
import { branchState } from './branch-state.ts';
import { isWordedSo } from './commit-wording.ts';
import type { ProposeSession } from './propose-session.ts';

export interface CommitSettings {
  readonly identities: Identities;
  /** Seconds since 1970. */
  readonly at: number;
  readonly signOff?: boolean;
  readonly sign?: boolean;
  /** Flags say how the commit shall read, or whose it shall be: one of the same content that does not is made anew. */
  readonly isWorded?: boolean;
}

export interface CarryOutOptions {
  /** Says what would be done, and does nothing. */
  readonly isDry?: boolean | undefined;
  /** A person asks for just this, so an earlier pull request that was closed is no answer. */
  readonly isAskedFor?: boolean;
}

/** What became of one draft; in a dry run, what would. */
export type Proposed =
  | {
      readonly outcome: 'created' | 'updated' | 'unchanged';
      readonly branch: Exclude<BranchAction, 'leave'>;
      readonly commit?: string;
      readonly pullRequest?: ForgePullRequest;
      readonly warnings: readonly string[];
    }
  | {
      readonly outcome: 'left';
      readonly why: LeftAlone | 'commits';
      readonly pullRequest?: ForgePullRequest;
      readonly warnings: readonly string[];
    }
  /** Someone else pushed the branch meanwhile: what is there has to be looked at again. */
  | { readonly outcome: 'moved' }
  | { readonly outcome: 'failed'; readonly diagnostics: readonly Diagnostic[] };

/** Pushes a draft's branch and makes its pull request say so, as far as no person has decided otherwise. A number of calls that does not grow. */
export async function carryOut(
  session: ProposeSession,
  draft: PullRequestDraft,
  commit: CommitSettings,
  options: CarryOutOptions = {},
): Promise<Proposed> {
  const state = await stateOf(session, draft, commit);
  if (state.value === undefined && state.diagnostics.length > 0) return failed(state.diagnostics);
  const decided = await decide(session, draft, state.value, options);
  if ('outcome' in decided) return decided;
  if (options.isDry === true) {
    const { base } = draft.trailer;
    const fits = decided.branch === 'keep' ? [] : (await committable(session.repository, { base, edits: draft.edits })).diagnostics;
    return fits.length > 0 ? failed(fits) : told(decided);
  }
  const pushed = await push(session, draft, commit, state.value, decided.branch);
  if (typeof pushed !== 'string') return pushed;
  const { forge } = session;
  if (forge === undefined) return failed([]);
  const ensured = await ensurePullRequest(forge, wantedOf(draft), contentOf(draft, state.value, pushed, options));
  if (!ensured.ok) return failed([diagnoseFailure(ensured.failure)]);
  const { outcome, pullRequest, closed } = ensured.value;
  if (outcome !== 'created' && outcome !== 'updated' && outcome !== 'unchanged')
    return { outcome: 'left', why: outcome, pullRequest, warnings: ensured.warnings };
  const reported = await forge.report(pushed, draft.statuses);
  // A status is told besides: the pull request stands without it.
  const warnings = reported.ok ? reported.warnings : [`statuses: ${reported.failure.message}`];
  return {
    outcome,
    branch: decided.branch,
    commit: pushed,
    pullRequest,
    warnings: [
      ...closed.map((number) => `pull request ${number} is closed: it was open for the same branch`),
      ...ensured.warnings,
      ...warnings,
    ],
  };
}

async function stateOf(session: ProposeSession, draft: PullRequestDraft, commit: CommitSettings): Promise<Result<BranchState | undefined>> {
  const state = await branchState(session, draft.branch, draft.trailer);
  if (commit.isWorded !== true || state.value?.isCurrent !== true) return state;
  const isSame = await isWordedSo(session.repository, state.value.tip, draft, commit);
  return isSame.value === undefined ? isSame : success({ ...state.value, isCurrent: isSame.value });
}

interface Decided {
  readonly branch: Exclude<BranchAction, 'leave'>;
  readonly change: 'created' | 'updated' | 'unchanged';
  readonly pullRequest?: ForgePullRequest;
}

function told({ branch, change, pullRequest }: Decided): Proposed {
  return { outcome: change, branch, ...(pullRequest === undefined ? {} : { pullRequest }), warnings: [] };
}

/** What shall be done, before anything is: a pull request that a person closed keeps its branch from being pushed. */
async function decide(
  { forge }: ProposeSession,
  draft: PullRequestDraft,
  state: BranchState | undefined,
  options: CarryOutOptions,
): Promise<Decided | Proposed> {
  const found = await forge?.find(draft.branch);
  if (found?.ok === false) return failed([diagnoseFailure(found.failure)]);
  const pulls = found?.value ?? [];
  const branch = decideBranch(
    state,
    pulls.flatMap((pull) => (pull.state === 'merged' ? [pull.headCommit] : [])),
  );
  const open = pulls.find((pull) => pull.state === 'open');
  if (branch === 'leave') return await leaveToPerson(options.isDry === true ? undefined : forge, open);
  const head = state !== undefined && branch === 'keep' ? state.tip : '';
  const decision = decidePullRequest(wantedOf(draft), pulls, contentOf(draft, state, head, options));
  if (decision.action === 'leave') return { outcome: 'left', why: decision.why, pullRequest: decision.pullRequest, warnings: [] };
  if (decision.action === 'create') return { branch, change: 'created' };
  const isSame = branch === 'keep' && Object.keys(decision.change).length === 0;
  return { branch, change: isSame ? 'unchanged' : 'updated', pullRequest: decision.pullRequest };
}

const left = `This branch has commits that are not Mainsheet's, so it is left as it is: nothing is pushed to it and nothing here is edited.

To have it updated again, take those commits off the branch, or close this pull request and delete its branch.`;

async function leaveToPerson(forge: ProposeSession['forge'], open: ForgePullRequest | undefined): Promise<Proposed> {
  const said = open === undefined ? undefined : await forge?.comment(open.number, 'left-to-person', left);
  if (said?.ok === false) return failed([diagnoseFailure(said.failure)]);
  return { outcome: 'left', why: 'commits', ...(open === undefined ? {} : { pullRequest: open }), warnings: said?.warnings ?? [] };
}

/** The commit that the branch has then. */
async function push(
  { repository, remote, access }: ProposeSession,
  draft: PullRequestDraft,
  commit: CommitSettings,
  state: BranchState | undefined,
  action: Decided['branch'],
): Promise<string | Proposed> {
  if (action === 'keep' && state !== undefined) return state.tip;
  const { trailer, edits, title, commitText, branch } = draft;
  const message = (tree: string) => commitMessage(title, commitText, trailer, tree);
  const created = await createCommit(repository, { ...commit, base: trailer.base, edits, message });
  if (created.value === undefined && created.diagnostics.length > 0) return failed(created.diagnostics);
  invariant(created.value !== undefined, `the draft of ${branch} changes nothing`);
  const pushed = await pushBranch(repository, remote, { branch, commit: created.value.hash, expected: state?.tip }, access);
  if (pushed.state === 'failed') return failed(pushed.diagnostics);
  return pushed.state === 'moved' ? { outcome: 'moved' } : created.value.hash;
}

function wantedOf({ branch, base, title, body, labels, reviewers, draft, automerge }: PullRequestDraft): WantedPullRequest {
  return { branch, base, title, body, labels, reviewers, draft, automerge };
}

/** Whose a pull request is, git says where it can; a person may have edited the body. */
function contentOf(
  { trailer }: PullRequestDraft,
  state: BranchState | undefined,
  head: string,
  { isAskedFor = false }: CarryOutOptions,
): ProposedContent {
  const unknown = state?.isOurs === true ? '' : undefined;
  return { digest: trailer.digest, head, digestOf: (body) => trailerDigest(body) ?? unknown, isAskedFor };
}

function failed(diagnostics: readonly Diagnostic[]): Proposed {
  return { outcome: 'failed', diagnostics };
}

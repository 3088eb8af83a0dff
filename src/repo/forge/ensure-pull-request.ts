import type { ForgePort, ForgePullRequest, ForgeResult, PullRequestChange, WantedPullRequest } from '../../model/forge.ts';
import { decidePullRequest, type LeftAlone, type ProposedContent, type PullRequestDecision } from './decide-pull-request.ts';
import { withUnasked } from './unasked-reviewers.ts';

/** What there is after `ensurePullRequest`. */
export interface EnsuredPullRequest {
  readonly outcome: 'created' | 'updated' | 'unchanged' | LeftAlone;
  readonly pullRequest: ForgePullRequest;
  /** Open ones of the same branch that were closed. */
  readonly closed: readonly number[];
}

/**
 * Makes the one pull request of a branch what it shall be, or leaves it where a person has decided: see `decidePullRequest`.
 * Whatever happened before, running it again leads to the same end; a failure is safe to run again.
 * The number of forge calls does not depend on how much is proposed.
 */
export async function ensurePullRequest(
  forge: ForgePort,
  wanted: WantedPullRequest,
  content: ProposedContent,
): Promise<ForgeResult<EnsuredPullRequest>> {
  const found = await forge.find(wanted.branch);
  if (!found.ok) return found;
  const decision = decidePullRequest(wanted, found.value, content);
  if (decision.action === 'leave') return done({ outcome: decision.why, pullRequest: decision.pullRequest, closed: [] }, found.warnings);
  return decision.action === 'create' ? await create(forge, wanted, content) : await keep(forge, decision);
}

/**
 * Then looks again: another run may have been a moment earlier, with other words; or the forge has opened two, since it only looks before it opens.
 * Whoever is last to open sees all of them, and the newest stays whoever looks, so exactly one does.
 */
async function create(forge: ForgePort, wanted: WantedPullRequest, content: ProposedContent): Promise<ForgeResult<EnsuredPullRequest>> {
  const isAskedApart = forge.asksReviewersApart === true && wanted.reviewers.length > 0;
  const created = await forge.create(isAskedApart ? { ...wanted, body: withUnasked(wanted.body) } : wanted);
  if (!created.ok) return created;
  const { number } = created.value;
  const found = await forge.find(wanted.branch);
  if (!found.ok) return found;
  const isListed = found.value.some((pull) => pull.number === number);
  // Lists lag behind.
  const all = isListed ? found.value : [created.value, ...found.value];
  const decision = decidePullRequest(wanted, all, content);
  if (decision.action === 'leave') return done({ outcome: decision.why, pullRequest: decision.pullRequest, closed: [] }, created.warnings);
  if (decision.action === 'create') return done({ outcome: 'created', pullRequest: created.value, closed: [] }, created.warnings);
  const kept = await keep(forge, decision);
  if (!kept.ok) return kept;
  const outcome = kept.value.pullRequest.number === number ? 'created' : kept.value.outcome;
  // A label that is not there is asked for twice.
  return done({ ...kept.value, outcome }, [...new Set([...created.warnings, ...kept.warnings])]);
}

type Kept = Extract<PullRequestDecision, { action: 'keep' }>;

async function keep(forge: ForgePort, { pullRequest, change, surplus }: Kept): Promise<ForgeResult<EnsuredPullRequest>> {
  const updated = await apply(forge, pullRequest, change);
  if (!updated.ok) return updated;
  // What a forge does not tell is asked for each time, and no change that anyone could see.
  const changes = Object.keys(change).filter((key) => key !== 'automerge' || pullRequest.automerge !== undefined);
  const outcome = changes.length === 0 ? 'unchanged' : 'updated';
  const closing = await close(forge, surplus, pullRequest);
  if (!closing.ok) return closing;
  const closed = surplus.map(({ number }) => number);
  return done({ outcome, pullRequest: updated.value, closed }, [...updated.warnings, ...closing.warnings]);
}

async function apply(forge: ForgePort, there: ForgePullRequest, change: PullRequestChange): Promise<ForgeResult<ForgePullRequest>> {
  return Object.keys(change).length === 0 ? done(there, []) : await forge.update(there.number, change);
}

/** Two open by accident: the newest stays. The comment comes first, so that no close is without its reason. */
async function close(forge: ForgePort, surplus: readonly ForgePullRequest[], kept: ForgePullRequest): Promise<ForgeResult<void>> {
  const warnings: string[] = [];
  for (const { number } of surplus) {
    for (const step of [
      () => forge.comment(number, 'surplus', `Closed, since pull request ${kept.number} asks for the same branch: ${kept.url}`),
      () => forge.update(number, { state: 'closed' }),
    ]) {
      const result = await step();
      if (!result.ok) return result;
      warnings.push(...result.warnings);
    }
  }
  return done(undefined, warnings);
}

function done<T>(value: T, warnings: readonly string[]): ForgeResult<T> {
  return { ok: true, value, warnings };
}

import type { CommitStatus } from '../model/pull-request.ts';
import type { Seconds } from '../model/rollout.ts';

/** Since when a step is live, or why that is not known: 'argocd/prod says pending'. */
export type LiveAnswer = { readonly since: Seconds } | { readonly notLive: string };

/**
 * What the GitOps engine's statuses say of a step. `statuses` are those of each commit that has the step, newest commit first; the last is the one
 * that brought it. The newest word that is no mere beginning counts: after a failure the step is not live, and after a success it has been since
 * the first success behind which there is no failure. A commit that came later and is still being applied, or of which nothing is said, changes nothing.
 */
export function liveByStatus(context: string, statuses: readonly (readonly CommitStatus[])[]): LiveAnswer {
  const said = statuses.flatMap((all) => all.filter(({ name }) => name === context));
  const [newest] = said;
  if (newest === undefined) return { notLive: `${context} has said nothing of it yet` };
  const ended = said.filter(({ state }) => state !== 'pending');
  const failure = ended.findIndex(({ state }) => state !== 'success');
  const successes = failure === -1 ? ended : ended.slice(0, failure);
  const last = successes.at(-1);
  if (last === undefined) return { notLive: wordsOf(ended[0] ?? newest) };
  if (last.at === undefined) return { notLive: `${context} does not say since when it is a success` };
  return { since: last.at };
}

function wordsOf({ name, state, description }: CommitStatus): string {
  return `${name} says ${state}${description === '' ? '' : `: ${description}`}`;
}

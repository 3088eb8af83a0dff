import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import { foldPath } from '../../model/path-rules.ts';
import { branchNameFree, legalGitName, pushAccepted } from './diagnostics.ts';
import { foreignText } from './foreign-text.ts';
import { branchFault, showName } from './names.ts';
import type { Remote } from './remote.ts';
import { remoteBranches } from './remote-branches.ts';
import { isPassing, remoteFailure } from './remote-failure.ts';
import type { GitRepository } from './repository.ts';
import { type Access, type RemoteAnswer, talkTo } from './transport.ts';

export interface PushRequest {
  /** 'mainsheet/prod/reviews' */
  readonly branch: string;
  /** The full hash that the branch shall have; null = the branch shall be gone. */
  readonly commit: string | null;
  /** What the branch has to be on the remote for the push to happen; undefined = it must not be there. */
  readonly expected: string | undefined;
}

/** What became of a push. */
export type PushOutcome =
  /** The branch is as it shall be, by this push, or by one before whose answer was lost. */
  | { readonly state: 'pushed' }
  /** Someone else was there first, and nothing was changed: `tip` is what the branch is now, undefined where it is gone. */
  | { readonly state: 'moved'; readonly tip: string | undefined }
  /** Refused by the server (MS8011, MS8012), or not reached (MS8046, MS8047): then nothing is known to have changed. */
  | { readonly state: 'failed'; readonly diagnostics: readonly Diagnostic[] };

const pause = 1_000;

/**
 * Makes a branch of the remote a commit, or nothing, if it is still what it was: with an explicit lease, so that of two who push at once one
 * is told. What a server answers is not believed before the branch itself has been looked at: an answer can get lost behind a push
 * that landed. What passes, such as a 503, is tried once more. No hook runs, no tag goes along.
 */
export async function pushBranch(
  repository: GitRepository,
  remote: Remote,
  request: PushRequest,
  access: Access = {},
): Promise<PushOutcome> {
  const reason = branchFault(request.branch);
  if (reason !== undefined) return failed(diagnose(legalGitName, { params: { what: 'branch', name: showName(request.branch), reason } }));
  if (request.expected === undefined) {
    const early = await beforeCreating(repository, remote, request, access);
    if (early !== undefined) return early;
  }
  const first = await push(repository, remote, request, access);
  if (first.outcome.state !== 'failed' || !first.isPassing) return first.outcome;
  await new Promise((resolve) => setTimeout(resolve, pause));
  return (await push(repository, remote, request, access)).outcome;
}

interface Attempt {
  readonly outcome: PushOutcome;
  readonly isPassing: boolean;
}

async function push(repository: GitRepository, remote: Remote, request: PushRequest, access: Access): Promise<Attempt> {
  const { branch, commit, expected } = request;
  const ref = `refs/heads/${branch}`;
  const options = ['--porcelain', '--no-verify', '--no-follow-tags', `--force-with-lease=${ref}:${expected ?? ''}`];
  const words = ['push', ...options, '--end-of-options', remote.push.address, `${commit ?? ''}:${ref}`];
  const answer = await talkTo(repository, remote.push, words, access);
  if (answer.code === 0) return { outcome: { state: 'pushed' }, isPassing: false };
  const tips = await remoteBranches(repository, remote, [branch], access, 'push');
  const tip = tips.value?.get(branch);
  if (tips.value !== undefined && tip === (commit ?? undefined)) return { outcome: { state: 'pushed' }, isPassing: false };
  if (tips.value !== undefined && tip !== expected) return { outcome: { state: 'moved', tip }, isPassing: false };
  const rejection = rejectionIn(answer);
  if (rejection?.by === 'git') return { outcome: { state: 'moved', tip }, isPassing: false };
  if (rejection === undefined || isContended.test(rejection.reason))
    return { outcome: failed(remoteFailure(remote.name, answer)), isPassing: isPassing(answer) };
  const params = { branch: showName(branch), remote: remote.name, answer: rejection.said };
  return { outcome: failed(diagnose(pushAccepted, { params })), isPassing: false };
}

/** Another push holds the ref, or the server is not well: it is no rule that refuses. */
const isContended = /lock|failed to update ref|incorrect old value|already exists|unpacker error|[Ii]nternal/;

interface Rejection {
  /** Git itself rejects what the lease does not allow. */
  readonly by: 'git' | 'server';
  readonly reason: string;
  /** With what the server printed beside it. */
  readonly said: string;
}

/** `!<TAB>from:to<TAB>[remote rejected] (pre-receive hook declined)` */
function rejectionIn({ output, errors, secrets }: RemoteAnswer): Rejection | undefined {
  const [, remotely, reason] = /^!\t[^\t]*\t\[(remote )?rejected\] \(([^\n]*)\)$/m.exec(output.toString('utf8')) ?? [];
  if (reason === undefined) return undefined;
  const said = errors.split('\n').filter((line) => line.startsWith('remote:'));
  return { by: remotely === undefined ? 'git' : 'server', reason, said: foreignText([reason, ...said].join('\n'), secrets) };
}

/** Names that a new branch cannot have beside those that there are; and whether it is there already. */
async function beforeCreating(
  repository: GitRepository,
  remote: Remote,
  request: PushRequest,
  access: Access,
): Promise<PushOutcome | undefined> {
  const { branch, commit } = request;
  const tips = await remoteBranches(repository, remote, [], access, 'push');
  if (tips.value === undefined) return failed(...tips.diagnostics);
  const tip = tips.value.get(branch);
  if (tip !== undefined) return tip === commit ? { state: 'pushed' } : { state: 'moved', tip };
  if (commit === null) return { state: 'pushed' };
  const folded = foldPath(branch);
  const other = [...tips.value.keys()].find((name) => {
    const known = foldPath(name);
    return known === folded || known.startsWith(`${folded}/`) || folded.startsWith(`${known}/`);
  });
  if (other === undefined) return undefined;
  return failed(diagnose(branchNameFree, { params: { branch: showName(branch), other: showName(other) } }));
}

function failed(...diagnostics: readonly Diagnostic[]): PushOutcome {
  return { state: 'failed', diagnostics };
}

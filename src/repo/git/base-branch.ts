import { diagnose } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import { baseBranchKnown, legalGitName } from './diagnostics.ts';
import { branchFault, showName } from './names.ts';
import type { Remote } from './remote.ts';
import { remoteDefaultBranch } from './remote-branches.ts';
import type { GitRepository } from './repository.ts';
import type { Access } from './transport.ts';

/** The branch that a proposal goes to, and what said so. */
export interface BaseBranch {
  /** 'main' */
  readonly branch: string;
  /** For people: 'given with --base', 'origin calls it its main branch'. */
  readonly because: string;
}

/** What people said of it. */
export interface GivenBase {
  readonly flag?: string;
  /** `base:` of mainsheet.yaml. */
  readonly settings?: string;
}

/**
 * The base branch, as git users expect it: what a flag says, what `mainsheet.yaml` says, the branch that the current one follows under another
 * name, the remote's main branch (as the clone remembers it, then as the remote says), `init.defaultBranch`, where the remote has been
 * fetched with such a branch. Errors: a name that is none; nothing that says which (with what was tried).
 */
export async function findBaseBranch(
  repository: GitRepository,
  remote: Remote | undefined,
  given: GivenBase,
  access: Access = {},
): Promise<Result<BaseBranch>> {
  const said =
    given.flag !== undefined
      ? {
          branch: /^@\{u(pstream)?\}$/i.test(given.flag) ? upstream(repository, given.flag) : bare(given.flag, remote),
          because: 'given with --base',
        }
      : given.settings !== undefined
        ? { branch: bare(given.settings, remote), because: '`base:` of mainsheet.yaml' }
        : followed(repository, remote);
  if (said !== undefined) return checked(said);
  const tried = ['no flag, no `base:` in mainsheet.yaml', 'the current branch follows no other'];
  if (remote !== undefined) {
    const remembered = await repository.run(['symbolic-ref', '--quiet', `refs/remotes/${remote.name}/HEAD`]);
    const branch = remembered.output.toString('utf8').trim().slice(`refs/remotes/${remote.name}/`.length);
    if (remembered.code === 0 && branch !== '') return checked({ branch, because: `the main branch of ${remote.name}, as of the clone` });
    const asked = await remoteDefaultBranch(repository, remote, access);
    if (asked.value !== undefined) return checked({ branch: asked.value, because: `the main branch of ${remote.name}` });
    tried.push(asked.diagnostics[0]?.message ?? `${remote.name} names no main branch`);
  }
  const initial = repository.settings.get('init.defaultbranch') ?? 'main';
  const ref = remote === undefined ? `refs/heads/${initial}` : `refs/remotes/${remote.name}/${initial}`;
  const known = await repository.run(['rev-parse', '--quiet', '--verify', '--end-of-options', ref]);
  if (known.code === 0) return checked({ branch: initial, because: 'the branch that git begins with' });
  return { value: undefined, diagnostics: [diagnose(baseBranchKnown, { params: { tried } })] };
}

/** `git switch -c change origin/main` makes a branch that follows `main`; one that follows its own name says nothing of a base. */
function followed({ head, settings }: GitRepository, remote: Remote | undefined): BaseBranch | undefined {
  if (head.kind !== 'branch' || remote === undefined || settings.get(`branch.${head.branch}.remote`) !== remote.name) return undefined;
  const branch = settings.get(`branch.${head.branch}.merge`)?.replace(/^refs\/heads\//, '');
  return branch === undefined || branch === head.branch || isOfPullRequest(branch)
    ? undefined
    : { branch, because: `${showName(head.branch)} follows it` };
}

/** `@{u}` of the current branch, by the name that the remote has for it. */
function upstream({ head, settings }: GitRepository, otherwise: string): string {
  const merged = head.kind === 'branch' ? settings.get(`branch.${head.branch}.merge`) : undefined;
  return merged?.replace(/^refs\/heads\//, '') ?? otherwise;
}

/** 'origin/main' is what people call the remote's 'main'. */
function bare(branch: string, remote: Remote | undefined): string {
  return remote !== undefined && branch.startsWith(`${remote.name}/`) ? branch.slice(remote.name.length + 1) : branch;
}

function isOfPullRequest(branch: string): boolean {
  return branch.startsWith('mainsheet/');
}

function checked(base: BaseBranch): Result<BaseBranch> {
  const reason = isOfPullRequest(base.branch) ? 'it is a branch of a pull request, and no base of one' : branchFault(base.branch);
  if (reason === undefined) return success(base);
  return { value: undefined, diagnostics: [diagnose(legalGitName, { params: { what: 'branch', name: showName(base.branch), reason } })] };
}

import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import { isSameRepository } from '../../repo/forge/same-repository.ts';
import { baseBranchKnown, outputBranchApart, remoteAllowed } from '../../repo/git/diagnostics.ts';
import { fetchTip } from '../../repo/git/fetch-commit.ts';
import { showName } from '../../repo/git/names.ts';
import type { Remote, RemoteAddress } from '../../repo/git/remote.ts';
import { addressKind, withoutPassword } from '../../repo/git/remote-address.ts';
import { remoteBranches, remoteDefaultBranch } from '../../repo/git/remote-branches.ts';
import type { GitRepository } from '../../repo/git/repository.ts';
import type { Access } from '../../repo/git/transport.ts';
import type { Locations } from '../compiler.ts';
import type { BaseSession } from './propose-session.ts';

/** Where rendered files are, if not beside the intents. */
export interface OutputPlace {
  /** Paths in it are from its top. */
  readonly repository: GitRepository;
  readonly remote: Remote;
  readonly branch: string;
  /** Absent where the branch is not there yet. */
  readonly tip?: string;
}

/** Finds the branch of rendered output, which must be neither the base branch nor one of a pull request, and brings its newest commit here. */
export async function openOutput(
  { repository, remote, access, base }: BaseSession,
  output: NonNullable<Locations['output']>,
): Promise<Result<OutputPlace>> {
  const there = output.repository === undefined ? success(remote) : outputRemote(output.repository);
  if (there.value === undefined) return there;
  const branch = output.branch === undefined ? await mainBranch(repository, there.value, access) : success(output.branch);
  if (branch.value === undefined) {
    const tried = ['`rendered.branch` of mainsheet.yaml names none', 'the repository of rendered output has no main branch'];
    const hints = ['name it in mainsheet.yaml: `rendered: {repository: …, branch: main}`'];
    return branch.diagnostics.length > 0
      ? { value: undefined, diagnostics: branch.diagnostics }
      : { value: undefined, diagnostics: [diagnose(baseBranchKnown, { params: { tried }, hints })] };
  }
  const fault = otherUse(branch.value, base.branch, [there.value, remote], repository);
  if (fault !== undefined) return { value: undefined, diagnostics: [fault] };
  const own = { ...repository, prefix: '' };
  const tip = await fetchTip(own, there.value, branch.value, 'commit', access);
  if (tip.value === undefined && tip.diagnostics.length > 0) return { value: undefined, diagnostics: tip.diagnostics };
  const place = { repository: own, remote: there.value, branch: branch.value };
  return success(tip.value === undefined ? place : { ...place, tip: tip.value });
}

const first = 'main';

/** The branch that the output repository calls its own. One that is empty calls none so: it begins with `main`, and goes on with that. */
async function mainBranch(repository: GitRepository, remote: Remote, access: Access): Promise<Result<string | undefined>> {
  const named = await remoteDefaultBranch(repository, remote, access);
  if (named.value !== undefined || named.diagnostics.length > 0) return named;
  const branches = await remoteBranches(repository, remote, [], access);
  if (branches.value === undefined) return { value: undefined, diagnostics: branches.diagnostics };
  return success(branches.value.size === 0 || branches.value.has(first) ? first : undefined);
}

/** What is wrong with a branch that settings name, before anything is asked of it. */
export function outputFaults({ repository, remote, base }: BaseSession, output: NonNullable<Locations['output']>): readonly Diagnostic[] {
  const there = output.repository === undefined ? success(remote) : outputRemote(output.repository);
  if (there.value === undefined) return there.diagnostics;
  const fault = output.branch === undefined ? undefined : otherUse(output.branch, base.branch, [there.value, remote], repository);
  return fault === undefined ? [] : [fault];
}

function otherUse(
  branch: string,
  base: string,
  [there, remote]: readonly [Remote, Remote],
  { topLevel }: GitRepository,
): Diagnostic | undefined {
  if (!isSameRepository(there.push.effective, remote.push.effective, topLevel)) return undefined;
  const because = branch === base ? 'changes of intents are merged to it' : 'such names are those of pull requests';
  const isTaken = branch === base || branch.startsWith('mainsheet/');
  return isTaken ? diagnose(outputBranchApart, { params: { branch: showName(branch), reason: because } }) : undefined;
}

function outputRemote(address: string): Result<Remote> {
  const kind = addressKind(address);
  const name = 'rendered.repository';
  if (kind.kind === 'refused')
    return { value: undefined, diagnostics: [diagnose(remoteAllowed, { params: { remote: name, reason: kind.reason } })] };
  const at: RemoteAddress = { address: withoutPassword(address), effective: withoutPassword(address), kind };
  return success({ name, fetch: at, push: at });
}

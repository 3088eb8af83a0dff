import type { Diagnostic } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import type { DeployRequest } from '../../pipelines/deploy-config.ts';
import { findBaseBranch } from '../../repo/git/base-branch.ts';
import { chooseRemote, type RemoteAddress } from '../../repo/git/remote.ts';
import { openRepository } from '../../repo/git/repository.ts';
import type { CliContext } from '../cli-context.ts';
import type { Locations } from '../compiler.ts';

type Found = Pick<DeployRequest, 'source' | 'folder'>;

interface SourceFlags {
  readonly repo?: string;
  readonly oci?: string;
  readonly revision?: string;
  readonly path?: string;
}

/**
 * Where an engine finds what is rendered: as flags say, or as settings and git do. git is asked only for what is not said, and a remote
 * only where neither flags, settings nor the clone know its main branch.
 */
export async function findDeploySource(
  { variables }: CliContext,
  root: string,
  settings: Locations,
  { repo, oci, revision, path }: SourceFlags,
): Promise<Result<Found>> {
  if (oci !== undefined) return success({ source: { kind: 'oci', address: oci, revision: revision ?? '' }, folder: trimmed(path ?? '') });
  const { output } = settings;
  const address = repo ?? output?.repository;
  const branch = revision ?? output?.branch;
  const isElsewhere = output !== undefined;
  if (address !== undefined && branch !== undefined && (path !== undefined || isElsewhere))
    return success({ source: { kind: 'git', address, revision: branch }, folder: trimmed(path ?? settings.rendered) });
  const opened = await openRepository(root, variables);
  if (opened.value === undefined) return opened;
  const repository = opened.value;
  const folder = trimmed(path ?? (isElsewhere ? settings.rendered : `${repository.prefix}${settings.rendered}`));
  const chosen = address === undefined || branch === undefined ? await chooseRemote(repository) : undefined;
  if (address === undefined && chosen?.value === undefined) return toldBy('--repo URL', chosen?.diagnostics ?? []);
  const remote = chosen?.value?.remote;
  const found =
    branch === undefined
      ? await findBaseBranch(repository, remote, settings.base === undefined ? {} : { settings: settings.base })
      : success({ branch });
  if (found.value === undefined) return toldBy('--revision BRANCH', found.diagnostics);
  return success({
    source: { kind: 'git', address: address ?? (remote === undefined ? '' : addressOf(remote.fetch)), revision: found.value.branch },
    folder,
  });
}

/** What git did not tell, with the flag of this command that does. */
function toldBy(flag: string, diagnostics: readonly Diagnostic[]): Result<Found> {
  return { value: undefined, diagnostics: diagnostics.map((one) => ({ ...one, hints: [...one.hints, `here: \`${flag}\``] })) };
}

/** As it leads after `insteadOf`; where nothing was rewritten as it is written, with the user that ssh needs. */
function addressOf({ address, effective }: RemoteAddress): string {
  return address.replace(/^(ssh:\/\/)[^/@]*@/i, '$1') === effective ? address : effective;
}

function trimmed(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

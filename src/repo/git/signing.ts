import type { GitRepository, RunOptions } from './repository.ts';
import { booleanOf } from './settings.ts';
import { type Override, signingVariables } from './variables.ts';

type Owner = Pick<GitRepository, 'settings' | 'caller'>;

/** Whether commits are signed: as a flag says, or else as `commit.gpgSign` does. */
export function isSigned({ settings }: Owner, flag: boolean | undefined): boolean {
  return flag ?? booleanOf(settings.get('commit.gpgsign')) ?? false;
}

/**
 * The word that asks `git commit-tree` to sign, and what to run it with. Format and key may be the repository's own; the programs are those
 * of the person or the machine, or git's defaults, because a repository that names one could name any.
 */
export function signingWith({ settings, caller }: Owner): { readonly word: string; readonly options: RunOptions } {
  const format = settings.get('gpg.format');
  const keyCommand =
    settings.trusted('gpg.ssh.defaultkeycommand') ?? (settings.get('gpg.ssh.defaultkeycommand') === undefined ? undefined : '');
  const overrides: readonly Override[] = [
    ['gpg.openpgp.program', settings.trusted('gpg.openpgp.program') ?? settings.trusted('gpg.program') ?? 'gpg'],
    ['gpg.x509.program', settings.trusted('gpg.x509.program') ?? 'gpgsm'],
    ['gpg.ssh.program', settings.trusted('gpg.ssh.program') ?? 'ssh-keygen'],
    ...(format === undefined ? [] : [['gpg.format', format] as const]),
    ...(keyCommand === undefined ? [] : [['gpg.ssh.defaultKeyCommand', keyCommand] as const]),
  ];
  return { word: `-S${settings.get('user.signingkey') ?? ''}`, options: { variables: signingVariables(caller, overrides) } };
}

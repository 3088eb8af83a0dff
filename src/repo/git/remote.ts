import { resolve } from 'node:path';
import { diagnose } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import { legalGitName, remoteAllowed, remoteKnown } from './diagnostics.ts';
import { remoteFault, showName } from './names.ts';
import { type AddressKind, addressKind, withoutPassword } from './remote-address.ts';
import { type GitRepository, outputOf } from './repository.ts';
import { remoteNames } from './resolve-commit.ts';
import { settingsVariables } from './variables.ts';

/** Who to be on a host; never part of an address or of a command line. */
export interface Credentials {
  /** With its port where it is not the usual one: 'git.example.com', 'localhost:8418'. They are given to no other. */
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

/** One direction of a remote. */
export interface RemoteAddress {
  /** As git is given it: `insteadOf` rewrites it there. A password is taken out. */
  readonly address: string;
  /** Where that leads, rewritten: for decisions and messages; no password. */
  readonly effective: string;
  readonly kind: Exclude<AddressKind, { kind: 'refused' }>;
  /** What the address itself holds, as some CI systems write it. */
  readonly credentials?: Credentials;
}

export interface Remote {
  readonly name: string;
  /** Where it is read, and where it is pushed to; mostly the same. */
  readonly fetch: RemoteAddress;
  readonly push: RemoteAddress;
}

/** Which remote is meant, and what said so: 'remote origin, the only one'. */
export interface ChosenRemote {
  readonly remote: Remote;
  readonly because: string;
}

/**
 * The remote to work with: the one that a flag names, or that the current branch follows, or `remote.pushDefault`, or `origin`, or the only
 * one. Errors: none, several without any of these, an address that is not talked to.
 */
export async function chooseRemote(repository: GitRepository, flag?: string): Promise<Result<ChosenRemote>> {
  const names = remoteNames(repository);
  const { head, settings } = repository;
  const branch = head.kind === 'branch' ? settings.get(`branch.${head.branch}.remote`) : undefined;
  const pushDefault = settings.get('remote.pushdefault');
  const [only, ...others] = names;
  const sources: readonly (readonly [name: string | undefined, because: string])[] = [
    [flag, 'named by --remote'],
    [branch, 'the current branch follows it'],
    [pushDefault, 'remote.pushDefault says so'],
    [names.includes('origin') ? 'origin' : undefined, 'git’s usual remote'],
    [others.length === 0 ? only : undefined, 'the only remote'],
  ];
  const [name, because = ''] = sources.find(([one]) => one !== undefined && (one === flag || names.includes(one))) ?? [];
  if (name === undefined) {
    const reason =
      names.length === 0 ? 'this repository has none' : `there are ${names.map(showName).join(', ')}, and none is git’s usual one`;
    return { value: undefined, diagnostics: [diagnose(remoteKnown, { params: { reason } })] };
  }
  const remote = await openRemote(repository, name);
  return remote.value === undefined ? remote : success({ remote: remote.value, because });
}

/** The remote of a name, with where it leads. */
export async function openRemote(repository: GitRepository, name: string): Promise<Result<Remote>> {
  const reason = remoteFault(name);
  if (reason !== undefined) return failed(legalGitName, { what: 'remote', name: showName(name), reason });
  if (!remoteNames(repository).includes(name)) {
    const known = remoteNames(repository).map(showName);
    return failed(remoteKnown, { reason: `there is no "${showName(name)}"${known.length === 0 ? '' : `, only ${known.join(', ')}`}` });
  }
  const { settings } = repository;
  const url = settings.all.find(({ key }) => key === `remote.${name}.url`)?.value;
  const pushUrl = settings.all.find(({ key }) => key === `remote.${name}.pushurl`)?.value;
  const fetch = await addressOf(repository, name, url ?? pushUrl ?? '', false);
  if (fetch.value === undefined) return fetch;
  if (pushUrl === undefined && !settings.all.some(({ key }) => /^url\..*\.pushinsteadof$/s.test(key)))
    return success({ name, fetch: fetch.value, push: fetch.value });
  const push = await addressOf(repository, name, pushUrl ?? url ?? '', true);
  return push.value === undefined ? push : success({ name, fetch: fetch.value, push: push.value });
}

async function addressOf(repository: GitRepository, name: string, address: string, isPush: boolean): Promise<Result<RemoteAddress>> {
  const words = ['remote', 'get-url', ...(isPush ? ['--push'] : []), '--', name];
  const answer = await repository.run(words, { variables: settingsVariables(repository.caller) });
  const output = outputOf(`look up remote ${name}`, answer);
  if (output.value === undefined) return output;
  const effective = output.value.toString('utf8').replace(/\n$/, '');
  const kind = addressKind(effective);
  if (kind.kind === 'refused') return failed(remoteAllowed, { remote: showName(name), reason: kind.reason });
  const own = addressKind(address);
  const isWeb = own.kind === 'https' || own.kind === 'http';
  return success({
    // A relative folder is meant from the top of the work tree, as git means it.
    address: own.kind === 'folder' && kind.kind === 'folder' ? resolve(repository.topLevel, own.path) : withoutPassword(address),
    effective: effective.replace(/^([a-z]+:\/\/)[^/@]*@/i, '$1'),
    kind,
    ...(isWeb && own.password !== undefined ? { credentials: { host: own.host, username: own.user ?? '', password: own.password } } : {}),
  });
}

function failed<P>(definition: Parameters<typeof diagnose<P>>[0], params: P): Result<never> {
  return { value: undefined, diagnostics: [diagnose(definition, { params })] };
}

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import type { ForgeLimits, ForgePort } from '../../model/forge.ts';
import { type Result, success } from '../../model/result.ts';
import { chooseForge, type ForgeChoice } from '../../repo/forge/forges.ts';
import { refuseForkJob } from '../../repo/forge/fork-job.ts';
import { commandPatience } from '../../repo/forge/patience.ts';
import { type BaseBranch, findBaseBranch } from '../../repo/git/base-branch.ts';
import { hasCommit, knownCommit } from '../../repo/git/diagnostics.ts';
import { fetchTip } from '../../repo/git/fetch-commit.ts';
import { maskSecrets } from '../../repo/git/mask-secrets.ts';
import { missingFromDisk } from '../../repo/git/missing-from-disk.ts';
import { ownRemote } from '../../repo/git/own-remote.ts';
import { chooseRemote, type Remote } from '../../repo/git/remote.ts';
import { type GitRepository, openRepository } from '../../repo/git/repository.ts';
import { remoteNames } from '../../repo/git/resolve-commit.ts';
import type { Access } from '../../repo/git/transport.ts';
import { unfinishedOperation } from '../../repo/git/unfinished-operation.ts';
import type { CliContext } from '../cli-context.ts';
import type { Locations } from '../compiler.ts';
import { proxiedFetch } from '../proxied-fetch.ts';

/** A repository and the remote that its branches are pushed to. */
export interface RemoteSession {
  readonly repository: GitRepository;
  readonly remote: Remote;
  readonly access: Access;
  /** Takes secrets out of a text. */
  readonly mask: (text: string) => string;
}

/** With the branch that changes are merged to. */
export interface BaseSession extends RemoteSession {
  readonly base: BaseBranch;
}

/** Where a proposal goes: known once, for all changes of a run. */
export interface ProposeSession extends BaseSession {
  /** Undefined where a dry run has no token: then nothing is asked of the forge. */
  readonly forge?: ForgePort;
  readonly limits: ForgeLimits;
}

export interface SessionFlags {
  readonly base?: string;
  readonly remote?: string;
  readonly dryRun?: boolean;
  /** Nothing of the work tree counts but its settings: what is half done or left out there is in nobody's way. */
  readonly isApart?: boolean;
}

/** What a body has to keep to where the forge is not known: GitHub's are the narrowest. */
const narrowest: ForgeLimits = { title: 250, body: 60_000, mermaid: true };

interface Opened extends RemoteSession {
  /** Which forge it is; undefined where that can't be told, or there is no token. */
  readonly choice: Result<ForgeChoice>;
  /** There is no remote: its own branches are those that count. */
  readonly isAlone: boolean;
}

/** Opens the repository and finds the remote; to write, never in a job for a fork's change. The forge's token opens its git server, too. Nothing is asked of either. */
export async function openRemoteSession(
  { variables }: CliContext,
  root: string,
  settings: Locations,
  flags: Pick<SessionFlags, 'remote' | 'dryRun'>,
): Promise<Result<Opened>> {
  const foreign = flags.dryRun === true ? [] : refuseForkJob(variables);
  if (foreign.length > 0) return stopped(...foreign);
  const opened = await openRepository(root, variables);
  if (opened.value === undefined) return opened;
  const repository = opened.value;
  const { head } = repository;
  if (head.commit === undefined) return stopped(withoutCommit(head));
  const isAlone = flags.remote === undefined && (remoteNames(repository).length === 0 || settings.forge?.kind === 'local');
  const chosen = isAlone ? success({ remote: ownRemote(repository) }) : await chooseRemote(repository, flags.remote);
  if (chosen.value === undefined) return chosen;
  const { remote } = chosen.value;
  const choice = chooseForge({ setting: settings.forge, remote: remote.push.effective, variables });
  const access = choice.value === undefined ? {} : accessBy(choice.value, remote);
  const secrets = choice.value !== undefined && 'token' in choice.value ? [choice.value.token] : [];
  const mask = (text: string) => maskSecrets(text, secrets);
  return success({ repository, remote, access, mask, choice, isAlone });
}

/** Where no inputs are found: what is wrong with the repository itself, if anything is. A bare one has no files, and one without a commit no base. */
export async function repositoryFaults(root: string, { variables }: CliContext): Promise<readonly Diagnostic[]> {
  const opened = await openRepository(root, variables);
  if (opened.value === undefined) return opened.diagnostics;
  const { head } = opened.value;
  return head.commit === undefined ? [withoutCommit(head)] : [];
}

/** The base branch of what was opened; the remote is asked only where its main branch is not known. */
export async function baseOf({ repository, remote, access, isAlone }: Opened, settings: Locations, flags: SessionFlags) {
  return await findBaseBranch(repository, isAlone ? undefined : remote, givenBase(flags, settings), access);
}

/** The same with forge and base branch. Asks the forge nothing, the remote only where its main branch is not known. */
export async function openSession(
  context: CliContext,
  root: string,
  settings: Locations,
  flags: SessionFlags,
): Promise<Result<ProposeSession>> {
  const opened = await openRemoteSession(context, root, settings, flags);
  if (opened.value === undefined) return opened;
  const { choice, isAlone: _, ...session } = opened.value;
  const { repository, mask } = session;
  const faults = flags.isApart === true ? success([]) : await workTreeFaults(repository, settings);
  if (faults.value === undefined) return faults;
  if (faults.value.length > 0) return stopped(...faults.value);
  if (choice.value === undefined && flags.dryRun !== true) return { value: undefined, diagnostics: choice.diagnostics };
  const base = await baseOf(opened.value, settings, flags);
  if (base.value === undefined) return base;
  if (choice.value === undefined) return success({ ...session, base: base.value, limits: narrowest });
  const forge = await context.openForge(choice.value, {
    patience: commandPatience(mask),
    gitDirectory: gitDirectoryOf(choice.value, repository),
    variables: context.variables,
    fetch: proxiedFetch(context.variables),
  });
  return success({ ...session, base: base.value, forge, limits: forge.limits });
}

/** What keeps the work tree's inputs from being what somebody wants to say. */
async function workTreeFaults(repository: GitRepository, { environments, templates }: Locations): Promise<Result<readonly Diagnostic[]>> {
  const unfinished = unfinishedOperation(repository);
  return unfinished === undefined ? await missingFromDisk(repository, [environments, templates]) : success([unfinished]);
}

/** The tip of the base branch on the remote, with as much of its history as it takes to compare HEAD with it. */
export async function fetchBase({ repository, remote, access, base }: BaseSession): Promise<Result<string>> {
  const { head } = repository;
  const tip = await fetchTip(repository, remote, base.branch, 'commit', access);
  if (tip.diagnostics.length > 0 && tip.value === undefined) return { value: undefined, diagnostics: tip.diagnostics };
  if (tip.value === undefined) return stopped(diagnose(knownCommit, { params: { revision: `${remote.name}/${base.branch}` } }));
  if (tip.value === head.commit || !repository.isShallow) return success(tip.value);
  const whole = await fetchTip(repository, remote, base.branch, 'history', access);
  return whole.value === undefined ? { value: undefined, diagnostics: whole.diagnostics } : success(whole.value);
}

function withoutCommit(head: GitRepository['head']): Diagnostic {
  return diagnose(hasCommit, { params: { branch: head.kind === 'branch' ? head.branch : 'HEAD' } });
}

function givenBase({ base }: SessionFlags, settings: Locations) {
  return { ...(base === undefined ? {} : { flag: base }), ...(settings.base === undefined ? {} : { settings: settings.base }) };
}

/** The forge's token opens its git server as well; with ssh, keys do. */
function accessBy(choice: ForgeChoice, remote: Remote): Access {
  const { kind } = remote.push;
  if (choice.kind === 'local' || (kind.kind !== 'https' && kind.kind !== 'http')) return {};
  const username = choice.kind === 'gitlab' ? 'oauth2' : 'x-access-token';
  return { credentials: { host: kind.host, username, password: choice.token } };
}

/** Where branches of a remote in a folder are: its `.git`, or itself where it is bare. */
export function gitDirectoryOf(choice: ForgeChoice, { commonFolder, topLevel }: GitRepository): string {
  if (choice.kind !== 'local' || choice.folder === undefined) return commonFolder;
  const folder = resolve(topLevel, choice.folder);
  const inside = join(folder, '.git');
  return existsSync(inside) ? inside : folder;
}

function stopped(...diagnostics: readonly Diagnostic[]): Result<never> {
  return { value: undefined, diagnostics };
}

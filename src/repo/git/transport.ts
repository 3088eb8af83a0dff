import type { SimpleGitFactory, SimpleGitOptions } from 'simple-git';
import { invariant } from '../../model/result.ts';
import type { Credentials, RemoteAddress } from './remote.ts';
import type { GitRepository } from './repository.ts';
import type { GitAnswer } from './run-git.ts';
import type { Settings } from './settings.ts';
import { type Override, transportVariables } from './variables.ts';

/** How a remote is talked to. */
export interface Access {
  /** Used for the host that they are for; otherwise those in the remote's address, or the person's own helpers and agents. */
  readonly credentials?: Credentials;
  /** Milliseconds without a sign of life, at least a second, and ten times as long in all; default one minute. */
  readonly patience?: number;
}

/** An answer from a remote, with what must be masked in it. */
export interface RemoteAnswer extends GitAnswer {
  readonly secrets: readonly string[];
}

/** Opened by hand where our own variables set them; values come from `always`, the person and the machine, never from a repository. */
const unsafe: NonNullable<SimpleGitOptions['unsafe']> = {
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeEditor: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeHooksPath: true,
  allowUnsafePager: true,
  allowUnsafeSshCommand: true,
};

/**
 * Runs a command that talks to a remote, by its address: so nothing that the repository says of the remote's programs is run. `words` hold
 * the address, and no secret; whoever gives them has checked all names.
 */
export async function talkTo(
  repository: GitRepository,
  remote: RemoteAddress,
  words: readonly string[],
  access: Access = {},
): Promise<RemoteAnswer> {
  const { credentials = remote.credentials, patience = 60_000 } = access;
  const known = credentials !== undefined && 'host' in remote.kind && remote.kind.host === credentials.host ? credentials : undefined;
  const variables = {
    ...transportVariables(repository.caller, protocolOf(remote), overridesFor(repository.settings, remote, known, patience)),
    GIT_DIR: repository.gitFolder,
    GIT_WORK_TREE: repository.topLevel,
    ...(known === undefined
      ? {}
      : { GIT_ASKPASS: '', SSH_ASKPASS: '', [usernameVariable]: known.username, [passwordVariable]: known.password }),
  };
  let answer: GitAnswer | undefined;
  const simpleGit = await loadSimpleGit();
  const git = simpleGit({
    baseDir: repository.topLevel,
    // The transports give up by themselves, a little earlier: git can be ended from here, but not what it started.
    timeout: { block: patience + margin },
    abort: AbortSignal.timeout(patience * 10),
    allowEnvironment: Object.keys(variables),
    unsafe,
    errors(error, { exitCode, stdOut, stdErr }) {
      const isCutOff = error !== undefined && 'plugin' in error;
      answer = {
        code: isCutOff ? undefined : exitCode,
        output: Buffer.concat(stdOut),
        errors: Buffer.concat(stdErr).toString('utf8'),
        ...(isCutOff ? { failure: 'timed-out' } : {}),
      };
      return undefined;
    },
  }).env(variables);
  await git.raw([...words]);
  invariant(answer !== undefined, 'git ended without an answer');
  return { ...answer, secrets: [credentials?.password, remote.credentials?.password].filter((secret) => secret !== undefined) };
}

const margin = 10_000;

/** The library prints what it runs, variables and so a token included, where DEBUG asks for it while it is loaded. */
async function loadSimpleGit(): Promise<SimpleGitFactory> {
  const { DEBUG } = process.env;
  delete process.env.DEBUG;
  try {
    return (await import('simple-git')).simpleGit;
  } finally {
    if (DEBUG !== undefined) process.env.DEBUG = DEBUG;
  }
}

function protocolOf({ kind: { kind } }: RemoteAddress): string {
  return kind === 'folder' ? 'file' : kind;
}

const usernameVariable = 'MAINSHEET_GIT_USERNAME';
const passwordVariable = 'MAINSHEET_GIT_PASSWORD';
/** Git asks it for the one host; the secret itself stands in a variable, so it is in no list of processes and in no file. */
const helper = `!f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "$${usernameVariable}" "$${passwordVariable}"; }; f`;

function overridesFor(
  settings: Settings,
  remote: RemoteAddress,
  credentials: Credentials | undefined,
  patience: number,
): readonly Override[] {
  const seconds = String(Math.max(1, Math.ceil(patience / 1000)));
  const limits: readonly Override[] = [
    ['http.lowSpeedLimit', '1'],
    ['http.lowSpeedTime', seconds],
    [
      'core.sshCommand',
      settings.trusted('core.sshcommand') ?? `ssh -o ConnectTimeout=${seconds} -o ServerAliveInterval=15 -o ServerAliveCountMax=4`,
    ],
  ];
  return [
    ...limits,
    ...withoutPrograms(settings),
    ...(credentials === undefined ? ownHelpers(settings) : givenHelper(settings, remote, credentials)),
  ];
}

/** What a repository could run is put back to what the person or the machine says, or to git's own. */
const programs: readonly Override[] = [
  ['core.askpass', ''],
  ['core.alternaterefscommand', 'true'],
];

function withoutPrograms({ all, trusted }: Settings): readonly Override[] {
  const named = programs.flatMap(([key, otherwise]): readonly Override[] =>
    all.some((one) => one.key === key && isOfRepository(one)) ? [[key, trusted(key) ?? otherwise]] : [],
  );
  const hooks = all.flatMap(({ key }): readonly Override[] =>
    /^hook\..+\.command$/.test(key) ? [[`${key.slice(0, -8)}.enabled`, 'false']] : [],
  );
  return [...named, ...hooks];
}

function isOfRepository({ scope }: Settings['all'][number]): boolean {
  return scope === 'local' || scope === 'worktree';
}

const helperKey = /^credential\.(.+\.)?helper$/;

/** The person's helpers as they are; where the repository adds some, all are named anew without those. */
function ownHelpers({ all }: Settings): readonly Override[] {
  const helpers = all.filter(({ key }) => helperKey.test(key));
  if (!helpers.some(isOfRepository)) return [];
  return [['credential.helper', ''], ...helpers.filter((one) => !isOfRepository(one)).map(({ key, value }): Override => [key, value])];
}

/** Where a token would be seen, or sent by another way, if a repository said so. */
const exposing: readonly (readonly [key: RegExp, otherwise: string])[] = [
  [/^http\.(.+\.)?sslverify$/, 'true'],
  [/^http\.(.+\.)?proxy$/, ''],
  [/^http\.(.+\.)?curloptresolve$/, ''],
];

/** Our credentials alone: another header beside them, such as CI systems leave in a checkout, would be refused as a second one. */
function givenHelper({ all, trusted }: Settings, { kind: { kind } }: RemoteAddress, { host }: Credentials): readonly Override[] {
  const headers = all.flatMap(({ key }): readonly Override[] => (/^http\.(.+\.)?extraheader$/.test(key) ? [[key, '']] : []));
  const exposed = all.filter(isOfRepository).flatMap(({ key }): readonly Override[] => {
    const otherwise = exposing.find(([pattern]) => pattern.test(key))?.[1];
    return otherwise === undefined ? [] : [[key, trusted(key) ?? otherwise]];
  });
  return [...headers, ...exposed, ['credential.helper', ''], [`credential.${kind}://${host}.helper`, helper]];
}

import { delimiter, isAbsolute } from 'node:path';

/**
 * The variables that git and what it starts are run with. They are made from scratch: of the caller's own only those that are named here
 * come through, so neither GIT_DIR of a hook that called us nor GIT_SSH_COMMAND of a workflow reaches a command that has no use for it.
 */
export type Variables = Readonly<Partial<Record<string, string>>>;

/** A value that git takes over all files: `core.hooksPath=/dev/null`. */
export type Override = readonly [key: string, value: string];

/** For every command, whatever a repository's own settings say. */
const always: readonly Override[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.attributesFile', '/dev/null'],
  ['core.autocrlf', 'false'],
  ['core.symlinks', 'false'],
  ['core.quotePath', 'false'],
  ['core.splitIndex', 'false'],
  ['core.untrackedCache', 'false'],
  ['index.sparse', 'false'],
  ['safe.bareRepository', 'explicit'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['push.followTags', 'false'],
  ['push.gpgSign', 'false'],
  ['push.pushOption', ''],
  ['log.showSignature', 'false'],
  ['trailer.separators', ':'],
  ['i18n.commitEncoding', 'UTF-8'],
  ['i18n.logOutputEncoding', 'UTF-8'],
  ['commit.gpgSign', 'false'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
  ['http.followRedirects', 'false'],
  ['color.ui', 'false'],
  ['advice.detachedHead', 'false'],
];

/** Where the user's own settings, agents and keys are found. */
const ofThePerson = [
  'HOME',
  'XDG_CONFIG_HOME',
  'XDG_RUNTIME_DIR',
  'USER',
  'LOGNAME',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
];
const ofSigning = ['GNUPGHOME', 'GPG_TTY', 'SSH_AUTH_SOCK', 'DISPLAY', 'WAYLAND_DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'TERM'];
const ofTransport = [
  ...ofSigning,
  ...['SSH_AGENT_PID', 'SSH_ASKPASS', 'SSH_ASKPASS_REQUIRE', 'GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_SSH_VARIANT', 'GIT_ASKPASS'],
  ...['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy'],
  ...['GIT_SSL_CAINFO', 'GIT_SSL_CAPATH', 'GIT_SSL_CERT', 'GIT_SSL_KEY', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
];
const ofTheSystem = ['TMPDIR', 'SystemRoot', 'TEMP', 'TMP'];

/** For commands that look at the repository or build objects in it: they see no settings but the repository's own inert ones. */
export function localVariables(caller: Variables, overrides: readonly Override[] = []): Variables {
  return {
    ...common(caller),
    HOME: '/nonexistent',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    ...asVariables([...always, ...overrides]),
  };
}

/** For reading the settings of the person and of the machine, which no command is run by. */
export function settingsVariables(caller: Variables): Variables {
  return { ...common(caller), ...named(caller, ofThePerson), GIT_ALLOW_PROTOCOL: 'none' };
}

/** For signing: the person's keys and agents are in reach, the settings are still only ours. */
export function signingVariables(caller: Variables, overrides: readonly Override[]): Variables {
  const local = localVariables(caller, overrides);
  return { ...local, ...named(caller, [...ofSigning, 'XDG_RUNTIME_DIR', 'USER', 'LOGNAME']), HOME: caller.HOME ?? '/nonexistent' };
}

/** For talking to a remote over one protocol: the person's settings and agents apply, as they do when the person pushes. */
export function transportVariables(caller: Variables, protocol: string, overrides: readonly Override[]): Variables {
  return {
    ...common(caller),
    ...named(caller, [...ofThePerson, ...ofTransport]),
    GIT_ALLOW_PROTOCOL: protocol,
    GIT_NO_LAZY_FETCH: '1',
    ...asVariables([...always, ...overrides]),
  };
}

function common(caller: Variables): Variables {
  return {
    ...named(caller, ofTheSystem),
    PATH: safePath(caller.PATH),
    LC_ALL: 'C',
    TZ: 'UTC',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_PAGER: 'cat',
    GIT_EDITOR: ':',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/nonexistent/grafts',
  };
}

/** An entry that is empty or relative would find `git` or `ssh` in the folder of whoever wrote the repository. */
function safePath(path: string | undefined): string {
  const entries = (path ?? '').split(delimiter).filter((entry) => isAbsolute(entry));
  return entries.length === 0 ? '/usr/local/bin:/usr/bin:/bin' : entries.join(delimiter);
}

function named(caller: Variables, names: readonly string[]): Variables {
  return Object.fromEntries(names.flatMap((name) => (caller[name] === undefined ? [] : [[name, caller[name]]])));
}

/** Settings as variables: other than with `-c`, no list of processes shows them. */
function asVariables(overrides: readonly Override[]): Variables {
  const pairs = overrides.flatMap(([key, value], i) => [
    [`GIT_CONFIG_KEY_${i}`, key],
    [`GIT_CONFIG_VALUE_${i}`, value],
  ]);
  return { GIT_CONFIG_COUNT: String(overrides.length), ...Object.fromEntries(pairs) };
}

import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import type { ForgeAddress, ForgeSetting } from '../../model/forge.ts';
import { type Result, success } from '../../model/result.ts';
import { isLoopback } from '../../model/server-url.ts';
import type { Place } from '../../model/source.ts';
import type { Variables } from '../git/variables.ts';
import { forgeTokenIsThere, forgeTokenNamed, knownForge, safeForgeAddress } from './diagnostics.ts';
import { parseRemote, type RepositoryAddress } from './repository-address.ts';

export type ForgeChoice = { readonly kind: 'local' /** Of the remote; undefined without one. */; readonly folder?: string } | ForgeAddress;

/** What decides where pull requests are opened. */
export interface ForgeFacts {
  /** `forge:` of mainsheet.yaml. */
  readonly setting?: ForgeSetting | undefined;
  /** Where findings about it belong. */
  readonly at?: Place | undefined;
  /** The remote's URL as git has it; undefined without a remote. */
  readonly remote?: string | undefined;
  readonly variables: Variables;
}

type Server = Extract<RepositoryAddress, { form: 'server' }>;
type Kind = ForgeAddress['kind'];

/**
 * Which forge a repository is on, with its API's address and a token from the environment. Asks nobody. The token's host is the remote's, or one that the
 * environment names: a file of the repository, which a pull request can change, cannot send it elsewhere.
 */
export function chooseForge(facts: ForgeFacts): Result<ForgeChoice> {
  const { setting, remote } = facts;
  const address = remote === undefined ? undefined : parseRemote(remote);
  if (address?.form === 'folder') return success({ kind: 'local', folder: address.path });
  const named = setting === undefined ? undefined : kindNames[setting.kind];
  if (named === 'local' || (setting === undefined && remote === undefined)) return success({ kind: 'local' });
  const kind = address === undefined ? undefined : (named ?? kindOf(address, facts.variables));
  if (address !== undefined && kind !== undefined) return withToken(kind, address, facts);
  return refused(
    diagnose(knownForge, {
      params: { remote: address?.host ?? (remote === undefined ? 'no remote' : 'an address that cannot be read') },
      at: facts.at,
    }),
  );
}

function withToken(kind: Kind, address: Server, facts: ForgeFacts): Result<ForgeChoice> {
  const { setting, variables } = facts;
  const web = webAddress(address, facts);
  if (web === undefined) {
    const host = `${address.host}${address.port === '' ? '' : `:${address.port}`}`;
    const params = { url: setting?.url ?? `http://${host}`, host };
    return refused(diagnose(safeForgeAddress, { params, at: facts.at }));
  }
  if (setting?.tokenEnv !== undefined && !forgeTokenName.test(setting.tokenEnv))
    return refused(diagnose(forgeTokenNamed, { params: { name: setting.tokenEnv }, at: facts.at }));
  const names = setting?.tokenEnv === undefined ? tokenNames[kind] : [setting.tokenEnv];
  const token = names.map((name) => variables[name]?.trim()).find((value) => value !== undefined && value !== '');
  if (token === undefined || /[^\x21-\x7e]/.test(token)) {
    const hints = kind === 'gitlab' && variables.CI_JOB_TOKEN !== undefined ? [jobTokenHint] : [];
    return refused(diagnose(forgeTokenIsThere, { params: { names, host: web.host, isOdd: token !== undefined }, at: facts.at, hints }));
  }
  const below = pathOf(web);
  const repository = below !== '' && address.path.startsWith(`${below}/`) ? address.path.slice(below.length + 1) : address.path;
  return success({ kind, api: apiOf(kind, web), repository, token });
}

/** Of the forge's pages, and so of its API: what the settings or the environment say for the remote's host, or that host itself. */
function webAddress(address: Server, { setting, variables }: ForgeFacts): URL | undefined {
  const said = trustedAddresses(variables);
  const secure = address.protocol === 'http' && isLoopback(address.host) ? 'http' : 'https';
  const own = new URL(`${secure}://${address.host}${address.port === '' ? '' : `:${address.port}`}`);
  if (setting?.url === undefined) return said.find(({ hostname }) => hostname === address.host) ?? own;
  const url = safeUrl(setting.url);
  if (url === undefined) return undefined;
  // Another port may be another server: of a host all of it has to be the same.
  return [own, ...said].some(({ origin }) => origin === url.origin) ? url : undefined;
}

/** What whoever runs Mainsheet says of forges: their own variable, or what a forge's own CI sets. */
function trustedAddresses(variables: Variables): readonly URL[] {
  return ['MAINSHEET_FORGE_URL', 'GITHUB_SERVER_URL', 'CI_SERVER_URL'].flatMap((name) => safeUrl(variables[name] ?? '') ?? []);
}

/** https, or http on this machine; no userinfo. */
function safeUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)) ? url : undefined;
}

const jobTokenHint = 'CI_JOB_TOKEN is there, but GitLab lets no job token open merge requests: give the job a project access token.';

/** A file of the repository names the variable: what is no forge's token, such as a registry's or a metrics server's, must not go there. */
const forgeTokenName = /^(MAINSHEET|GIT|GH|GITHUB|GITLAB|GITEA|FORGEJO)(_[A-Z0-9]+)*_TOKEN$/;

/** First that is set is taken. */
export const tokenNames: Readonly<Record<Kind, readonly string[]>> = {
  github: ['MAINSHEET_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN'],
  gitlab: ['MAINSHEET_TOKEN', 'GITLAB_TOKEN'],
  gitea: ['MAINSHEET_TOKEN', 'GITEA_TOKEN', 'FORGEJO_TOKEN'],
};

const kindNames = { github: 'github', gitlab: 'gitlab', gitea: 'gitea', forgejo: 'gitea', local: 'local' } as const;

const knownHosts: Readonly<Record<string, Kind>> = {
  'github.com': 'github',
  'gitlab.com': 'gitlab',
  'gitea.com': 'gitea',
  'codeberg.org': 'gitea',
};

/** By well-known hosts, then by what the forge's own CI says, then by the first word of the host. */
function kindOf({ host }: Server, variables: Variables): Kind | undefined {
  const known = knownHosts[host] ?? (host.endsWith('.ghe.com') ? 'github' : undefined);
  if (known !== undefined) return known;
  const isHere = (name: string) => safeUrl(variables[name] ?? '')?.hostname === host;
  if (isHere('CI_SERVER_URL')) return 'gitlab';
  // Gitea's and Forgejo's runners set GitHub's variables too, and one of their own beside them.
  if (isHere('GITHUB_SERVER_URL')) return variables.GITEA_ACTIONS === 'true' || variables.FORGEJO_ACTIONS === 'true' ? 'gitea' : 'github';
  const first = host.split('.')[0] ?? '';
  return first === 'github' || first === 'gitlab' || first === 'gitea' || first === 'forgejo' ? kindNames[first] : undefined;
}

function apiOf(kind: Kind, web: URL): string {
  const base = `${web.origin}${web.pathname.replace(/\/+$/, '')}`;
  if (kind === 'gitlab') return `${base}/api/v4`;
  if (kind === 'gitea') return `${base}/api/v1`;
  if (web.hostname === 'github.com') return 'https://api.github.com';
  return web.hostname.endsWith('.ghe.com') ? `https://api.${web.hostname}` : `${base}/api/v3`;
}

function pathOf(web: URL): string {
  return web.pathname.replace(/^\/+|\/+$/g, '');
}

function refused(diagnostic: Diagnostic): Result<ForgeChoice> {
  return { value: undefined, diagnostics: [diagnostic] };
}

import { defineDiagnostic } from '../../model/diagnostic.ts';

/** MS9001–MS9009: what was written about forges. MS9010–MS9029: declined for safety (exit 4). MS9030–MS9059: the forge failed or refused (exit 3). */

export const knownForge = defineDiagnostic<{ remote: string }>({
  code: 'MS9001',
  name: 'known-forge',
  severity: 'error',
  summary: ({ remote }) => `nothing says which forge this repository is on: its remote is ${remote}`,
  why: 'GitHub, GitLab and Gitea are spoken to in different ways, and a token sent to the wrong kind of server is a token given away.',
  fix: 'Say it in `mainsheet.yaml`: `forge: {kind: gitlab}`, with `url` where its pages have another host; or `forge: local` for a branch and a Markdown file.',
  since: '0.1.0',
});

export const safeForgeAddress = defineDiagnostic<{ url: string; host: string }>({
  code: 'MS9010',
  name: 'safe-forge-address',
  severity: 'error',
  summary: ({ url, host }) => `no token is sent to ${url}: the remote is at ${host}`,
  why: 'A file of the repository may be changed by anyone who proposes a change. Only the remote, or the environment, says where a token goes, and only over https.',
  fix: 'Use an https address with the remote’s host and port, or have whoever runs Mainsheet set `MAINSHEET_FORGE_URL` to that address.',
  since: '0.1.0',
});

export const noTokenForForks = defineDiagnostic<{ source: string; target: string }>({
  code: 'MS9011',
  name: 'no-token-for-forks',
  severity: 'error',
  summary: ({ source, target }) => `this job builds a change from ${source}, a fork, with a token for ${target}`,
  why: 'What a fork proposes must not run with the right to write here.',
  fix: 'Run `mainsheet plan` in such jobs, without a token; propose from the branch that the change was merged to.',
  since: '0.1.0',
});

export const forgeTokenNamed = defineDiagnostic<{ name: string }>({
  code: 'MS9012',
  name: 'forge-token-name',
  severity: 'error',
  summary: ({ name }) => `${name} is not sent to a forge: by its name it is no token of one`,
  why: 'A file of the repository may be changed by anyone who proposes a change. If it could name any variable, it could send any secret of the job.',
  fix: 'Give the token a name that ends in `_TOKEN` and begins with MAINSHEET, GIT, GH, GITHUB, GITLAB, GITEA or FORGEJO, or set `MAINSHEET_TOKEN`.',
  since: '0.1.0',
});

export const forgeTokenIsThere = defineDiagnostic<{ names: readonly string[]; host: string; isOdd: boolean }>({
  code: 'MS9030',
  name: 'forge-token',
  severity: 'error',
  summary: ({ names, host, isOdd }) =>
    `${isOdd ? 'the token' : 'no token'} for ${host} in ${names.join(', ')}${isOdd ? ' holds what no token can' : ''}`,
  why: 'Pull requests are opened in the name of whoever the token belongs to. It is read from the environment alone, never from a file or a flag.',
  fix: 'Set one of these variables to a token that may write pull requests; `forge: {kind, tokenEnv}` names another variable.',
  since: '0.1.0',
});

/** What the forge said, as one line. */
interface Said {
  readonly message: string;
}

const said = ({ message }: Said): string => message;
const rerun = 'Run again later: it finds what was done already.';

export const forgeAuthorizes = defineDiagnostic<Said>({
  code: 'MS9031',
  name: 'forge-authorizes',
  severity: 'error',
  summary: said,
  why: 'Without a token that it knows, the forge lets nobody write.',
  fix: 'Make a new token and set it again: this one is wrong or has expired.',
  since: '0.1.0',
});

export const forgeAllows = defineDiagnostic<Said>({
  code: 'MS9032',
  name: 'forge-allows',
  severity: 'error',
  summary: said,
  why: 'The forge knows the token, but not for this.',
  fix: 'Give the token the scopes that docs/forges.md lists, and its owner the right to write to the repository.',
  since: '0.1.0',
});

export const forgeFinds = defineDiagnostic<Said>({
  code: 'MS9033',
  name: 'forge-finds',
  severity: 'error',
  summary: said,
  why: 'Forges answer "not found" also for what a token may not see.',
  fix: 'Check the remote’s address, and that the token may read the repository.',
  since: '0.1.0',
});

export const forgeAgrees = defineDiagnostic<Said>({
  code: 'MS9034',
  name: 'forge-agrees',
  severity: 'error',
  summary: said,
  why: 'Something changed there while this ran, or a rule of the repository forbids it.',
  fix: rerun,
  since: '0.1.0',
});

export const forgeAccepts = defineDiagnostic<Said>({
  code: 'MS9035',
  name: 'forge-accepts',
  severity: 'error',
  summary: said,
  why: 'The forge did not take what was sent; sending it again would not help.',
  fix: 'Check that the base branch is there, and what the forge says against it.',
  since: '0.1.0',
});

export const forgeHasRoom = defineDiagnostic<Said>({
  code: 'MS9036',
  name: 'forge-limit',
  severity: 'error',
  summary: said,
  why: 'Forges limit how much one token may ask in an hour.',
  fix: rerun,
  since: '0.1.0',
});

export const forgeAnswers = defineDiagnostic<Said>({
  code: 'MS9037',
  name: 'forge-answers',
  severity: 'error',
  summary: said,
  why: 'Whether the last request was carried out is not known.',
  fix: rerun,
  since: '0.1.0',
});

export const forgeSpeaksItsApi = defineDiagnostic<Said>({
  code: 'MS9038',
  name: 'forge-api',
  severity: 'error',
  summary: said,
  why: 'Something between here and the forge may answer in its place, or the forge is of another kind or release.',
  fix: 'Open the address in a browser from the same machine; check `forge:` in `mainsheet.yaml`.',
  since: '0.1.0',
});

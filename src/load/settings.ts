import { durationSeconds } from '../model/duration.ts';
import type { ForgeSetting } from '../model/forge.ts';
import { compact, isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { PromotionStage } from '../model/rollout.ts';
import type { RepoPath } from '../model/source.ts';

/** What `mainsheet.yaml` says of where things are, and where changes are proposed. */
export interface Settings {
  readonly environments: RepoPath;
  readonly templates: RepoPath;
  readonly rendered: RepoPath;
  /** The environments in the order in which versions are promoted; empty where none is said. */
  readonly order: readonly PromotionStage[];
  /** Absent: what the remote's address says. */
  readonly forge?: ForgeSetting;
  /** The branch that pull requests go to; absent: the remote's main branch. */
  readonly base?: string;
  /** Which pull requests merge by themselves. */
  readonly automerge: 'never' | 'no-traffic' | 'gated';
  /** How many pull requests one run opens at most; those that are open already, and ways back, do not count. */
  readonly maxPullRequests: number;
  /** How a change that needs an order is applied: by one pull request after the other, or by Argo CD's waves where these are as safe. */
  readonly phases: 'pull-requests' | 'sync-waves';
  /** Where rendered files are, where that is not beside the intents. */
  readonly output?: RenderedOutput;
}

/** Another branch, or another repository, that holds rendered files alone. */
export interface RenderedOutput {
  /** Absent: this branch's repository. As git names it. */
  readonly repository?: string;
  /** Absent: the repository's main branch. */
  readonly branch?: string;
}

export const settingsFile = 'mainsheet.yaml';

export const defaultSettings: Settings = {
  environments: 'environments',
  templates: 'templates',
  rendered: 'rendered',
  order: [],
  automerge: 'never',
  maxPullRequests: 20,
  phases: 'pull-requests',
};

export function settingsFrom(document: JsonObject): Settings {
  const { environments, templates, maxPullRequests } = document;
  const { path, branch, repository } = objectOr(document.rendered);
  const output = compact({ repository: textOr(repository), branch: textOr(branch) });
  const forge = forgeFrom(document.forge);
  return {
    ...(forge === undefined ? {} : { forge }),
    ...(typeof document.base === 'string' ? { base: document.base } : {}),
    ...(Object.keys(output).length === 0 ? {} : { output }),
    automerge: document.automerge === 'no-traffic' || document.automerge === 'gated' ? document.automerge : 'never',
    maxPullRequests: typeof maxPullRequests === 'number' ? maxPullRequests : defaultSettings.maxPullRequests,
    phases: document.phases === 'sync-waves' ? 'sync-waves' : 'pull-requests',
    environments: typeof environments === 'string' ? trimSlash(environments) : defaultSettings.environments,
    templates: typeof templates === 'string' ? trimSlash(templates) : defaultSettings.templates,
    rendered: typeof path === 'string' ? trimSlash(path) : defaultSettings.rendered,
    order: listOr(document.order).map(stageOf),
  };
}

function stageOf(entry: Json): PromotionStage {
  if (typeof entry === 'string') return { environment: entry, soak: 0 };
  const { environment, soak } = objectOr(entry);
  return { environment: String(environment), soak: durationSeconds(soak) ?? 0 };
}

const forgeKinds = ['github', 'gitlab', 'gitea', 'forgejo', 'local'] as const;

/** `github` is short for `{kind: github}`. */
function forgeFrom(word: Json | undefined): ForgeSetting | undefined {
  const written = isObject(word) ? word : { kind: word ?? null };
  const kind = forgeKinds.find((known) => known === written.kind);
  if (kind === undefined) return undefined;
  const { url, tokenEnv } = objectOr(word);
  return { kind, ...(typeof url === 'string' ? { url } : {}), ...(typeof tokenEnv === 'string' ? { tokenEnv } : {}) };
}

function textOr(word: Json | undefined): string | undefined {
  return typeof word === 'string' ? word : undefined;
}

function trimSlash(path: string): RepoPath {
  return path.replace(/^\.\//, '').replace(/\/+$/, '');
}

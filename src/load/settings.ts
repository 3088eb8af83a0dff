import { durationSeconds } from '../model/duration.ts';
import type { ForgeSetting } from '../model/forge.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
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
}

export const settingsFile = 'mainsheet.yaml';

export const defaultSettings: Settings = { environments: 'environments', templates: 'templates', rendered: 'rendered', order: [] };

export function settingsFrom(document: JsonObject): Settings {
  const { environments, templates } = document;
  const { path } = objectOr(document.rendered);
  const forge = forgeFrom(document.forge);
  return {
    ...(forge === undefined ? {} : { forge }),
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

function trimSlash(path: string): RepoPath {
  return path.replace(/^\.\//, '').replace(/\/+$/, '');
}

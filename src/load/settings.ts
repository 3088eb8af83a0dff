import { durationSeconds } from '../model/duration.ts';
import { type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { PromotionStage } from '../model/rollout.ts';
import type { RepoPath } from '../model/source.ts';

/** What `mainsheet.yaml` says of where things are. */
export interface Settings {
  readonly environments: RepoPath;
  readonly templates: RepoPath;
  readonly rendered: RepoPath;
  /** The environments in the order in which versions are promoted; empty where none is said. */
  readonly order: readonly PromotionStage[];
}

export const settingsFile = 'mainsheet.yaml';

export const defaultSettings: Settings = { environments: 'environments', templates: 'templates', rendered: 'rendered', order: [] };

export function settingsFrom(document: JsonObject): Settings {
  const { environments, templates } = document;
  const { path } = objectOr(document.rendered);
  return {
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

function trimSlash(path: string): RepoPath {
  return path.replace(/^\.\//, '').replace(/\/+$/, '');
}

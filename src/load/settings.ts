import type { JsonObject } from '../model/json.ts';
import { objectOr } from '../model/json.ts';
import type { RepoPath } from '../model/source.ts';

/** What `mainsheet.yaml` says of where things are. */
export interface Settings {
  readonly environments: RepoPath;
  readonly templates: RepoPath;
  readonly rendered: RepoPath;
}

export const settingsFile = 'mainsheet.yaml';

export const defaultSettings: Settings = { environments: 'environments', templates: 'templates', rendered: 'rendered' };

export function settingsFrom(document: JsonObject): Settings {
  const { environments, templates } = document;
  const { path } = objectOr(document.rendered);
  return {
    environments: typeof environments === 'string' ? trimSlash(environments) : defaultSettings.environments,
    templates: typeof templates === 'string' ? trimSlash(templates) : defaultSettings.templates,
    rendered: typeof path === 'string' ? trimSlash(path) : defaultSettings.rendered,
  };
}

function trimSlash(path: string): RepoPath {
  return path.replace(/^\.\//, '').replace(/\/+$/, '');
}

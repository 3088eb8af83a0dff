import { builtinTemplates } from '../../src/expand/builtin-templates.ts';
import type { FileTree, RepoPath } from '../../src/model/source.ts';

/** A built-in template with one stretch of its text replaced; one that does not hold the text is a fault of the test. */
export function brokenTemplate(path: RepoPath, from: string, to: string): readonly [RepoPath, string] {
  const text = builtinTemplates.get(path) ?? '';
  if (!text.includes(from)) throw new Error(`${path} does not hold ${JSON.stringify(from)}`);
  return [path, text.replace(from, to)];
}

export function treeWith(environment: string, intents: string, templates: readonly (readonly [RepoPath, string])[]): FileTree {
  return new Map([['environments/mesh/environment.yaml', environment], ['environments/mesh/intents.yaml', intents], ...templates]);
}

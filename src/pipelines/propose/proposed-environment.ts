/**
 * The page of what a proposal tells of one environment.
 *
 *   what is rendered ─┐
 *                     ├──compare──▶ classes of requests, objects, warnings
 *   compilation ──────┘
 */

import { isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import { intentTitle } from '../../model/intent.ts';
import type { StoryEnvironment, StoryWarning } from '../../model/pull-request-story.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import type { Comparison } from '../../model/traffic-diff.ts';
import type { Compilation } from '../../pipeline.ts';
import { compareFolders, compareWithRendered } from '../compare.ts';

export interface ProposedEnvironment extends StoryEnvironment {
  /** What it renders to after the change, by path beneath its output folder; empty for an environment that is no more. */
  readonly files: FileTree;
  /** The number of shards that the files are laid out in; 1 = none. */
  readonly shards: number;
  /** Those of the files that it is about; absent = all. */
  readonly only?: ReadonlySet<RepoPath>;
  /** Of a way back: those that hold nothing but what goes back. Nothing that was done to them is in its way. */
  readonly own?: ReadonlySet<RepoPath>;
}

/** An environment before and after; undefined where nothing of it changes. `sources` are the texts that places are lines of. */
export function proposedEnvironment(
  name: string,
  compiled: Compilation | undefined,
  rendered: FileTree,
  sources: FileTree,
): ProposedEnvironment | undefined {
  const files = compiled?.files ?? new Map<string, string>();
  if (files.size === rendered.size && [...files].every(([path, text]) => rendered.get(path) === text)) return undefined;
  const comparison = comparisonOf(compiled, rendered, sources);
  const warnings = (compiled?.diagnostics ?? []).filter((one) => !isError(one) && one.severity === 'warning');
  return {
    name,
    comparison: comparison ?? nothingCompared,
    warnings: warnings.map((one) => warningOf(one, sources)),
    files,
    shards: compiled?.shards ?? 1,
  };
}

/**
 * The same of a change that is about a few intents alone: what else is not rendered as intents say now stays as it is rendered. `compiled`
 * are the intents without the change and with it, `titles` those of the intents that it is about.
 */
export function environmentApart(
  name: string,
  [before, after]: readonly [Compilation, Compilation | undefined],
  rendered: FileTree,
  sources: FileTree,
  titles: readonly string[],
): ProposedEnvironment | undefined {
  const environment = proposedEnvironment(name, after, before.files, sources);
  if (environment === undefined) return undefined;
  const paths = [...new Set([...before.files.keys(), ...environment.files.keys()])];
  const only = new Set(paths.filter((path) => before.files.get(path) !== environment.files.get(path)));
  const own = [...environment.files].filter(([path]) => only.has(path));
  const others = [...rendered].filter(([path]) => !only.has(path));
  const held = [before, after].flatMap((compiled) => filesOf(compiled, titles));
  const shared = new Set(held.flatMap(({ path, isOwn }) => (isOwn ? [] : [path])));
  const alone = held.flatMap(({ path }) => (only.has(path) && !shared.has(path) ? [path] : []));
  return { ...environment, files: new Map([...others, ...own]), only, own: new Set(alone) };
}

/** Files of objects, and whether all of these are of some intents. */
function filesOf(compiled: Compilation | undefined, titles: readonly string[]) {
  return (compiled?.folders ?? []).flatMap(({ folder, files }) =>
    files.map(({ path, manifests }) => ({
      path: folder === '' ? path : `${folder}/${path}`,
      isOwn: manifests.every(({ owner }) => titles.includes(intentTitle(owner))),
    })),
  );
}

const nothingCompared: Comparison = { traffic: [], changes: [], formatting: [], notSimulated: [], assumptions: [] };

function comparisonOf(compiled: Compilation | undefined, rendered: FileTree, sources: FileTree): Comparison | undefined {
  if (compiled?.loaded === undefined) return compareFolders({ tree: rendered, root: '' }, { tree: new Map(), root: '' }).comparison;
  return compareWithRendered(rendered, { ...compiled, loaded: compiled.loaded }, sources).comparison;
}

function warningOf({ code, message, at }: LocatedDiagnostic, sources: FileTree): StoryWarning {
  const text = at === undefined ? undefined : sources.get(at.file);
  if (at === undefined || text === undefined) return { code, message };
  return { code, message, at: { file: at.file, line: text.slice(0, at.start).split('\n').length } };
}

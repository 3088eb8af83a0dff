import { type Diagnostic, type DiagnosticDefinition, diagnose } from '../model/diagnostic.ts';
import { byCodePoint } from '../model/names.ts';
import { foldPath, outputPathFault, showPath } from '../model/path-rules.ts';
import { invariant } from '../model/result.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { compareRendered, type RenderedComparison } from './compare-rendered.ts';
import { noForeignManifest, noHandEdit, noSymlink, outputPathFree, pruneWithinLimit } from './diagnostics.ts';
import { legalOutputPath, uniqueOutputPath } from './input-diagnostics.ts';
import { readMark } from './mark.ts';
import type { RenderedFolder } from './rendered-folder.ts';

export interface WriteOptions {
  /** Files changed by hand since they were rendered may be replaced, or removed when no longer wanted. */
  readonly overwriteEdited?: boolean;
  /** More than a fifth of the rendered files, or the last one, may be removed. */
  readonly allowPrune?: boolean;
}

/** What a render would do to its folder; each list sorted, paths relative to the folder. Nothing is done when anything is refused. */
export interface RenderPlan {
  readonly create: readonly RepoPath[];
  readonly update: readonly RepoPath[];
  readonly unchanged: readonly RepoPath[];
  readonly remove: readonly RepoPath[];
  /** Left by a killed run, removed on the way. */
  readonly temporary: readonly RepoPath[];
  readonly refusals: readonly Diagnostic[];
}

/** Decides what becomes of each file. `out` only names the folder in messages. Every desired text must carry its mark. */
export function planWrites(existing: RenderedFolder, desired: FileTree, out: RepoPath, options: WriteOptions = {}): RenderPlan {
  for (const [path, text] of desired) invariant(readMark(text) === 'intact', `the text for ${path} carries no valid mark`);
  const found = compareRendered(existing, desired);
  const edited = options.overwriteEdited === true ? found : { edited: [], editedLeftover: [] };
  const plan = {
    create: found.create,
    update: merged(found.update, edited.edited),
    unchanged: found.unchanged,
    remove: merged(found.leftover, edited.editedLeftover),
    temporary: found.temporary,
  };
  const refusals = [...illegalPaths(desired, out), ...refusedFiles(found, out, options)];
  if (options.allowPrune !== true) refusals.push(...refusedPrune(plan.remove, found, out));
  return { ...plan, refusals };
}

export function isKustomization(path: RepoPath): boolean {
  return path === 'kustomization.yaml' || path.endsWith('/kustomization.yaml');
}

function merged(a: readonly RepoPath[], b: readonly RepoPath[]): readonly RepoPath[] {
  return b.length === 0 ? a : [...a, ...b].sort(byCodePoint);
}

function below(out: RepoPath, path: RepoPath): string {
  return showPath(out === '.' ? path : `${out}/${path}`);
}

function illegalPaths(desired: FileTree, out: RepoPath): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  const paths = [...desired.keys()].sort(byCodePoint);
  const taken = new Map<string, RepoPath>();
  for (const path of paths) {
    const reason = outputPathFault(path);
    if (reason !== undefined) findings.push(diagnose(legalOutputPath, { params: { path: below(out, path), reason } }));
    const other = taken.get(foldPath(path));
    if (other !== undefined) findings.push(clash(out, path, other));
    taken.set(foldPath(path), path);
  }
  for (const path of paths) {
    const other = fileAbove(path, taken);
    if (other !== undefined) findings.push(clash(out, path, other));
  }
  return findings;
}

function clash(out: RepoPath, path: RepoPath, other: RepoPath): Diagnostic {
  return diagnose(uniqueOutputPath, { params: { path: below(out, path), other: below(out, other) } });
}

function fileAbove(path: RepoPath, taken: ReadonlyMap<string, RepoPath>): RepoPath | undefined {
  const folded = foldPath(path);
  for (let at = folded.indexOf('/'); at !== -1; at = folded.indexOf('/', at + 1)) {
    const other = taken.get(folded.slice(0, at));
    if (other !== undefined) return other;
  }
  return undefined;
}

function refusedFiles(found: RenderedComparison, out: RepoPath, options: WriteOptions): readonly Diagnostic[] {
  const refuse = (definition: DiagnosticDefinition<{ paths: readonly string[] }>, files: readonly RepoPath[]): readonly Diagnostic[] =>
    files.length === 0 ? [] : [diagnose(definition, { params: { paths: files.map((path) => below(out, path)) } })];
  return [
    ...found.symlinks.map((path) => diagnose(noSymlink, { params: { path: below(out, path) } })),
    ...refuse(outputPathFree, found.inTheWay),
    ...refuse(noForeignManifest, found.foreign),
    ...(options.overwriteEdited === true ? [] : refuse(noHandEdit, merged(found.edited, found.editedLeftover))),
  ];
}

/** A kustomization lists what an environment has; it is not part of it, so it neither counts nor keeps the count above zero. */
function refusedPrune(remove: readonly RepoPath[], found: RenderedComparison, out: RepoPath): readonly Diagnostic[] {
  const ours = [found.unchanged, found.update, found.leftover, found.edited, found.editedLeftover].flat();
  const of = ours.filter((path) => !isKustomization(path)).length;
  const paths = remove.filter((path) => !isKustomization(path)).map((path) => below(out, path));
  return paths.length * 5 > of ? [diagnose(pruneWithinLimit, { params: { paths, of } })] : [];
}

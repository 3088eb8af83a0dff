import { isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import type { NamedComparison } from '../../report/comparison-text.ts';
import type { SavedFile, WatchedEnvironment, WatchedRound } from '../../report/watched-round.ts';
import type { WatchFlags } from '../arguments/watch.ts';
import type { CliContext } from '../cli-context.ts';
import { compileEnvironments } from '../compile-environments.ts';
import type { ComparedEnvironment, Comparer, Compiled, Locations } from '../compiler.ts';
import { whole } from '../diff/compare-intents.ts';
import type { OutputTarget } from '../output/output-target.ts';
import { outputTargets } from '../output/output-targets.ts';
import { refusalsOf, writeFolders } from '../output/write-targets.ts';
import { fromWorkingFolder } from '../report-findings.ts';
import { isCommandRefusal } from '../usage-error.ts';
import type { Workspace } from '../workspace.ts';
import { parsedTexts } from './parsed-texts.ts';

/** Renders again and again, and remembers the last rendering that was good. */
export interface Rounds {
  /**
   * Reads all inputs, and renders what they say now. Undefined where they say what they said in the round before, and that has been dealt
   * with. 'unsettled' where a file looks as if somebody is writing it: nothing is told of it or rendered, and it is to be looked at again in a
   * moment; what still says the same then is meant so.
   */
  readonly next: () => Promise<WatchedRound | 'unsettled' | undefined>;
  /** Where inputs are, as the last round read it; undefined before that, and where the settings cannot be read. */
  readonly locations: () => Pick<Locations, 'environments' | 'templates' | 'rendered'> | undefined;
  /** Whether some round was good. */
  readonly hasRendered: () => boolean;
}

/** What one round leaves to the next. */
interface Good {
  readonly tree: FileTree;
  readonly environments: ReadonlyMap<string, ComparedEnvironment>;
}

export function createRounds(context: CliContext, flags: WatchFlags, comparer: Comparer): Rounds {
  const parsed = parsedTexts();
  let seen: FileTree | undefined;
  let isDealtWith = false;
  let unsettled: readonly FileTree[] = [];
  let good: Good | undefined;
  let locations: ReturnType<Rounds['locations']>;

  const rendered = async (begin: number): Promise<WatchedRound | 'unsettled' | undefined> => {
    const { workspace, compilations, diagnostics } = await compileEnvironments(context, { ...flags, parsed });
    const { tree, inputs, prefix } = workspace;
    parsed.forgetOthers(tree);
    locations = inputs?.settings ?? locations;
    const saved = seen === undefined ? [] : savedFiles(seen, tree, prefix);
    if (seen !== undefined && isDealtWith && saved.length === 0) return undefined;
    const mayBeHalf = seen !== undefined && saved.length > 0 && (diagnostics.some(isError) || looksHalf(seen, tree));
    if (mayBeHalf && !sameTexts(unsettled.at(-1), tree) && unsettled.length < mostLooks) {
      unsettled = [...unsettled, tree];
      return 'unsettled';
    }
    unsettled = [];
    seen = tree;
    isDealtWith = true;
    const told = (all: readonly LocatedDiagnostic[]) => fromWorkingFolder({ diagnostics: all, tree, prefix });
    const heldBack = (all: readonly LocatedDiagnostic[], environments: readonly WatchedEnvironment[] = []): WatchedRound => {
      return { state: 'held-back', saved, environments, comparisons: [], milliseconds: context.clock() - begin, ...told(all) };
    };
    if (inputs === undefined || diagnostics.some(isError)) return heldBack(diagnostics);
    const isOther = (name: string): boolean => !sameTexts(good?.environments.get(name)?.files, compilations.get(name)?.files);
    // What is on disk may be mended without a save: what is refused for it is tried again each time.
    isDealtWith = false;
    const done = written(context, flags, workspace, compilations, isOther);
    const all = [...diagnostics, ...inputs.compiler.locate(done.diagnostics)];
    if (all.some(isError)) return heldBack(all, done.environments);
    isDealtWith = true;
    const environments = new Map([...compilations].flatMap(([name, one]) => pair(name, whole(one))));
    const comparisons = comparedWith(good, { tree, environments }, isOther, prefix, comparer);
    good = { tree, environments };
    return {
      state: 'rendered',
      ...{ saved, environments: done.environments, comparisons },
      milliseconds: context.clock() - begin,
      ...told(all),
    };
  };

  return {
    async next() {
      const begin = context.clock();
      try {
        return await rendered(begin);
      } catch (error) {
        if (!isCommandRefusal(error) || good === undefined) throw error;
        isDealtWith = false;
        const { message, hints } = error;
        const nothing = { saved: [], environments: [], comparisons: [], diagnostics: [], tree: new Map<string, string>() };
        return { state: 'held-back', ...nothing, milliseconds: context.clock() - begin, refusal: { message, hints } };
      }
    },
    locations: () => locations,
    hasRendered: () => good !== undefined,
  };
}

/** Who never stops writing is not waited for. */
const mostLooks = 10;

/** Whether a file is as one is that somebody is writing: gone, empty, or without the end of a last line that it had or should have. */
function looksHalf(before: FileTree, after: FileTree): boolean {
  if ([...before.keys()].some((path) => !after.has(path))) return true;
  return [...after].some(([path, text]) => {
    const old = before.get(path);
    return old !== text && (text.trim() === '' || (!text.endsWith('\n') && old?.endsWith('\n') !== false));
  });
}

function pair<T>(name: string, value: T | undefined): readonly (readonly [string, T])[] {
  return value === undefined ? [] : [[name, value]];
}

/** Writes the folders whose files are others than before, or says what would be refused. */
function written(
  context: CliContext,
  flags: WatchFlags,
  workspace: Workspace,
  compilations: ReadonlyMap<string, Compiled>,
  isOther: (name: string) => boolean,
): { readonly environments: readonly WatchedEnvironment[]; readonly diagnostics: ReturnType<typeof writeFolders>['diagnostics'] } {
  const isToWrite = ({ environment, files }: OutputTarget) => files.size === 0 || isOther(environment);
  const targets = outputTargets(context, workspace, compilations, flags).filter(isToWrite);
  if (flags.dryRun === true) {
    const environments = targets.map(({ environment, files }) => ({ name: environment, files: files.size }));
    return { environments, diagnostics: targets.flatMap((target) => refusalsOf(target, flags)) };
  }
  const { done, diagnostics } = writeFolders(targets, flags);
  const environments = done.map(({ target, plan }) => ({
    name: target.environment,
    files: target.files.size,
    written: plan.create.length + plan.update.length,
    removed: plan.remove.length,
  }));
  return { environments, diagnostics };
}

function comparedWith(
  before: Good | undefined,
  after: Good,
  isOther: (name: string) => boolean,
  prefix: string,
  comparer: Comparer,
): readonly NamedComparison[] {
  return [...after.environments].flatMap(([name, environment]): readonly NamedComparison[] => {
    const old = before?.environments.get(name);
    if (before === undefined || old === undefined || !isOther(name)) return [];
    const comparison = comparer.compareVersions(old, environment, after.tree, { tree: before.tree, name: 'before' });
    return [{ title: name, before: 'last good save', after: 'this save', comparison: seenFrom(prefix, comparison) }];
  });
}

/** The lines of intents that a comparison names, as seen from the working folder. */
function seenFrom(prefix: string, comparison: NamedComparison['comparison']): NamedComparison['comparison'] {
  if (prefix === '') return comparison;
  const traffic = comparison.traffic.map((diff) => ({
    ...diff,
    classes: diff.classes.map((one) => ({
      ...one,
      causes: one.causes.map((cause) =>
        cause.at === undefined ? cause : { ...cause, at: { ...cause.at, file: `${prefix}${cause.at.file}` } },
      ),
    })),
  }));
  return { ...comparison, traffic };
}

function savedFiles(before: FileTree, after: FileTree, prefix: string): readonly SavedFile[] {
  const shown = (path: RepoPath) => `${prefix}${path}`;
  const now = [...after].flatMap(([path, text]): readonly SavedFile[] => {
    const old = before.get(path);
    return old === text ? [] : [{ path: shown(path), change: old === undefined ? 'new' : 'changed' }];
  });
  const gone = [...before.keys()].filter((path) => !after.has(path)).map((path): SavedFile => ({ path: shown(path), change: 'removed' }));
  return [...now, ...gone];
}

function sameTexts(a: FileTree | undefined, b: FileTree | undefined): boolean {
  return a !== undefined && b !== undefined && a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}

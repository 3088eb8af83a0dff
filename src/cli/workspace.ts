import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic, LocatedDiagnostic } from '../model/diagnostic.ts';
import { didYouMean, listWords } from '../model/names.ts';
import type { Result } from '../model/result.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { findRoot } from '../repo/find-root.ts';
import { loadParseCache, type ParseCache, textHash } from '../repo/parse-cache.ts';
import { readTree } from '../repo/read-tree.ts';
import type { CliContext } from './cli-context.ts';
import type { Compiled, CompileOptions, Compiler, CreateCompiler, Locations, Reshard } from './compiler.ts';
import { rememberCompilations } from './remembered-compiler.ts';
import { usageError } from './usage-error.ts';
import { build } from './version.ts';

const settingsPath = 'mainsheet.yaml';

/** The inputs of a command as they stand on disk. */
export interface Workspace {
  /** Absolute. */
  readonly root: string;
  /** The root as seen from the working folder: '' or 'mesh/'. */
  readonly prefix: string;
  readonly tree: FileTree;
  readonly diagnostics: readonly LocatedDiagnostic[];
  /** Undefined when the inputs could not be read, as the diagnostics say. */
  readonly inputs?: Inputs;
}

export interface Inputs {
  readonly settings: Locations;
  readonly compiler: Compiler;
  /** Compiles again as a step of a change of the number of shards. */
  readonly recompile: (environment: string, reshard: Reshard) => Compiled;
  /** Those that are rendered. */
  readonly environments: readonly string[];
}

export interface Opening {
  /** What the user named, or nothing: then the nearest folder upwards that has inputs. */
  readonly root?: string;
  readonly noCache?: boolean;
  /**
   * Take over what was compiled of the same inputs before. 'files': the files, and what there was to say; no manifests. 'soundness': that they
   * are sound, and the files; the manifests are drawn again, which is a third of the work.
   */
  readonly reuse?: 'files' | 'soundness' | undefined;
  /** Hold dates in intents against today: for findings, never for what is rendered. */
  readonly heedDates?: boolean;
  /** Where inputs are read instead of from disk: in a commit. */
  readonly read?: ReadInputs;
  /** What this run has parsed before, instead of what earlier runs left behind. */
  readonly parsed?: NonNullable<CompileOptions['parsed']>;
  /** How far to compile; without it, to the files. */
  readonly until?: 'manifests';
}

/** Reads the accepted files in some folders, by path from the root. */
export type ReadInputs = (folders: readonly RepoPath[], accept: (path: RepoPath) => boolean) => Promise<Result<FileTree>>;

/** Reads settings, environments and templates, lets `work` use them, and keeps what was parsed for the next run. */
export async function withWorkspace<T>(context: CliContext, opening: Opening, work: (workspace: Workspace) => Promise<T>): Promise<T> {
  const create = await context.compiler();
  const root = rootOf(context, opening.root);
  const cache = opening.noCache === true || opening.parsed !== undefined ? undefined : openCache(context, root, 'parsed');
  const renders = opening.noCache === true || opening.reuse === undefined ? undefined : openCache(context, root, 'rendered');
  const options: CompileOptions = {
    ...(cache === undefined ? {} : { parsed: parsedTexts(cache) }),
    ...(opening.parsed === undefined ? {} : { parsed: opening.parsed }),
    ...(opening.heedDates === true ? { today: context.today() } : {}),
    ...(opening.until === undefined ? {} : { until: opening.until }),
  };
  const done = await work({
    root,
    prefix: prefixOf(context.workingFolder, root),
    ...(await readInputs(
      opening.read ?? (async (folders, accept) => readTree(root, folders, accept)),
      renders === undefined ? create : remembering(create, renders, opening.reuse === 'soundness', context.today()),
      options,
    )),
  });
  cache?.save();
  renders?.save();
  return done;
}

/** The folder that a command works in: what the user named, or else the nearest one upwards that has inputs. */
export function rootOf({ workingFolder }: CliContext, named: string | undefined): string {
  return named === undefined ? findRoot(workingFolder) : resolve(workingFolder, named);
}

async function readInputs(
  read: ReadInputs,
  create: CreateCompiler,
  options: CompileOptions,
): Promise<Pick<Workspace, 'tree' | 'diagnostics' | 'inputs'>> {
  const first = await read([settingsPath], (path) => path === settingsPath);
  const early = create(first.value ?? new Map(), options);
  const settings = early.settings.value;
  const stopped = (tree: FileTree, diagnostics: readonly Diagnostic[]) => ({ tree, diagnostics: early.locate(diagnostics) });
  if (first.value === undefined) return stopped(new Map(), first.diagnostics);
  if (settings === undefined) return stopped(first.value, early.settings.diagnostics);
  const rest = await read([settings.environments, settings.templates], isInput);
  if (rest.value === undefined) return stopped(first.value, [...early.settings.diagnostics, ...rest.diagnostics]);
  const tree = new Map([...first.value, ...rest.value]);
  const compiler = create(tree, options);
  const recompile = (environment: string, reshard: Reshard) => create(tree, { ...options, reshard }).compile(environment);
  const environments = compiler.environments();
  const diagnostics = compiler.locate([...early.settings.diagnostics, ...rest.diagnostics, ...environments.diagnostics]);
  if (environments.value === undefined) return { tree, diagnostics };
  return { tree, diagnostics, inputs: { settings, compiler, recompile, environments: environments.value } };
}

/** The environments a command is about: those named, each once, or all. A name that no environment has is a fault of the command line. */
export function chosenEnvironments(all: readonly string[], named: readonly string[] | undefined): readonly string[] {
  if (named === undefined || named.length === 0) return all;
  for (const name of named) {
    if (all.includes(name)) continue;
    const known = all.length === 0 ? 'there is none that is rendered' : `there ${all.length === 1 ? 'is' : 'are'} ${listWords(all)}`;
    throw usageError(`no environment "${name}": ${known}`, didYouMean(name, all));
  }
  return all.filter((name) => named.includes(name));
}

/** The environment a command is about that looks at one: the one named, or the only one there is. */
export function oneEnvironment(all: readonly string[], named: string | undefined): string {
  const [first, ...others] = chosenEnvironments(all, named === undefined ? undefined : [named]);
  if (first === undefined) throw usageError('there is no environment that is rendered');
  if (others.length > 0) throw usageError(`which environment? There are ${listWords(all)}`, [`choose one: --env ${first}`]);
  return first;
}

/** What earlier runs parsed or compiled, in the user's own cache folder: never where a commit could put something. Undefined where there is none. */
function openCache(context: CliContext, root: string, what: 'parsed' | 'rendered'): ParseCache | undefined {
  const { XDG_CACHE_HOME, HOME } = context.variables;
  const base = [XDG_CACHE_HOME, HOME === undefined ? undefined : join(HOME, '.cache')].find(
    (path) => path !== undefined && isAbsolute(path),
  );
  return base === undefined
    ? undefined
    : loadParseCache(join(base, 'mainsheet', textHash(root).slice(0, 16), what), `${context.version} ${build}`);
}

function remembering(create: CreateCompiler, cache: ParseCache, drawsAgain: boolean, today: string): CreateCompiler {
  return (tree, options) => {
    const compiler = create(tree, options);
    // A step of a change of shards is another result of the same inputs: it is compiled anew.
    if (options.reshard !== undefined) return compiler;
    const again = drawsAgain ? create(tree, { ...options, until: 'folders' }) : undefined;
    return rememberCompilations(compiler, tree, cache, { today, isDated: options.today !== undefined, again: again?.compile });
  };
}

function parsedTexts(cache: ParseCache): NonNullable<CompileOptions['parsed']> {
  return { get: (text) => cache.get(textHash(text)), put: (text, documents) => cache.put(textHash(text), documents) };
}

function isInput(path: RepoPath): boolean {
  return /\.(ya?ml|hbs)$/.test(path);
}

/** '' too where the root lies outside the working folder: then paths are shown as the repository spells them. */
function prefixOf(workingFolder: string, root: string): string {
  const path = relative(workingFolder, root).split(sep).join('/');
  return path === '' || path.startsWith('..') || isAbsolute(path) ? '' : `${path}/`;
}

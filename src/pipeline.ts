/**
 * The first pipeline: how intents become manifests.
 *
 *   FileTree ──load──▶ intents ──resolve──▶ objects-to-be ──expand──▶ manifests ──lay out──▶ files
 *               │                    │                        │
 *            schemas            intent rules            manifest rules
 *
 * Each step takes plain data and returns plain data with findings; the first step with an error is the last.
 * Nothing here reads a disk, a clock or a network: the same tree gives the same bytes everywhere.
 */

import { createLocator } from './document/locate.ts';
import { locateDiagnostics } from './document/locate-diagnostics.ts';
import { type ParseFile, rememberingParser } from './document/remembering-parser.ts';
import { layOut } from './emit/lay-out.ts';
import { printFolders } from './emit/print-folders.ts';
import { guardMovers } from './emit/reshard.ts';
import { builtinTemplates } from './expand/builtin-templates.ts';
import { expand } from './expand/expand.ts';
import { judgeHandWritten } from './expand/judge-hand-written.ts';
import { drawKustomization } from './expand/kustomization.ts';
import { fileTitle, passThrough } from './expand/pass-through.ts';
import { withSyncWaves } from './expand/sync-waves.ts';
import { createTemplateSet, type TemplateSet } from './expand/template-set.ts';
import { kinds } from './istio/kinds.ts';
import { applyNext, hasNext } from './load/apply-next.ts';
import { listEnvironments, load, loadSettings } from './load/load.ts';
import type { Settings } from './load/settings.ts';
import { environmentMesh } from './mesh/mesh.ts';
import { type Diagnostic, isError, type LocatedDiagnostic } from './model/diagnostic.ts';
import type { LoadedEnvironment } from './model/environment.ts';
import { withFollowers } from './model/recorded-reads.ts';
import { rememberedFor } from './model/remembered-for.ts';
import type { Result } from './model/result.ts';
import type { FileTree } from './model/source.ts';
import type { Compilation, CompileOptions, Compiler } from './pipelines/compilation.ts';
import { proveRender } from './pipelines/proof.ts';
import { resolve } from './resolve/resolve.ts';
import { lintGates } from './rollout/gates/lint-gates.ts';
import { runRules } from './rules/rule.ts';
import { intentRules, manifestRules, phaseRules } from './rules/rule-sets.ts';
import { runManifestRules } from './rules/run-manifest-rules.ts';
import { applySuppressions } from './rules/suppressions.ts';
import { applyWaivers } from './rules/waivers.ts';

export type { Compilation, CompileOptions, Compiler } from './pipelines/compilation.ts';

export function createCompiler(tree: FileTree, options: CompileOptions = {}): Compiler {
  const parse = rememberingParser(options.parsed);
  const settings = loadSettings(tree, parse);
  const locator = createLocator(new Map([...builtinTemplates, ...tree]));
  const locate = (diagnostics: readonly Diagnostic[]) => locateDiagnostics(diagnostics, locator);
  return {
    settings,
    environments: () => (settings.value === undefined ? settings : listEnvironments(tree, settings.value, parse)),
    compile: (name) =>
      settings.value === undefined
        ? failed(name, locate(settings.diagnostics))
        : compileWith(tree, name, settings.value, parse, options, locate),
    locate,
  };
}

/** Compiles one environment of a tree: `compile(tree, 'prod')`. */
export function compile(tree: FileTree, environment: string, options?: CompileOptions): Compilation {
  return createCompiler(tree, options).compile(environment);
}

function compileWith(
  tree: FileTree,
  name: string,
  settings: Settings,
  parse: ParseFile,
  options: CompileOptions,
  locate: Compiler['locate'],
): Compilation {
  const findings: Diagnostic[] = [];
  const failedNow = (): boolean => findings.some(isError);
  const take = <T>(step: Result<T>): T | undefined => {
    findings.push(...step.diagnostics);
    return failedNow() ? undefined : step.value;
  };
  const stop = (parts: Partial<Compilation> = {}): Compilation => ({ ...failed(name, locate(withWaivers(parts))), ...parts });
  const isPartial = (): boolean => failedNow() || options.until !== undefined;
  const withWaivers = ({ loaded }: Partial<Compilation>) => applyWaivers(findings, loaded?.intents ?? [], isPartial(), options.today);

  const written = take(load(tree, name, settings, parse));
  if (written === undefined) return stop();
  const loaded = options.revise?.(written) ?? written;
  const followed = options.parsed?.isFollowed?.(name) === true;
  const resolution = resolve(loaded, followed);
  const dated = options.today === undefined ? {} : { today: options.today };
  const isPhase = (options.rules ?? (options.revise === undefined || options.revise === applyNext ? 'all' : 'phase')) === 'phase';
  const subject = { ...loaded, resolved: resolution.value?.intents ?? [], ...dated };
  findings.push(...runRules(isPhase ? phaseRules : intentRules, subject), ...(isPhase ? [] : lintGates(subject)));
  const resolved = take(resolution);
  if (resolved === undefined) return stop({ loaded });
  const templates = take(templatesIn(tree, settings.templates));
  if (templates === undefined) return stop({ loaded, resolved });
  const built = take(expand(resolved, kinds, templates));
  if (built === undefined) return stop({ loaded, resolved });
  const expanded = settings.phases === 'sync-waves' ? withSyncWaves(built) : built;
  const passed = passThrough(loaded.manifests, (file) => fileTitle(loaded.environment.chain, file));
  const judged = judgeHandWritten(passed, loaded.environment.istio);
  findings.push(...judged.diagnostics);
  const all = [...expanded.manifests, ...passed];
  const manifests = options.reshard === undefined ? all : guardMovers(all, options.reshard);
  const shards = shardsNow(loaded, options);
  if (options.until !== undefined) {
    const folders = options.until === 'folders' ? take(layOut(loaded.environment, manifests, shards)) : undefined;
    const asked = { loaded, resolved, manifests, shards, ...(folders === undefined ? {} : { folders }) };
    return { ...stop(asked), ok: !failedNow() };
  }
  const made = environmentMesh(loaded, manifests, judged.malformed);
  const mesh = followed ? withFollowers(made) : made;
  findings.push(
    ...proveRender(loaded, expanded, mesh, templates, resolved, followed),
    ...applySuppressions(runManifestRules(manifestRules, mesh), manifests),
  );
  const folders = take(layOut(loaded.environment, manifests, shards));
  if (folders === undefined) return stop({ loaded, resolved, manifests });
  const files = take(printFolders(folders, (resources) => drawKustomization(templates, resources)));
  if (files === undefined) return stop({ loaded, resolved, manifests });
  const diagnostics = locate(withWaivers({ loaded }));
  if (options.revise === undefined && hasNext(loaded)) {
    // What is still to come is not rendered, but it has to compile.
    const coming = compileWith(tree, name, settings, parse, { rules: 'all', ...options, revise: applyNext }, locate);
    if (!coming.ok) return { ...failed(name, [...diagnostics, ...coming.diagnostics.filter(isError)]), loaded, resolved, manifests };
  }
  return { environment: name, loaded, resolved, manifests, shards, folders, files, diagnostics, ok: true };
}

function failed(environment: string, diagnostics: readonly LocatedDiagnostic[]): Compilation {
  return { environment, manifests: [], shards: 1, folders: [], files: new Map(), diagnostics, ok: false };
}

function shardsNow({ environment }: LoadedEnvironment, { reshard }: CompileOptions): number {
  return reshard?.step === 'guard' ? reshard.from : environment.shards;
}

const setsByFolder = rememberedFor((_tree: FileTree) => new Map<string, Result<TemplateSet>>());
const builtinSet = rememberedFor((builtin: FileTree) => createTemplateSet(builtin, new Map()));

/** One set for all compilations with the same templates, because a set learns the shapes of what it has drawn. */
function templatesIn(tree: FileTree, folder: string): Result<TemplateSet> {
  const sets = setsByFolder(tree);
  const known = sets.get(folder);
  if (known !== undefined) return known;
  const user = under(tree, folder);
  const set = user.size === 0 ? builtinSet(builtinTemplates) : createTemplateSet(builtinTemplates, user);
  sets.set(folder, set);
  return set;
}

/** The user's templates, by the names that built-in ones have. */
function under(tree: FileTree, folder: string): FileTree {
  const entries = [...tree].filter(([path]) => path.startsWith(`${folder}/`) && path.endsWith('.hbs'));
  return new Map(entries.map(([path, text]) => [`templates/${path.slice(folder.length + 1)}`, text]));
}

import type { ParseFile } from '../document/remembering-parser.ts';
import { validate } from '../document/validate.ts';
import * as validators from '../generated/validators.js';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { type Intent, withoutNulls } from '../model/intent.ts';
import { listOr } from '../model/json.ts';
import { didYouMean } from '../model/names.ts';
import { isWithin } from '../model/pointer.ts';
import { type Result, result } from '../model/result.ts';
import type { Address, FileTree } from '../model/source.ts';
import {
  acyclicExtends,
  concreteEnvironment,
  existingFolder,
  noEnvironments,
  orderNamesOnce,
  outputApart,
  unknownEnvironment,
} from './diagnostics.ts';
import { mergeEnvironment } from './environment.ts';
import { type EnvironmentFolder, environmentFolders } from './folders.ts';
import { loadIntents } from './intents.ts';
import { type LoadedFolder, loadFolder } from './load-folder.ts';
import { passedManifests, registryFrom } from './objects.ts';
import { defaultSettings, type Settings, settingsFile, settingsFrom } from './settings.ts';

/** Reads `mainsheet.yaml`; a repository without one has the defaults. */
export function loadSettings(tree: FileTree, parse: ParseFile): Result<Settings> {
  const text = tree.get(settingsFile);
  if (text === undefined) return result(defaultSettings, []);
  const parsed = parse(settingsFile, text);
  const [document] = parsed.value ?? [];
  if (document === undefined) return result(defaultSettings, parsed.diagnostics);
  const at = (pointer: string) => ({ file: settingsFile, document: 0, pointer });
  const diagnostics = [...parsed.diagnostics, ...validate(validators.settings, withoutNulls(document.value), at)];
  const settings = settingsFrom(document.value);
  diagnostics.push(...orderFindings(settings, environmentFolders(tree, settings.environments), at));
  const shared = [settings.environments, settings.templates].find((input) => isWithin(`/${settings.rendered}`, `/${input}`));
  if (shared !== undefined)
    diagnostics.push(diagnose(outputApart, { params: { rendered: settings.rendered, input: shared }, at: at('/rendered/path') }));
  return result(settings, diagnostics);
}

/** Versions are promoted through environments that are there, each once. */
function orderFindings(
  { order }: Settings,
  folders: ReadonlyMap<string, EnvironmentFolder>,
  at: (pointer: string) => Address,
): readonly Diagnostic[] {
  const known = [...folders.keys()];
  // Settings are read first, and by themselves: then it is not known yet which environments there are.
  if (folders.size === 0) return [];
  return order.flatMap(({ environment: name }, i) => {
    const place = at(`/order/${i}`);
    if (order.findIndex(({ environment }) => environment === name) < i) return [diagnose(orderNamesOnce, { params: { name }, at: place })];
    return folders.has(name) ? [] : [diagnose(unknownEnvironment, { params: { name, known }, at: place, hints: didYouMean(name, known) })];
  });
}

/** Names of the environments that are rendered: every folder with an environment.yaml that is not abstract. Sorted. */
export function listEnvironments(tree: FileTree, settings: Settings, parse: ParseFile): Result<readonly string[]> {
  const folders = environmentFolders(tree, settings.environments);
  if (folders.size === 0) return result([], [diagnose(noEnvironments, { params: { folder: settings.environments } })]);
  const names = [...folders.values()].filter((folder) => {
    const [document] = parse(folder.environmentFile, tree.get(folder.environmentFile) ?? '').value ?? [];
    return document?.value.abstract !== true;
  });
  return result(
    names.map((folder) => folder.name),
    [],
  );
}

/** Everything an environment's folders say, merged along `extends`; every value still knows its file and place. */
export function load(tree: FileTree, name: string, settings: Settings, parse: ParseFile): Result<LoadedEnvironment> {
  const diagnostics: Diagnostic[] = [];
  const folders = environmentFolders(tree, settings.environments);
  const chain = loadChain(tree, folders, name, parse, diagnostics);
  if (chain === undefined) return { value: undefined, diagnostics };
  const own = chain.at(-1);
  if (own?.environment.abstract === true)
    diagnostics.push(
      diagnose(concreteEnvironment, { params: { name }, at: { file: own.environmentFile, document: 0, pointer: '/abstract' } }),
    );
  const environment = mergeEnvironment(name, chain);
  const { intents, diagnostics: intentFindings } = loadIntents(chain);
  diagnostics.push(...environment.diagnostics, ...intentFindings);
  if (environment.value === undefined) return { value: undefined, diagnostics };
  const manifests = passedManifests(
    chain.flatMap((folder) => folder.manifests),
    diagnostics,
  );
  const registry = registryFrom(chain.flatMap((folder) => folder.registry));
  return result({ environment: environment.value, intents, registry, manifests }, diagnostics);
}

/**
 * What an environment's intents say, each merged along `extends`. The tree may be without the folders of Kubernetes objects that the environment names: what
 * intents say does not depend on them.
 */
export function loadWords(tree: FileTree, name: string, settings: Settings, parse: ParseFile): Result<readonly Intent[]> {
  const diagnostics: Diagnostic[] = [];
  const chain = loadChain(tree, environmentFolders(tree, settings.environments), name, parse, diagnostics);
  if (chain === undefined) return { value: undefined, diagnostics };
  const environment = mergeEnvironment(name, chain);
  const { intents, diagnostics: intentFindings } = loadIntents(chain);
  const found = [...diagnostics, ...environment.diagnostics, ...intentFindings];
  return result(
    intents,
    found.filter(({ code }) => code !== existingFolder.code),
  );
}

/** The folder and those it extends: depth first, left to right, each once, its own last. Undefined when the folder itself can't be read. */
function loadChain(
  tree: FileTree,
  folders: ReadonlyMap<string, EnvironmentFolder>,
  name: string,
  parse: ParseFile,
  diagnostics: Diagnostic[],
): readonly LoadedFolder[] | undefined {
  const chain = new Map<string, LoadedFolder>();
  const visit = (folderName: string, path: readonly string[], from?: { readonly file: string; readonly index: number }): boolean => {
    const at = from === undefined ? undefined : { file: from.file, document: 0, pointer: `/extends/${from.index}` };
    if (path.includes(folderName)) {
      diagnostics.push(diagnose(acyclicExtends, { params: { cycle: [...path.slice(path.indexOf(folderName)), folderName] }, at }));
      return false;
    }
    if (chain.has(folderName)) return true;
    const folder = folders.get(folderName);
    if (folder === undefined) {
      const known = [...folders.keys()];
      diagnostics.push(diagnose(unknownEnvironment, { params: { name: folderName, known }, at, hints: didYouMean(folderName, known) }));
      return false;
    }
    const loaded = loadFolder(tree, folder, parse);
    diagnostics.push(...loaded.diagnostics);
    if (loaded.folder === undefined) return false;
    const parents = listOr(loaded.folder.environment.extends).map((parent, index) =>
      visit(String(parent), [...path, folderName], { file: folder.environmentFile, index }),
    );
    chain.set(folderName, loaded.folder);
    return parents.every(Boolean);
  };
  return visit(name, []) ? [...chain.values()] : undefined;
}

import type { ParsedDocument } from '../document/parse.ts';
import type { ParseFile } from '../document/remembering-parser.ts';
import { validate } from '../document/validate.ts';
import * as validators from '../generated/validators.js';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { withoutNulls } from '../model/intent.ts';
import { isObject, type Json, type JsonObject, listOr } from '../model/json.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { environmentNamedByFolder, existingFolder, knownIntentKind, oneEnvironmentDocument } from './diagnostics.ts';
import type { EnvironmentFolder } from './folders.ts';

/** One folder under environments/, read: its environment document, its intents, and the objects it passes through or registers. */
export interface LoadedFolder {
  readonly name: string;
  readonly environmentFile: RepoPath;
  readonly environment: JsonObject;
  readonly documents: readonly ParsedDocument[];
  readonly manifests: readonly ParsedDocument[];
  readonly registry: readonly ParsedDocument[];
}

export interface FolderResult {
  readonly folder?: LoadedFolder;
  readonly diagnostics: readonly Diagnostic[];
}

export function loadFolder(tree: FileTree, folder: EnvironmentFolder, parse: ParseFile): FolderResult {
  const diagnostics: Diagnostic[] = [];
  const read = (file: RepoPath) => {
    const parsed = parse(file, tree.get(file) ?? '');
    diagnostics.push(...parsed.diagnostics);
    return parsed.value ?? [];
  };
  const environment = environmentDocument(folder, read(folder.environmentFile), diagnostics);
  if (environment === undefined) return { diagnostics };
  const sorted = sortFiles(folder, environment, diagnostics);
  const intents = sorted.intents.flatMap((file) => {
    const before = diagnostics.length;
    const documents = read(file);
    // A file that was emptied by mistake would otherwise read as "this intent is no more".
    if (documents.length === 0 && diagnostics.length === before)
      diagnostics.push(diagnose(knownIntentKind, { params: { key: '' }, at: { file, start: 0, end: 0 } }));
    return documents;
  });
  return {
    folder: {
      name: folder.name,
      environmentFile: folder.environmentFile,
      environment,
      documents: intents,
      manifests: sorted.manifests.flatMap(read),
      registry: sorted.registry.flatMap(read),
    },
    diagnostics,
  };
}

function environmentDocument(
  folder: EnvironmentFolder,
  documents: readonly ParsedDocument[],
  diagnostics: Diagnostic[],
): JsonObject | undefined {
  const file = folder.environmentFile;
  const [document] = documents;
  if (document === undefined || documents.length > 1) {
    const reported = diagnostics.some((d) => d.at !== undefined && d.at.file === file);
    if (!reported)
      diagnostics.push(diagnose(oneEnvironmentDocument, { params: { count: documents.length }, at: { file, start: 0, end: 0 } }));
    return undefined;
  }
  const { value } = document;
  diagnostics.push(
    ...validate(validators.environment, withoutNulls(withoutDefaults(value)), (pointer, part) => ({
      file,
      document: 0,
      pointer,
      ...(part === undefined ? {} : { part }),
    })),
  );
  if (typeof value.environment === 'string' && value.environment !== folder.name) {
    const params = { written: value.environment, folder: folder.name };
    diagnostics.push(diagnose(environmentNamedByFolder, { params, at: { file, document: 0, pointer: '/environment' } }));
  }
  return value;
}

/** Defaults are words of intents: they are read, and judged, as those. Only that they name no intent is judged here. */
function withoutDefaults(value: JsonObject): JsonObject {
  if (!isObject(value.defaults)) return value;
  const kinds = Object.entries(value.defaults).map(([kind, words]): [string, Json] => {
    if (!isObject(words)) return [kind, words];
    return [kind, words[kind] === undefined ? {} : { [kind]: words[kind] }];
  });
  return { ...value, defaults: Object.fromEntries(kinds) };
}

interface SortedFiles {
  readonly intents: readonly RepoPath[];
  readonly manifests: readonly RepoPath[];
  readonly registry: readonly RepoPath[];
}

/** Files under a `manifests:` or `registry:` folder hold Kubernetes objects; all others hold intents. */
function sortFiles(folder: EnvironmentFolder, environment: JsonObject, diagnostics: Diagnostic[]): SortedFiles {
  const base = folder.environmentFile.slice(0, folder.environmentFile.lastIndexOf('/'));
  const taken = new Set<RepoPath>();
  const under = (word: 'manifests' | 'registry'): readonly RepoPath[] =>
    listOr(environment[word]).flatMap((entry, index) => {
      const path = `${base}/${String(entry).replace(/^\.\//, '').replace(/\/+$/, '')}`;
      const files = folder.files.filter((file) => (file === path || file.startsWith(`${path}/`)) && !taken.has(file));
      for (const file of files) taken.add(file);
      const at = { file: folder.environmentFile, document: 0, pointer: `/${word}/${index}` };
      if (files.length === 0) diagnostics.push(diagnose(existingFolder, { params: { word, folder: String(entry) }, at }));
      return files;
    });
  const manifests = under('manifests');
  const registry = under('registry');
  return { intents: folder.files.filter((file) => !taken.has(file)), manifests, registry };
}

/**
 * One of the pages: whether a rendered folder is taken as it was rendered.
 *
 *   files ──load──▶ objects ──consume──▶ what kustomize, Argo CD and Flux load ──▶ findings
 *
 * Pure like the others: the loaders are not run, their rules are known.
 */
import {
  asRendered,
  folderOfTheIntents,
  objectsInFiles,
  plainFiles,
  renderedFolder,
  shardsOnTheirWay,
  wholeRendering,
} from '../consume/diagnostics.ts';
import { fluxSource, type IgnoreFile, ignoredAbove } from '../consume/flux-source.ts';
import { isKustomization, type OutputFile } from '../consume/output-folder.ts';
import { type Consumed, verifyFolder } from '../consume/verify-folder.ts';
import { createLocator } from '../document/locate.ts';
import { locateDiagnostics } from '../document/locate-diagnostics.ts';
import { parseManifests } from '../document/parse-manifests.ts';
import { missingPart, objectsIn } from '../load/objects.ts';
import { type Diagnostic, diagnose, isError, type LocatedDiagnostic } from '../model/diagnostic.ts';
import { isListed } from '../model/listed-folder.ts';
import { pruneGuards } from '../model/prune-guards.ts';
import type { RepoPath } from '../model/source.ts';

/** A file of the folder, by path beneath it; whose it is, by its mark. */
export interface FoundFile {
  readonly text: string;
  readonly mark: 'none' | 'intact' | 'edited';
}

export interface FoundFolder {
  /** As findings shall name it: 'rendered/prod'. */
  readonly path: RepoPath;
  readonly files: ReadonlyMap<RepoPath, FoundFile>;
  /** Links, pipes and devices, by path. */
  readonly oddities: ReadonlyMap<RepoPath, string>;
  /** In how many shards the intents have it, where they are at hand; 1 = none. */
  readonly shards?: number;
  /** Whether the intents are at hand, and have no environment of this name. */
  readonly isLeft?: boolean;
  /** Where it stands in its repository, and what there is named `.sourceignore` above it, from the root down. */
  readonly source?: { readonly folder: readonly string[]; readonly ignores: readonly IgnoreFile[] };
}

export interface VerifiedRendering {
  readonly path: RepoPath;
  readonly rendered: number;
  readonly consumed: readonly Consumed[];
  /** Whether files are as they were written. */
  readonly isIntact: boolean;
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly ok: boolean;
}

/** Holds what is loaded of a folder against what was rendered into it. */
export function verifyRendered(folder: FoundFolder): VerifiedRendering {
  const { path, files } = folder;
  const tree = new Map([...files].map(([name, file]) => [name, outputFile(name, file)]));
  const verified = isRendered(folder) ? verifyFolder(tree) : undefined;
  const found = [...layoutFindings(folder), ...(verified?.diagnostics ?? []), ...fileFindings(folder, tree, verified !== undefined)];
  const texts = new Map([...files].map(([name, { text }]) => [name, text]));
  const above = folder.source === undefined ? [] : ignoredAbove(folder.source.folder, tree, folder.source.ignores);
  const diagnostics = [...locateDiagnostics(found, createLocator(texts)).map((one) => beneath(path, one)), ...above];
  return {
    path,
    rendered: verified?.rendered ?? 0,
    consumed: verified?.consumed ?? [],
    isIntact: [...files.values()].every(({ mark }) => mark !== 'edited'),
    diagnostics,
    ok: !diagnostics.some(isError),
  };
}

/** Whether a folder is one that is applied; where the intents have it, its list may be lost. */
function isRendered({ files, shards }: FoundFolder): boolean {
  const isMarked = [...files.values()].some(({ mark }) => mark !== 'none');
  return isMarked && (shards !== undefined || isListed(files.keys()));
}

/** Of an environment that has lost all its files, of shards that have, and of folders that nothing asks for. */
function layoutFindings(folder: FoundFolder): readonly Diagnostic[] {
  const { files, shards, isLeft = false } = folder;
  if (isLeft) return isRendered(folder) ? [diagnose(folderOfTheIntents, { params: { what: 'it' } })] : [];
  if (shards === undefined) return [];
  if (files.size === 0) return [diagnose(wholeRendering, { params: { missing: 'it' } })];
  const standing = [...new Set([...files.keys()].flatMap((file) => /^(shard-\d+)\//.exec(file)?.[1] ?? []))];
  const from = Math.max(1, standing.length);
  if (from !== shards && isGuarded(folder)) return [diagnose(shardsOnTheirWay, { params: { from, to: shards } })];
  const names = shards > 1 ? Array.from({ length: shards }, (_, i) => `shard-${i}`) : [];
  const lost = names.filter((name) => !standing.includes(name));
  // Divided where it shall be whole, it has no list of its own.
  const missing = shards === 1 && standing.length > 0 ? ['kustomization.yaml'] : lost;
  return [
    ...missing.map((name) => diagnose(wholeRendering, { params: { missing: `its \`${name}\`` } })),
    ...standing
      .filter((name) => !names.includes(name))
      .map((name) => diagnose(folderOfTheIntents, { params: { what: `its \`${name}\`` } })),
  ];
}

/** Whether an object is guarded against pruning, as those are that change their shard. */
function isGuarded({ files }: FoundFolder): boolean {
  const words = Object.keys(pruneGuards);
  return [...files.values()].some(({ text, mark }) => mark !== 'none' && words.every((word) => text.includes(word)));
}

function fileFindings(
  { path, files, oddities, shards, source }: FoundFolder,
  tree: ReadonlyMap<RepoPath, OutputFile>,
  isVerified: boolean,
): readonly Diagnostic[] {
  const odd = [...oddities].map(([name, kind]) => diagnose(plainFiles, { params: { path: `${path}/${name}`, kind } }));
  if (!isVerified) return files.size === 0 && shards !== undefined ? odd : [diagnose(renderedFolder, { params: {} })];
  const at = (file: RepoPath) => ({ params: {}, at: { file, start: 0, end: 0 } });
  return [
    ...[...files].filter(([, { mark }]) => mark === 'edited').map(([file]) => diagnose(asRendered, at(file))),
    ...[...tree.values()].filter(isEmptied).map(({ path: file }) => diagnose(objectsInFiles, at(file))),
    ...fluxSource(path, tree, source?.ignores),
    ...odd,
  ];
}

/** Whether nothing is in a file in which whoever applies it looks for objects. */
function isEmptied({ path, objects, others, isReadable }: OutputFile): boolean {
  return /\.ya?ml$/.test(path) && !isKustomization(path) && isReadable && objects.length + others.length === 0;
}

/** As seen from where the folder is named. */
function beneath(path: RepoPath, diagnostic: LocatedDiagnostic): LocatedDiagnostic {
  const { at } = diagnostic;
  return at === undefined
    ? { ...diagnostic, message: `${path}: ${diagnostic.message}` }
    : { ...diagnostic, at: { ...at, file: `${path}/${at.file}` } };
}

/** Kubernetes reads what it applies loosely, whatever the kind. */
function outputFile(path: RepoPath, { text, mark }: FoundFile): OutputFile {
  if (!/\.(ya?ml|json)$/.test(path) && !isKustomization(path))
    return { path, text, objects: [], others: [], isReadable: true, isOurs: mark !== 'none' };
  const { documents, unread } = parseManifests(path, text, () => false);
  const all = documents.flatMap(objectsIn);
  const isObject = ({ body }: (typeof all)[number]) => missingPart(body) === undefined && !isKustomization(path);
  return {
    path,
    text,
    objects: all.filter(isObject),
    others: all.filter((one) => !isObject(one)).map(({ body }) => body),
    isReadable: unread.length === 0,
    isOurs: mark !== 'none',
  };
}

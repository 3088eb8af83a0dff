/**
 * One of the pages: whether a rendered folder is taken as it was rendered.
 *
 *   files ──load──▶ objects ──consume──▶ what kustomize, Argo CD and Flux load ──▶ findings
 *
 * Pure like the others: the loaders are not run, their rules are known.
 */
import { asRendered, plainFiles, renderedFolder } from './consume/diagnostics.ts';
import { isKustomization, type OutputFile } from './consume/output-folder.ts';
import { type Consumed, verifyFolder } from './consume/verify-folder.ts';
import { createLocator } from './document/locate.ts';
import { locateDiagnostics } from './document/locate-diagnostics.ts';
import { parseManifests } from './document/parse-manifests.ts';
import { missingPart, objectsIn } from './load/objects.ts';
import { type Diagnostic, diagnose, isError, type LocatedDiagnostic } from './model/diagnostic.ts';
import type { RepoPath } from './model/source.ts';

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
}

export interface VerifiedRendering {
  readonly path: RepoPath;
  readonly rendered: number;
  readonly consumed: readonly Consumed[];
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly ok: boolean;
}

/** Holds what is loaded of a folder against what was rendered into it. */
export function verifyRendered({ path, files, oddities }: FoundFolder): VerifiedRendering {
  const tree = new Map([...files].map(([name, file]) => [name, outputFile(name, file)]));
  const edited = [...files].filter(([, { mark }]) => mark === 'edited').map(([name]) => name);
  const isRendered = [...files.values()].some(({ mark }) => mark !== 'none');
  const verified = isRendered ? verifyFolder(tree) : undefined;
  const found: readonly Diagnostic[] = [
    ...(verified === undefined ? [diagnose(renderedFolder, { params: {} })] : verified.diagnostics),
    ...edited.map((file) => diagnose(asRendered, { params: {}, at: { file, start: 0, end: 0 } })),
    ...[...oddities].map(([name, kind]) => diagnose(plainFiles, { params: { path: `${path}/${name}`, kind } })),
  ];
  const texts = new Map([...files].map(([name, { text }]) => [name, text]));
  const diagnostics = locateDiagnostics(found, createLocator(texts)).map((one) => beneath(path, one));
  return { path, rendered: verified?.rendered ?? 0, consumed: verified?.consumed ?? [], diagnostics, ok: !found.some(isError) };
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

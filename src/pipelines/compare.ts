/**
 * The third page: how two meshes are compared.
 *
 *   mesh before ──┬──diff──▶ objects that changed ──simulate──▶ places they can reach, their routes ──diff──▶ classes of requests
 *   mesh after  ──┘
 *
 * What no changed object can reach has the same routes before and after, and costs nothing. A pure function, as the other pages are.
 */

import { alignedManifests, alignedObject } from '../diff/align-namespaces.ts';
import { type ComparedFiles, compareObjects, formattingOnly, notSimulated } from '../diff/compare-objects.ts';
import { compareTraffic } from '../diff/compare-traffic.ts';
import { bodiesOf, byFile } from '../diff/manifests-by-file.ts';
import { createLocator } from '../document/locate.ts';
import { locateDiagnostics } from '../document/locate-diagnostics.ts';
import { plainLinesOf } from '../document/plain-lines-of.ts';
import { printYaml } from '../document/print.ts';
import type { LaidOutFolder } from '../emit/lay-out.ts';
import { passThrough } from '../expand/pass-through.ts';
import { loadManifests } from '../load/manifests.ts';
import { environmentMesh, type Mesh } from '../mesh/mesh.ts';
import type { LocatedDiagnostic } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { type JsonObject, sameJson } from '../model/json.ts';
import { type Manifest, manifestId } from '../model/manifest.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { type FileTree, isSpan, type Place, type RepoPath } from '../model/source.ts';
import type { Comparison, SourceLine } from '../model/traffic-diff.ts';
import { placesOf } from '../simulate/places.ts';
import { routeListAt } from '../simulate/route-lists.ts';
import { sourcesOf } from '../simulate/sources.ts';
import { touchedPlaces } from '../simulate/touched-places.ts';
import { type CheckOptions, readMesh } from './check-manifests.ts';

/** One side of a comparison. */
export interface ComparedMesh {
  readonly mesh: Mesh;
  readonly manifests: readonly Manifest[];
  readonly files?: ComparedFiles;
}

/** A compiled environment, as far as it is compared. */
export interface ComparedEnvironment {
  readonly loaded: LoadedEnvironment;
  readonly manifests: readonly Manifest[];
  readonly folders: readonly LaidOutFolder[];
  readonly files: FileTree;
}

/** A folder of manifests; `root` is what its paths begin with, so that files of two folders are told to be the same. */
export interface ComparedFolder {
  readonly tree: FileTree;
  readonly root: string;
}

/** No comparison where a side could not be read. */
export interface ComparedTrees {
  readonly comparison?: Comparison;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/** The texts that places of the mesh before are lines of, where they are other texts at the same paths: those of another commit. */
export interface EarlierSources {
  readonly tree: FileTree;
  /** Of the commit, as people know it: lines are told as 'main:environments/prod/reviews.yaml:3'. */
  readonly name: string;
}

/** What changes for requests, and for objects, from one mesh to the other. `sources` are the texts that places are lines of. */
export function compareMeshes(
  before: ComparedMesh,
  after: ComparedMesh,
  sources: FileTree = new Map(),
  earlier?: EarlierSources,
): Comparison {
  const changes = compareObjects(before.manifests, after.manifests);
  const lineNow = linesIn(sources);
  const lineThen = earlier === undefined ? lineNow : linesIn(earlier.tree, `${earlier.name}:`);
  const changed = {
    before: onlyIn(before.manifests, after.manifests),
    after: onlyIn(after.manifests, before.manifests),
    operations: new Map(changes.map(({ id, operations }) => [id, operations])),
    lineOf: (place: Place, side: 'before' | 'after') => (side === 'before' ? lineThen : lineNow)(place),
  };
  const tables = [sourcesIn(before.mesh), sourcesIn(after.mesh)] as const;
  const touched = touchedPlaces(...tables, new Set([...changed.before.values(), ...changed.after.values()]));
  const places = placesOf(tables, touched).map((place) => ({
    place,
    before: routeListAt(place, tables[0]),
    after: routeListAt(place, tables[1]),
  }));
  return {
    traffic: compareTraffic(places, changed),
    changes,
    formatting: before.files === undefined || after.files === undefined ? [] : formattingOnly(before.files, after.files),
    notSimulated: notSimulated(changed.before.values(), changed.after.values()),
    assumptions: [...new Set(places.flatMap((one) => [...one.before.assumptions, ...one.after.assumptions]))],
  };
}

/** Two folders of anyone's manifests, as meshes of the same kind. */
export function compareFolders(before: ComparedFolder, after: ComparedFolder, given: CheckOptions = {}): ComparedTrees {
  const sides = [before, after].map(({ tree, root }) => ({ tree, root, read: readMesh(tree, given) }));
  const sources = new Map([...before.tree, ...after.tree]);
  const diagnostics = locateDiagnostics(
    sides.flatMap(({ read }) => read.findings),
    createLocator(sources),
  );
  const [old, young] = sides.map(({ tree, root, read }): ComparedMesh => {
    const inner = (path: RepoPath) => (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path);
    const texts = new Map([...tree].map(([path, text]) => [inner(path), text]));
    return { mesh: read.mesh, manifests: read.all, files: { texts, objects: bodiesOf(byFile(read.all, inner)) } };
  });
  if (old === undefined || young === undefined || sides.some(({ read }) => !read.isWhole)) return { diagnostics };
  return { comparison: compareMeshes(old, young, sources), diagnostics };
}

/** Two environments; that their home namespaces have different names is no difference. */
export function compareEnvironments(before: ComparedEnvironment, after: ComparedEnvironment, sources: FileTree): Comparison {
  const to = after.loaded.environment.namespace;
  const from = before.loaded.environment.namespace;
  const young: ComparedMesh = { mesh: meshOf(after.loaded, after.manifests), manifests: after.manifests };
  if (from === undefined || to === undefined || from === to)
    return compareMeshes({ mesh: meshOf(before.loaded, before.manifests), manifests: before.manifests }, young, sources);
  const { environment, registry } = before.loaded;
  const loaded: LoadedEnvironment = {
    ...before.loaded,
    environment: { ...environment, namespace: to },
    registry: { ...registry, objects: registry.objects.map((object) => alignedObject(object, from, to)) },
  };
  const manifests = alignedManifests(before.manifests, from, to);
  return { ...compareMeshes({ mesh: meshOf(loaded, manifests), manifests }, young, sources), namespaces: { before: from, after: to } };
}

/** One environment as two commits have it: a home namespace with another name is a change like any other. */
export function compareVersions(
  before: ComparedEnvironment,
  after: ComparedEnvironment,
  sources: FileTree,
  earlier: EarlierSources,
): Comparison {
  const meshed = ({ loaded, manifests }: ComparedEnvironment): ComparedMesh => ({ mesh: meshOf(loaded, manifests), manifests });
  return compareMeshes(meshed(before), meshed(after), sources, earlier);
}

/**
 * What stands rendered, by path beneath the environment's output folder, and what a render would write. A file that would be written just
 * so holds the objects that are printed there: only the others are read.
 */
export function compareWithRendered(rendered: FileTree, after: ComparedEnvironment, sources: FileTree): ComparedTrees {
  const printed = new Map(
    after.folders.flatMap(({ folder, files }) =>
      files.map(({ path, manifests: own }): [RepoPath, readonly Manifest[]] => [folder === '' ? path : `${folder}/${path}`, own]),
    ),
  );
  const isPrinted = (path: RepoPath, text: string) => printed.has(path) && after.files.get(path) === text;
  const read = loadManifests(new Map([...rendered].filter(([path, text]) => !isPrinted(path, text))));
  if (read.value === undefined) return { diagnostics: locateDiagnostics(read.diagnostics, createLocator(rendered)) };
  const others = byFile(
    passThrough(read.value.objects, (file) => file),
    (path) => path,
  );
  const standing = [...rendered].map(([path, text]): [RepoPath, readonly Manifest[]] => [
    path,
    (isPrinted(path, text) ? printed : others).get(path) ?? [],
  ]);
  const manifests = standing.flatMap(([, own]) => own);
  const before: ComparedMesh = {
    mesh: meshOf(after.loaded, manifests),
    manifests,
    files: { texts: rendered, objects: bodiesOf(standing) },
  };
  const young: ComparedMesh = {
    mesh: meshOf(after.loaded, after.manifests),
    manifests: after.manifests,
    files: { texts: after.files, objects: bodiesOf(printed) },
  };
  return { comparison: compareMeshes(before, young, sources), diagnostics: [] };
}

/** An object as a render would print it. */
export function printedObject(body: JsonObject): string {
  return printYaml(body);
}

/** The same mesh for the same lists: what is compared with its successor was itself one before. */
function meshOf(loaded: LoadedEnvironment, manifests: readonly Manifest[]): Mesh {
  return meshesOf(loaded)(manifests);
}

const meshesOf = rememberedFor((loaded: LoadedEnvironment) =>
  rememberedFor((manifests: readonly Manifest[]) => environmentMesh(loaded, manifests, new Set())),
);
const sourcesIn = rememberedFor(sourcesOf);

/** Objects that the others do not have just so, by title. */
function onlyIn(manifests: readonly Manifest[], others: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  const known = new Map(others.map((manifest) => [manifestId(manifest), manifest]));
  return new Map(
    manifests.flatMap((manifest) => {
      const id = manifestId(manifest);
      return sameJson(known.get(id)?.body, manifest.body) ? [] : [[id, manifest]];
    }),
  );
}

function linesIn(sources: FileTree, prefix = ''): (place: Place) => SourceLine | undefined {
  const locate = createLocator(sources);
  const known = new Map<RepoPath, ReturnType<typeof plainLinesOf>>();
  const plainLines = (file: RepoPath): ReturnType<typeof plainLinesOf> => {
    if (!known.has(file)) known.set(file, plainLinesOf(sources.get(file) ?? ''));
    return known.get(file);
  };
  return (place) => {
    const line = isSpan(place) ? undefined : plainLines(place.file)?.(place);
    if (line !== undefined) return { file: `${prefix}${place.file}`, line };
    const span = locate(place);
    const text = span === undefined ? undefined : sources.get(span.file);
    if (span === undefined || text === undefined) return undefined;
    return { file: `${prefix}${span.file}`, line: text.slice(0, span.start).split('\n').length };
  };
}

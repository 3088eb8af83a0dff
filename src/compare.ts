/**
 * The third page: how two meshes are compared.
 *
 *   mesh before ──┬──diff──▶ objects that changed ──simulate──▶ places they can reach, their routes ──diff──▶ classes of requests
 *   mesh after  ──┘
 *
 * What no changed object can reach has the same routes before and after, and costs nothing. A pure function, as the other pages are.
 */
import { type CheckOptions, readMesh } from './check-manifests.ts';
import { alignedManifests, alignedObject } from './diff/align-namespaces.ts';
import { type ComparedFiles, compareObjects, formattingOnly, notSimulated } from './diff/compare-objects.ts';
import { compareTraffic } from './diff/compare-traffic.ts';
import { createLocator } from './document/locate.ts';
import { locateDiagnostics } from './document/locate-diagnostics.ts';
import { plainLine } from './document/plain-line.ts';
import { printYaml } from './document/print.ts';
import type { LaidOutFolder } from './emit/lay-out.ts';
import { passThrough } from './expand/pass-through.ts';
import { loadManifests } from './load/manifests.ts';
import { environmentMesh, type Mesh } from './mesh/mesh.ts';
import type { LocatedDiagnostic } from './model/diagnostic.ts';
import type { LoadedEnvironment } from './model/environment.ts';
import { type JsonObject, sameJson } from './model/json.ts';
import { type Manifest, manifestId } from './model/manifest.ts';
import { type FileTree, isSpan, type Place, type RepoPath } from './model/source.ts';
import type { Comparison, SourceLine } from './model/traffic-diff.ts';
import { placesOf } from './simulate/places.ts';
import { routeListAt } from './simulate/route-lists.ts';
import { sourcesOf } from './simulate/sources.ts';
import { touchedPlaces } from './simulate/touched-places.ts';

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

/** What changes for requests, and for objects, from one mesh to the other. `sources` are the texts that places are lines of. */
export function compareMeshes(before: ComparedMesh, after: ComparedMesh, sources: FileTree = new Map()): Comparison {
  const changes = compareObjects(before.manifests, after.manifests);
  const changed = {
    before: onlyIn(before.manifests, after.manifests),
    after: onlyIn(after.manifests, before.manifests),
    operations: new Map(changes.map(({ id, operations }) => [id, operations])),
    lineOf: linesIn(sources),
  };
  const tables = [sourcesOf(before.mesh), sourcesOf(after.mesh)] as const;
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
    notSimulated: notSimulated([...changed.before.values(), ...changed.after.values()]),
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
    return { mesh: read.mesh, manifests: read.all, files: { texts, objects: objectsByFile(read.all, inner) } };
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

/** What stands rendered, by path beneath the environment's output folder, and what a render would write. */
export function compareWithRendered(rendered: FileTree, after: ComparedEnvironment, sources: FileTree): ComparedTrees {
  const read = loadManifests(rendered);
  if (read.value === undefined) return { diagnostics: locateDiagnostics(read.diagnostics, createLocator(rendered)) };
  const manifests = passThrough(read.value.objects, (file) => file);
  const inFiles = after.folders.flatMap(({ folder, files }) =>
    files.map(({ path, manifests: own }): [RepoPath, readonly JsonObject[]] => [
      folder === '' ? path : `${folder}/${path}`,
      own.map(({ body }) => body),
    ]),
  );
  const before: ComparedMesh = {
    mesh: meshOf(after.loaded, manifests),
    manifests,
    files: { texts: rendered, objects: objectsByFile(manifests, (path) => path) },
  };
  const young: ComparedMesh = {
    mesh: meshOf(after.loaded, after.manifests),
    manifests: after.manifests,
    files: { texts: after.files, objects: new Map(inFiles) },
  };
  return { comparison: compareMeshes(before, young, sources), diagnostics: [] };
}

/** An object as a render would print it. */
export function printedObject(body: JsonObject): string {
  return printYaml(body);
}

function meshOf(loaded: LoadedEnvironment, manifests: readonly Manifest[]): Mesh {
  return environmentMesh(loaded, manifests, new Set());
}

function objectsByFile(manifests: readonly Manifest[], inner: (path: RepoPath) => RepoPath): ReadonlyMap<RepoPath, readonly JsonObject[]> {
  const files = new Map<RepoPath, JsonObject[]>();
  for (const { body, owner } of manifests) {
    const path = inner(owner.origin.at?.file ?? '');
    const known = files.get(path);
    if (known === undefined) files.set(path, [body]);
    else known.push(body);
  }
  return files;
}

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

function linesIn(sources: FileTree): (place: Place) => SourceLine | undefined {
  const locate = createLocator(sources);
  return (place) => {
    const inText = isSpan(place) ? undefined : sources.get(place.file);
    const line = isSpan(place) || inText === undefined ? undefined : plainLine(inText, place);
    if (line !== undefined) return { file: place.file, line };
    const span = locate(place);
    const text = span === undefined ? undefined : sources.get(span.file);
    if (span === undefined || text === undefined) return undefined;
    return { file: span.file, line: text.slice(0, span.start).split('\n').length };
  };
}

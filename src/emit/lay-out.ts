import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { Environment } from '../model/environment.ts';
import { originOf } from '../model/intent.ts';
import { type Manifest, manifestId, originAt } from '../model/manifest.ts';
import { byCodePoint } from '../model/names.ts';
import { outputPathFault } from '../model/path-rules.ts';
import { type Result, result } from '../model/result.ts';
import type { RepoPath } from '../model/source.ts';
import { legalFileName, oneObjectPerName, oneOwnerPerFile, shardWithinBudget } from './diagnostics.ts';
import { shardFolder, shardFolders } from './shard.ts';

/** A file of the rendered folder: its objects in order. */
export interface LaidOutFile {
  readonly path: RepoPath;
  readonly manifests: readonly Manifest[];
}

/** A folder with a kustomization of its own: the root, or one shard. */
export interface LaidOutFolder {
  /** '' for the root, 'shard-0' … for shards. */
  readonly folder: string;
  readonly files: readonly LaidOutFile[];
}

/** More objects than this in one kustomization make kustomize slow: its build grows with the square of their number. */
export const objectsPerKustomization = 200;

/**
 * Which object goes to which file: by the environment's layout, a pure function of the object's owner and name.
 * Every shard has its folder, even one that no object falls to: whoever applies it must find it.
 */
export function layOut(
  environment: Environment,
  manifests: readonly Manifest[],
  shards: number = environment.shards,
): Result<readonly LaidOutFolder[]> {
  const diagnostics: Diagnostic[] = [...duplicateObjects(manifests)];
  const folders = new Map(shardFolders(shards).map((folder) => [folder, new Map<RepoPath, Manifest[]>()]));
  for (const manifest of manifests) {
    const folder = shardFolder(manifest, shards);
    const path = pathOf(environment, manifest);
    const files = entry(folders, folder, () => new Map<RepoPath, Manifest[]>());
    const file = entry(files, path, (): Manifest[] => []);
    const reason = file.length === 0 ? outputPathFault(path) : undefined;
    if (reason !== undefined) {
      const at = environment.layout === 'by-kind' ? nameAt(manifest) : manifest.owner.origin.at;
      diagnostics.push(diagnose(legalFileName, { params: { path, reason }, at }));
    }
    const stranger =
      environment.layout === 'by-intent'
        ? file.find(({ owner }) => owner.kind !== manifest.owner.kind || owner.name !== manifest.owner.name)
        : undefined;
    if (stranger !== undefined) diagnostics.push(sharedFile(path, manifest, stranger));
    file.push(manifest);
  }
  const laidOut = [...folders].sort(([a], [b]) => byCodePoint(a, b)).map(([folder, files]) => ({ folder, files: sortedFiles(files) }));
  for (const { folder, files } of laidOut) {
    const count = files.reduce((sum, file) => sum + file.manifests.length, 0);
    if (count > objectsPerKustomization) {
      const params = { folder, count, budget: objectsPerKustomization };
      diagnostics.push(
        diagnose(shardWithinBudget, { params, at: originOf(environment, '/shards').at ?? originOf(environment, '/istio').at }),
      );
    }
  }
  return result(laidOut, diagnostics);
}

function pathOf({ layout }: Environment, manifest: Manifest): RepoPath {
  const { owner, kind, name, namespace } = manifest;
  switch (layout) {
    case 'single':
      return 'all.yaml';
    case 'by-kind':
      return `${kind}/${namespace === undefined ? '' : `${namespace}.`}${name}.yaml`;
    case 'by-intent':
      return `${owner.kind}/${owner.namespace === undefined ? '' : `${owner.namespace}.`}${owner.name.replaceAll('/', '.')}.yaml`;
  }
}

function sortedFiles(files: ReadonlyMap<RepoPath, readonly Manifest[]>): readonly LaidOutFile[] {
  return [...files].sort(([a], [b]) => byCodePoint(a, b)).map(([path, manifests]) => ({ path, manifests }));
}

/** Two objects of one kind and name in one namespace are one object to the cluster: the later apply wins. */
function duplicateObjects(manifests: readonly Manifest[]): readonly Diagnostic[] {
  const seen = new Map<string, Manifest>();
  return manifests.flatMap((manifest) => {
    const group = manifest.apiVersion.split('/')[0] ?? '';
    const key = `${group} ${manifestId(manifest)}`;
    const first = seen.get(key);
    seen.set(key, first ?? manifest);
    if (first === undefined) return [];
    const other = nameAt(first);
    const related = other === undefined ? [] : [{ message: 'the other one is named here', at: other }];
    return [diagnose(oneObjectPerName, { params: { id: manifestId(manifest) }, at: nameAt(manifest), related })];
  });
}

/** The words that name an object, or else the intent that asks for it. */
function nameAt({ provenance, owner }: Manifest) {
  return originAt(provenance, '/metadata/name')?.at ?? owner.origin.at;
}

function sharedFile(path: RepoPath, manifest: Manifest, stranger: Manifest): Diagnostic {
  const related = stranger.owner.origin.at === undefined ? [] : [{ message: 'the other one', at: stranger.owner.origin.at }];
  return diagnose(oneOwnerPerFile, { params: { path }, at: manifest.owner.origin.at, related });
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

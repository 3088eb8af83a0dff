import { isList, type JsonObject } from '../model/json.ts';
import type { RepoPath } from '../model/source.ts';
import {
  type Build,
  type BuildFault,
  joined,
  kustomizationsIn,
  type OutputFile,
  type OutputFolder,
  repeatedObjects,
  type TakenObject,
  takenFrom,
} from './output-folder.ts';

/** Words by which a kustomization only lists: all others rewrite what it lists, or bring in more. */
const listing = new Set(['apiVersion', 'kind', 'resources', 'metadata']);

/**
 * What `kubectl kustomize` loads of a folder; Argo CD and Flux do the same where the folder has a kustomization.
 * As sigs.k8s.io/kustomize/api does (internal/target/kustarget.go, resmap/reswrangler.go): a listed file that is missing, an object
 * twice or a document that is no object stop the build; a file that no list names is passed over without a word.
 */
export function kustomizeBuild(tree: OutputFolder, folder: RepoPath): Build {
  const faults: BuildFault[] = [];
  const objects = loadFolder(tree, folder, faults, new Set());
  faults.push(...repeatedObjects(objects));
  return { objects, faults };
}

function loadFolder(tree: OutputFolder, folder: RepoPath, faults: BuildFault[], open: Set<RepoPath>): readonly TakenObject[] {
  const [file, second] = kustomizationsIn(tree, folder);
  if (file === undefined) {
    faults.push({ file: joined(folder, 'kustomization.yaml'), reason: 'it is missing' });
    return [];
  }
  if (second !== undefined)
    faults.push({ file: second.path, reason: `\`${file.path}\` stands beside it, and a folder may have one kustomization` });
  const words = kustomizationOf(file);
  if (words === undefined || !file.isReadable) {
    faults.push({ file: file.path, reason: 'it can not be read as one kustomization' });
    return [];
  }
  for (const word of Object.keys(words).filter((key) => !listing.has(key)))
    faults.push({ file: file.path, reason: `its \`${word}\` changes objects after they were proven` });
  const { resources } = words;
  const paths = isList(resources) ? resources.filter((path) => typeof path === 'string') : [];
  return paths.flatMap((path) => loadResource(tree, file, folder, path, faults, new Set([...open, folder])));
}

function loadResource(
  tree: OutputFolder,
  list: OutputFile,
  folder: RepoPath,
  path: string,
  faults: BuildFault[],
  open: Set<RepoPath>,
): readonly TakenObject[] {
  const place = inside(folder, path);
  if (place === undefined) {
    faults.push({ file: list.path, reason: `it lists \`${path}\`, which lies outside the rendered folder` });
    return [];
  }
  const file = tree.get(place);
  if (file !== undefined) {
    if (!file.isReadable) faults.push({ file: place, reason: 'it is no YAML that can be read' });
    if (file.others.length > 0) faults.push({ file: place, reason: 'it holds a document that is no Kubernetes object' });
    return takenFrom(file);
  }
  if (open.has(place)) {
    faults.push({ file: list.path, reason: `it lists \`${path}\`, which leads back to itself` });
    return [];
  }
  if (kustomizationsIn(tree, place).length > 0) return loadFolder(tree, place, faults, open);
  faults.push({ file: list.path, reason: `it lists \`${path}\`, which is not there` });
  return [];
}

/** The one document of a kustomization. */
export function kustomizationOf({ others, objects }: OutputFile): JsonObject | undefined {
  const all = [...others, ...objects.map(({ body }) => body)];
  return all.length === 1 ? all[0] : undefined;
}

/** The path that a list in a folder names, beneath the root; undefined for what lies elsewhere. */
function inside(folder: RepoPath, path: string): RepoPath | undefined {
  if (path.startsWith('/') || path.includes('://')) return undefined;
  const names = folder === '' ? [] : folder.split('/');
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) return undefined;
  }
  return names.join('/');
}

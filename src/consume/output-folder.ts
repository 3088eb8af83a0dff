import type { PassedManifest } from '../model/environment.ts';
import { isObject, type JsonObject, objectOr } from '../model/json.ts';
import type { Address, RepoPath } from '../model/source.ts';

/** A file of a rendered folder, as whoever applies it finds it. */
export interface OutputFile {
  readonly path: RepoPath;
  readonly text: string;
  /** Kubernetes objects, items of Lists one by one; a kustomization is none. */
  readonly objects: readonly PassedManifest[];
  /** Documents that are YAML and no objects. */
  readonly others: readonly JsonObject[];
  /** Whether all of it is YAML. */
  readonly isReadable: boolean;
  /** Whether Mainsheet wrote it. */
  readonly isOurs: boolean;
}

/** A rendered folder by path beneath it. */
export type OutputFolder = ReadonlyMap<RepoPath, OutputFile>;

/** An object in a file, as a build takes it up. */
export interface TakenObject {
  /** 'networking.istio.io VirtualService bookinfo/reviews': what a cluster tells objects apart by. */
  readonly id: string;
  readonly file: RepoPath;
  readonly object: PassedManifest;
}

/** What one consumer makes of a folder. */
export interface Build {
  readonly objects: readonly TakenObject[];
  readonly faults: readonly BuildFault[];
}

/** Why a build stops, or quietly does something else. */
export interface BuildFault {
  readonly file: RepoPath;
  readonly reason: string;
}

export function takenFrom(file: OutputFile): readonly TakenObject[] {
  return file.objects.map((object) => ({ id: idOf(object.body), file: file.path, object }));
}

/** The line that says what it is. */
export function placeOf({ object: { file, document, pointer } }: TakenObject): Address {
  return { file, document, pointer: `${pointer}/kind` };
}

export function idOf(body: JsonObject): string {
  const { apiVersion, kind } = body;
  const { name, namespace } = objectOr(body.metadata);
  const group = typeof apiVersion === 'string' && apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
  const place = typeof namespace === 'string' ? `${namespace}/${String(name)}` : String(name);
  return [group, String(kind), place].filter((part) => part !== '').join(' ');
}

/** The names under which kustomize looks for its file, in its order. */
const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** The kustomizations of a folder of the tree ('' is the root): more than one is an error to kustomize. */
export function kustomizationsIn(tree: OutputFolder, folder: RepoPath): readonly OutputFile[] {
  return kustomizationNames.flatMap((name) => tree.get(joined(folder, name)) ?? []);
}

/** Objects that a build takes up more than once. */
export function repeatedObjects(objects: readonly TakenObject[]): readonly BuildFault[] {
  const seen = new Map<string, TakenObject>();
  return objects.flatMap((taken): readonly BuildFault[] => {
    const first = seen.get(taken.id);
    if (first === undefined) seen.set(taken.id, taken);
    return first === undefined ? [] : [{ file: taken.file, reason: `it holds ${taken.id} again, after \`${first.file}\`` }];
  });
}

export function isKustomization(path: RepoPath): boolean {
  return kustomizationNames.some((name) => path === name || path.endsWith(`/${name}`));
}

export function joined(folder: RepoPath, name: string): RepoPath {
  return folder === '' ? name : `${folder}/${name}`;
}

/** What stands in an object that holds `key: value` pairs of texts, such as annotations. */
export function textAt(body: JsonObject, field: 'annotations' | 'labels', key: string): string | undefined {
  const map = objectOr(body.metadata)[field];
  const value = isObject(map) ? map[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

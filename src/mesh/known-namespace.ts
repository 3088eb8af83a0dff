import type { Mesh } from './mesh.ts';
import type { MeshObject } from './mesh-object.ts';

/** Where an object lives, as far as anyone says so; a manifest without a namespace goes where whoever applies it decides. */
export function knownNamespace({ manifest }: MeshObject, { environment }: Pick<Mesh, 'environment'>): string | undefined {
  return manifest.namespace || environment.namespace;
}

/** Whether anyone says where an object lives. What does not say it may belong together with what does. */
export function isPlaced(object: MeshObject, mesh: Pick<Mesh, 'environment'>): boolean {
  return knownNamespace(object, mesh) !== undefined;
}

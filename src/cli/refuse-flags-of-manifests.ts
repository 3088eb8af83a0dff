import type { MeshFlags } from './arguments/mesh-flags.ts';
import { usageError } from './usage-error.ts';

/** Intents say these things themselves; a flag that is passed over would be believed. */
export function refuseFlagsOfManifests({ istio, namespace, crds }: MeshFlags & { readonly crds?: string }): void {
  if (istio !== undefined) refuse('--istio', 'intents are checked for the version that `istio:` of environment.yaml says');
  if (namespace !== undefined) refuse('--namespace', 'intents say their namespace themselves');
  if (crds !== undefined) refuse('--crds', 'write `--manifests PATH` with what `mainsheet render` wrote');
}

function refuse(flag: string, instead: string): never {
  throw usageError(`\`${flag}\` belongs to \`--manifests\`; ${instead}`);
}

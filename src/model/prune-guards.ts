import type { JsonObject } from './json.ts';

/** Argo CD: resource hooks, sync options; Flux: kustomize-controller, prune. Both leave an object alone that carries it. */
export const pruneGuards: JsonObject = {
  'argocd.argoproj.io/sync-options': 'Prune=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};

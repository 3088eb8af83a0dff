import type { Mesh } from '../../../mesh/mesh.ts';
import type { Workload } from '../../../mesh/workloads.ts';
import { type Server, serversOf } from './servers.ts';

/**
 * Names of the sorts of pods that get a server: pods of one sort get the same Gateways, so what those serve on a port meets there. Without
 * pods to look at, Gateways with the same selector meet (as in the simulator).
 */
export function podsServedBy(mesh: Mesh): (server: Server) => readonly string[] {
  const selectors = new Map(serversOf(mesh).map(({ selector, selectorKey }) => [selectorKey, selector]));
  const keysOfPods = new Map<Workload, string[]>();
  for (const [key, selector] of selectors) {
    if (Object.keys(selector).length === 0) continue;
    for (const pod of mesh.cluster.selected(selector)) keysOfPods.set(pod, [...(keysOfPods.get(pod) ?? []), key]);
  }
  const sorts = new Map<string, Set<string>>();
  for (const keys of keysOfPods.values()) {
    const sort = keys.join(' ');
    for (const key of keys) sorts.set(key, (sorts.get(key) ?? new Set()).add(sort));
  }
  return ({ selectorKey }) => [...(sorts.get(selectorKey) ?? [selectorKey])];
}

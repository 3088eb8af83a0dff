import type { KnownHost } from '../mesh/known-hosts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { JsonObject } from '../model/json.ts';

/** What is known of the labels of the pods behind a destination. */
export interface PodLabels {
  /** Those that all of them have. */
  readonly known: JsonObject;
  /** Whether they have no others. */
  readonly whole: boolean;
}

/** By the workloads that the input shows; else by the Service's selector, the intent and the subset. */
export function labelsAt(owners: readonly KnownHost[], subset: JsonObject, mesh: Mesh): PodLabels {
  const selector = owners.find((owner) => owner.selector !== undefined);
  const said = Object.assign({}, ...owners.map(({ podLabels }) => podLabels ?? {}), selector?.selector, subset);
  if (selector?.selector === undefined) return { known: said, whole: false };
  const pods = mesh.cluster.selected({ ...selector.selector, ...subset }, selector.namespace);
  const [first, ...others] = pods;
  if (first === undefined) return { known: said, whole: false };
  const shared = Object.entries(first.labels).filter(([key, value]) => others.every(({ labels }) => labels[key] === value));
  return {
    known: Object.fromEntries(shared),
    whole: shared.length === Object.keys(first.labels).length && others.every(({ labels }) => Object.keys(labels).length === shared.length),
  };
}

/** Whether a policy's selector takes pods with these labels; an empty one takes all. */
export function selectorTakes(selector: JsonObject, { known, whole }: PodLabels): 'yes' | 'no' | 'unknown' {
  const entries = Object.entries(selector);
  if (entries.some(([key, value]) => Object.hasOwn(known, key) && known[key] !== value)) return 'no';
  if (entries.every(([key]) => Object.hasOwn(known, key))) return 'yes';
  return whole ? 'no' : 'unknown';
}

/** The port that a Service's port leads to; undefined where nothing tells. */
export function podPort(owners: readonly KnownHost[], port: number, mesh: Mesh): number | undefined {
  const owner = owners.find(({ service }) => service !== undefined);
  const found = owner?.service?.ports.find(({ number }) => number === port);
  if (owner === undefined || found === undefined) return undefined;
  if (typeof found.targetPort === 'number') return found.targetPort;
  if (found.targetPort === undefined) return found.number;
  const pods = owner.selector === undefined ? [] : mesh.cluster.selected(owner.selector, owner.namespace);
  return pods.flatMap(({ ports }) => ports).find(({ name }) => name === found.targetPort)?.number;
}

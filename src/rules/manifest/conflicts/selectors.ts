import type { Cluster } from '../../../mesh/cluster.ts';
import { selects, type Workload } from '../../../mesh/workloads.ts';
import type { JsonObject } from '../../../model/json.ts';

/** What picks the workloads of an object. */
export interface Selecting {
  readonly selector: JsonObject;
  /** The selector's text, the same for the same labels. */
  readonly selectorKey: string;
}

/** Whether two selectors meet on one workload. */
export type Overlap = (a: Selecting, b: Selecting) => boolean;

/**
 * Exact where the input shows workloads for both; otherwise two selectors meet if one asks for all that the other asks for, as every
 * workload of the narrower one then has both. With a namespace only its workloads count.
 */
export function overlapIn(cluster: Cluster, namespace?: string): Overlap {
  const selected = new Map<string, ReadonlySet<Workload>>();
  const workloadsOf = ({ selector, selectorKey }: Selecting): ReadonlySet<Workload> => {
    const known = selected.get(selectorKey);
    if (known !== undefined) return known;
    const found = new Set(cluster.selected(selector, namespace));
    selected.set(selectorKey, found);
    return found;
  };
  return (a, b) => {
    if (a.selectorKey === b.selectorKey) return true;
    const [x, y] = [workloadsOf(a), workloadsOf(b)];
    if (x.size > 0 && y.size > 0) return [...x].some((workload) => y.has(workload));
    return selects(a.selector, b.selector) || selects(b.selector, a.selector);
  };
}

/** The same for objects that select within their own namespace alone. */
export function overlapInNamespaces(cluster: Cluster): (namespace: string) => Overlap {
  const known = new Map<string, Overlap>();
  return (namespace) => {
    const overlap = known.get(namespace) ?? overlapIn(cluster, namespace);
    known.set(namespace, overlap);
    return overlap;
  };
}

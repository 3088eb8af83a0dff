import type { SiteEnvironment, SiteIntent } from '../model/site.ts';

export interface Neighbour {
  readonly id: string;
  readonly kind: SiteIntent['kind'];
  readonly name: string;
}

export interface Neighbourhood {
  readonly nodes: readonly Neighbour[];
  /** Who calls whom, by id. */
  readonly edges: readonly (readonly [caller: string, callee: string])[];
  /** Of the one in the middle. */
  readonly callers: readonly Neighbour[];
  readonly callees: readonly Neighbour[];
  /** More would have been within reach. */
  readonly isCut: boolean;
}

/** More nodes than this make no picture. */
const mostNodes = 40;

/** Who calls a service and whom it calls, over two steps each way, as `dependsOn` and `expose` say it; nearer ones first. */
export function neighbourhood({ intents }: SiteEnvironment, id: string): Neighbourhood {
  const byId = new Map(intents.map((intent) => [intent.id, intent]));
  const named = intents.flatMap((intent) => [
    ...intent.calls.map((callee) => [intent.id, callee] as const),
    ...intent.gateways.map((gateway) => [gateway, intent.id] as const),
  ]);
  // Whoever calls itself needs no line.
  const edges = named.filter(([caller, callee]) => caller !== callee);
  const next = adjacency(edges);
  const previous = adjacency(edges.map(([caller, callee]) => [callee, caller]));
  const found = new Set([id]);
  let isCut = false;
  for (const direction of [previous, next]) {
    let front = [id];
    for (let step = 0; step < 2; step += 1) {
      const reached = front.flatMap((one) => [...(direction.get(one) ?? [])]).filter((one) => !found.has(one));
      front = [];
      for (const one of new Set(reached)) {
        if (found.size >= mostNodes) isCut = true;
        else {
          found.add(one);
          front.push(one);
        }
      }
    }
  }
  const neighbours = (ids: readonly string[]): readonly Neighbour[] =>
    ids.flatMap((one) => {
      const intent = byId.get(one);
      return intent === undefined ? [] : [{ id: one, kind: intent.kind, name: intent.name }];
    });
  return {
    nodes: neighbours([...found]),
    edges: edges.filter(([caller, callee]) => found.has(caller) && found.has(callee)),
    callers: neighbours([...(previous.get(id) ?? [])]),
    callees: neighbours([...(next.get(id) ?? [])]),
    isCut,
  };
}

function adjacency(edges: readonly (readonly [string, string])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [from, to] of edges) found.set(from, (found.get(from) ?? new Set()).add(to));
  return found;
}

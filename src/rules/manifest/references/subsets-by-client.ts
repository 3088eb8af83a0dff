import { destinationRuleLookup, elsewhere } from '../../../mesh/destination-rule-lookup.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { type Binding, bindingsIn, clientsOf } from '../../../mesh/virtual-service-clients.ts';
import { isSeenFrom } from '../../../mesh/visibility.ts';
import { isObject, listOr } from '../../../model/json.ts';
import { rememberedByReads } from '../../../model/recorded-reads.ts';
import { rememberedFor } from '../../../model/remembered-for.ts';
import { destinationsIn, homesOf, type NamedDestination, ownersOf } from './each-destination.ts';

/** A destination's subset as those see it who follow the route. */
export interface SubsetUse extends NamedDestination {
  readonly subset: string;
  /** The namespaces of the host. */
  readonly homes: readonly string[];
  /** Namespaces of clients, `elsewhere` for those that nothing names, with the rules that decide for them. */
  readonly clients: readonly SubsetClient[];
  /** Whether the input shows the rules of the namespaces in which Istio looks. */
  readonly shown: boolean;
}

export interface SubsetClient {
  readonly namespace: string;
  readonly rules: readonly MeshObject[];
  readonly finds: boolean;
  /** Whether there are such clients at all: of gateway pods that the input does not show, nobody knows where they are. */
  readonly certain: boolean;
}

/** Every destination of an object with a subset; one whose host the input shows not to be there is left to those who speak of hosts. */
export const subsetUses = rememberedByReads((object: MeshObject, mesh: Mesh): readonly SubsetUse[] => {
  const looked = new Map<string, HostClients>();
  return destinationsIn(object, mesh).flatMap((named): readonly SubsetUse[] => {
    const { part, written } = named;
    const { subset } = part.destination;
    if (typeof subset !== 'string' || subset === '' || mesh.hosts.find(written, object.namespace).known === 'no') return [];
    const { homes, shown, clients } = looked.get(written) ?? hostClients(mesh, named);
    looked.set(written, { homes, shown, clients });
    return [{ ...named, subset, homes, shown, clients: clients.map((client) => ({ ...client, finds: declares(client.rules, subset) })) }];
  });
});

interface HostClients {
  readonly homes: readonly string[];
  readonly shown: boolean;
  readonly clients: readonly Omit<SubsetClient, 'finds'>[];
}

function hostClients(mesh: Mesh, { object, written, host }: NamedDestination): HostClients {
  const lookup = destinationRuleLookup(mesh);
  const owners = ownersOf(mesh, written, object.namespace);
  const homes = homesOf(mesh, host, owners);
  const seen = (namespace: string) => owners.length === 0 || owners.some(({ audience }) => isSeenFrom(audience, namespace));
  const namespaces = [...clientNamespaces(mesh, object, bindingsIn(mesh)(object), homes)].filter(([namespace]) => seen(namespace));
  return {
    homes,
    // Services alone tell nothing: they are shown for their ports, and their rules are kept by those who own them.
    shown: owners.some(({ from }) => from !== 'Service') || homes.some((home) => home === object.namespace || lookup.shows(home)),
    clients: namespaces.map(([namespace, certain]) => ({ namespace, certain, rules: lookup.find(host, homes, namespace)?.rules ?? [] })),
  };
}

/** Each namespace, and whether it is certain that clients are there. */
function clientNamespaces(
  mesh: Mesh,
  object: MeshObject,
  bindings: readonly Binding[],
  homes: readonly string[],
): ReadonlyMap<string, boolean> {
  if (bindings.length === 0) return new Map([object.namespace, ...homes, elsewhere].map((namespace) => [namespace, false]));
  const found = new Map<string, boolean>();
  for (const binding of bindings) {
    const { namespaces, others } = clientsOf(mesh, binding);
    for (const namespace of namespaces) found.set(namespace, true);
    const everyone = binding.gateways.includes('mesh') && binding.audience === 'everyone';
    for (const namespace of others ? [...homes, elsewhere] : []) found.set(namespace, everyone || found.get(namespace) === true);
  }
  return found;
}

/** The names of a DestinationRule's subsets. */
export const subsetNames = rememberedFor(
  ({ spec }: MeshObject): ReadonlySet<string> =>
    new Set(listOr(spec.subsets).flatMap((subset) => (isObject(subset) ? [String(subset.name)] : []))),
);

/** Whether one of some rules declares a subset. */
export function declares(rules: readonly MeshObject[], subset: string): boolean {
  return rules.some((rule) => subsetNames(rule).has(subset));
}

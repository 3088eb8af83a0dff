import { type DestinationRuleLookup, destinationRuleLookup, elsewhere } from '../../../mesh/destination-rule-lookup.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { type Binding, bindingsIn, clientsOf } from '../../../mesh/virtual-service-clients.ts';
import { isSeenFrom } from '../../../mesh/visibility.ts';
import { isObject, listOr } from '../../../model/json.ts';
import { eachDestination, homesOf, type NamedDestination, ownersOf } from './each-destination.ts';

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

/** Every destination with a subset, for a mesh; one whose host the input shows not to be there is left to those who speak of hosts. */
export function subsetUses(mesh: Mesh, lookup: DestinationRuleLookup = destinationRuleLookup(mesh)): readonly SubsetUse[] {
  const bindings = bindingsIn(mesh);
  return eachDestination(mesh).flatMap((named): readonly SubsetUse[] => {
    const { object, part, written, host } = named;
    const { subset } = part.destination;
    if (typeof subset !== 'string' || subset === '' || mesh.hosts.find(written, object.namespace).known === 'no') return [];
    const owners = ownersOf(mesh, written, object.namespace);
    const homes = homesOf(mesh, host, owners);
    const seen = (namespace: string) => owners.length === 0 || owners.some(({ audience }) => isSeenFrom(audience, namespace));
    const namespaces = [...clientNamespaces(mesh, object, bindings(object), homes)].filter(([namespace]) => seen(namespace));
    const clients = namespaces.map(([namespace, certain]): SubsetClient => {
      const rules = lookup.find(host, homes, namespace)?.rules ?? [];
      return { namespace, rules, finds: rules.some((rule) => subsetNames(rule).includes(subset)), certain };
    });
    const shown = homes.some(
      (home) =>
        home === object.namespace ||
        lookup.shows(home) ||
        mesh.cluster.knows('services', home) ||
        owners.some(({ from, namespace }) => from !== 'Service' && namespace === home),
    );
    return [{ ...named, subset, homes, clients, shown }];
  });
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
export function subsetNames({ spec }: MeshObject): readonly string[] {
  return listOr(spec.subsets).flatMap((subset) => (isObject(subset) ? [String(subset.name)] : []));
}

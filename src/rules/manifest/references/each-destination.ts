import { namespaceOfHost } from '../../../istio/host.ts';
import { type DestinationPart, destinationsOf } from '../../../istio/virtual-service-parts.ts';
import type { KnownHost } from '../../../mesh/known-hosts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { rememberedByReads } from '../../../model/recorded-reads.ts';

/** A destination or mirror with the host that it names. */
export interface NamedDestination {
  readonly object: MeshObject;
  readonly part: DestinationPart;
  /** As the object spells it. */
  readonly written: string;
  /** Fully qualified. */
  readonly host: string;
}

/** Every destination and mirror of an object's http, tls and tcp routes whose host is named. */
export const destinationsIn = rememberedByReads((object: MeshObject, mesh: Mesh): readonly NamedDestination[] =>
  destinationsOf(object.spec).flatMap((part): readonly NamedDestination[] => {
    const { host } = part.destination;
    return typeof host === 'string' ? [{ object, part, written: host, host: mesh.hosts.qualified(host, object.namespace) }] : [];
  }),
);

/** Those of all objects, in their order. */
export function eachDestination(mesh: Mesh): readonly NamedDestination[] {
  return mesh
    .ofKind('VirtualService')
    .filter(({ wellFormed }) => wellFormed)
    .flatMap((object) => destinationsIn(object, mesh));
}

/** 'leads to' or 'mirrors to', as messages say it. */
export function verbOf({ as }: DestinationPart): string {
  return as === 'mirror' ? 'mirrors to' : 'leads to';
}

/** Everything that goes by the name, as an object in `namespace` spells it; none where it is not known. */
export function ownersOf(mesh: Mesh, written: string, namespace: string): readonly KnownHost[] {
  const answer = mesh.hosts.find(written, namespace);
  return answer.known === 'yes' ? answer.hosts : [];
}

/** The namespaces that a host belongs to: of what goes by the name, else the one that the name itself says. */
export function homesOf(mesh: Mesh, host: string, owners: readonly KnownHost[]): readonly string[] {
  if (owners.length > 0) return [...new Set(owners.map(({ namespace }) => namespace))];
  const home = namespaceOfHost(host, mesh.environment.clusterDomain);
  return home === undefined ? [] : [home];
}

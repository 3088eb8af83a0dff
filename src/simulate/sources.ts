import { hostWithin } from '../istio/host.ts';
import { type DestinationRuleLookup, destinationRuleLookup } from '../mesh/destination-rule-lookup.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { listOr } from '../model/json.ts';
import type { RequestSource } from '../model/routing.ts';
import { type SidecarScope, sidecarScope } from './sidecar-scope.ts';
import { type VirtualServiceIndex, virtualServiceIndex } from './virtual-service-index.ts';

/** What decisions are looked up in: made once for a mesh, whatever is asked of it. */
export interface Sources {
  readonly mesh: Mesh;
  readonly index: VirtualServiceIndex;
  readonly rules: DestinationRuleLookup;
  readonly scopeOf: (source: RequestSource, port: number) => SidecarScope;
  /** Whether the input shows a service with port 80: without one no sidecar listens there. */
  readonly listensOn80: () => boolean;
  /** Whether a VirtualService of the mesh also matches a service that has the port. */
  readonly servesPort: (object: MeshObject, port: number) => boolean;
}

export function sourcesOf(mesh: Mesh): Sources {
  const index = virtualServiceIndex(mesh);
  const scopes = new Map<string, SidecarScope>();
  const scopeOf = (source: RequestSource, port: number): SidecarScope => {
    const key = JSON.stringify([source.namespace, Object.entries(source.labels).sort(), port]);
    const scope = scopes.get(key) ?? sidecarScope(mesh, index, source, port);
    scopes.set(key, scope);
    return scope;
  };
  const servesPort = ({ spec, namespace }: MeshObject, port: number): boolean =>
    listOr(spec.hosts)
      .map((host) => mesh.hosts.qualified(String(host), namespace))
      .some((host) =>
        host.startsWith('*')
          ? mesh.hosts.all.some((one) => hostWithin(one.host, host) && hasPort(one.ports, port))
          : mesh.hosts.named(host).some((one) => hasPort(one.ports, port)),
      );
  const listensOn80 = () => mesh.hosts.all.some(({ ports }) => hasPort(ports, 80));
  return { mesh, index, listensOn80, rules: destinationRuleLookup(mesh), scopeOf, servesPort };
}

function hasPort(ports: readonly { readonly number: number }[] | undefined, port: number): boolean {
  return ports?.some(({ number }) => number === port) === true;
}

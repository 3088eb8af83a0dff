import type { KnownGateway } from '../mesh/known-gateways.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { objectOr } from '../model/json.ts';
import { serversOn } from './gateway-servers.ts';
import { inIstiosOrder } from './sidecar-scope.ts';
import { boundTo } from './virtual-hosts.ts';
import { virtualServiceIndex } from './virtual-service-index.ts';

/** The VirtualServices that a gateway's pods get by its own servers, in Istio's order; where nobody wrote servers, all that name it. */
export function gatewayVirtualServices(gateway: KnownGateway, mesh: Mesh): readonly MeshObject[] {
  const [pod] = mesh.gateways.podsOf(gateway);
  const namespace = pod?.namespace ?? gateway.namespace;
  const index = virtualServiceIndex(mesh);
  if (gateway.servers === undefined) {
    const named = index.ofGateway(gateway.id).map((object) => ({ object, host: '' }));
    return inIstiosOrder(named, namespace, mesh.environment.mesh.exportTo).map(({ object }) => object);
  }
  const ports = new Set(gateway.written.map(({ port }) => Number(objectOr(port).number)));
  const servers = [...ports].flatMap((port) => serversOn([gateway], port));
  return boundTo(servers, namespace, { mesh, index }).map(({ object }) => object);
}

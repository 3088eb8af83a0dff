import { qualifiedGateway } from '../istio/host.ts';
import { routesOf } from '../istio/virtual-service-parts.ts';
import { isObject, listOr } from '../model/json.ts';
import { questionsOf } from '../model/recorded-reads.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { Mesh } from './mesh.ts';
import type { MeshObject } from './mesh-object.ts';
import { type Audience, audienceOf } from './visibility.ts';

/** Where the routes of a VirtualService take effect: its own hosts and gateways, or those of a root that delegates to it. */
export interface Binding {
  readonly root: MeshObject;
  /** Fully qualified. */
  readonly hosts: readonly string[];
  /** `mesh`, or 'namespace/name'. */
  readonly gateways: readonly string[];
  readonly audience: Audience;
}

/** In which namespaces the proxies stand that follow a binding. */
export interface Clients {
  readonly namespaces: readonly string[];
  /** Whether there may be others: those of a mesh that everyone belongs to, or of gateway pods that the input does not show. */
  readonly others: boolean;
}

/** The bindings of every VirtualService of the mesh; of one without hosts those of its roots, none where no root is shown. */
export const bindingsIn = questionsOf((mesh: Mesh): ((object: MeshObject) => readonly Binding[]) => {
  const binding = rememberedFor((root: MeshObject) => bindingOf(mesh, root));
  const roots = new Map<string, Binding[]>();
  for (const root of mesh.shown('VirtualService')) {
    for (const { route } of routesOf(root.spec, ['http'])) {
      if (!isObject(route.delegate)) continue;
      const { name, namespace = root.namespace } = route.delegate;
      const id = `${String(namespace)}/${String(name)}`;
      const known = roots.get(id);
      if (known === undefined) roots.set(id, [binding(root)]);
      else known.push(binding(root));
    }
  }
  return (object) => (listOr(object.spec.hosts).length > 0 ? [binding(object)] : (roots.get(`${object.namespace}/${object.name}`) ?? []));
});

function bindingOf(mesh: Mesh, root: MeshObject): Binding {
  const { spec, namespace } = root;
  return {
    root,
    hosts: listOr(spec.hosts).map((host) => mesh.hosts.qualified(String(host), namespace)),
    gateways: boundGateways(root),
    audience: audienceOf(listOr(spec.exportTo).map(String), namespace, mesh.environment.mesh.exportTo),
  };
}

/** The gateways that a VirtualService names, each as 'namespace/name'; `mesh` where it names none. */
export function boundGateways({ spec, namespace }: MeshObject): readonly string[] {
  const written = listOr(spec.gateways).map(String);
  return written.length === 0 ? ['mesh'] : written.map((name) => (name === 'mesh' ? name : qualifiedGateway(name, namespace)));
}

/**
 * For sidecars the namespaces that the VirtualService is exported to; for a gateway those of its pods, since a gateway's client is the
 * gateway (Istio: push_context.go initVirtualServices, VirtualServicesForGateway).
 */
export function clientsOf(mesh: Mesh, { root, gateways, audience }: Binding): Clients {
  const parts = gateways.map((gateway): Clients => {
    if (gateway === 'mesh')
      return audience === 'everyone' ? { namespaces: [root.namespace], others: true } : { namespaces: audience, others: false };
    const answer = mesh.gateways.find(gateway, root.namespace);
    const pods = answer.known === 'yes' ? mesh.gateways.podsOf(answer.gateway).filter(({ placed }) => placed) : [];
    return { namespaces: pods.map(({ namespace }) => namespace), others: pods.length === 0 };
  });
  return { namespaces: [...new Set(parts.flatMap(({ namespaces }) => namespaces))], others: parts.some(({ others }) => others) };
}

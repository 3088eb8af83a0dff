import { namespaceOfHost } from '../../../istio/host.ts';
import { isPlaced } from '../../../mesh/known-namespace.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { MeshObject } from '../../../mesh/mesh-object.ts';
import { didYouMean } from '../../../model/names.ts';
import { questionsOf } from '../../../model/recorded-reads.ts';

/** Cluster services by their parts, for those who look for one that is not there. */
export interface ServiceNames {
  readonly namespacesOf: (name: string) => readonly string[];
  readonly namesIn: (namespace: string) => readonly string[];
}

export const serviceNames = questionsOf(({ hosts, environment }: Mesh): ServiceNames => {
  const namespaces = new Map<string, Set<string>>();
  const names = new Map<string, Set<string>>();
  for (const { host } of hosts.all) {
    const home = namespaceOfHost(host, environment.clusterDomain);
    const [name = ''] = host.split('.');
    if (home === undefined || name.startsWith('*')) continue;
    namespaces.set(name, (namespaces.get(name) ?? new Set()).add(home));
    names.set(home, (names.get(home) ?? new Set()).add(name));
  }
  return {
    namespacesOf: (name) => [...(namespaces.get(name) ?? [])],
    namesIn: (namespace) => [...(names.get(namespace) ?? [])],
  };
});

/** Help for a cluster host that is not there: the same service of another namespace, or one of nearly that name. */
export function hostHints({ environment }: Mesh, services: ServiceNames, written: string, namespace: string): readonly string[] {
  const { clusterDomain } = environment;
  const [name = ''] = written.split('.');
  const [elsewhere, ...more] = services.namespacesOf(name);
  if (elsewhere !== undefined && more.length === 0)
    return [`\`${name}\` is a service of the namespace ${elsewhere}: write \`${name}.${elsewhere}.svc.${clusterDomain}\``];
  const known = services.namesIn(namespace);
  return didYouMean(written, written.includes('.') ? known.map((one) => `${one}.${namespace}.svc.${clusterDomain}`) : known);
}

/** Whether a short name is that of a service in some namespace, into which the object may be put that does not say its own. */
export function mayStandElsewhere(mesh: Mesh, object: MeshObject, written: string): boolean {
  return !written.includes('.') && !isPlaced(object, mesh) && serviceNames(mesh).namespacesOf(written).length > 0;
}

/**
 * A cluster service that people meant by a name that Istio does not read so: `reviews.shop` or `reviews.shop.svc`, which Kubernetes' DNS
 * completes, or the name under another cluster domain (Istio: pilot/pkg/model/config.go ResolveShortnameToFQDN).
 */
export function misreadService(written: string, services: ServiceNames): { readonly name: string; readonly namespace: string } | undefined {
  const [name = '', namespace = '', svc] = written.split('.');
  if (svc !== undefined && svc !== 'svc') return undefined;
  return services.namespacesOf(name).includes(namespace) ? { name, namespace } : undefined;
}

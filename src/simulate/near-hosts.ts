import type { Mesh } from '../mesh/mesh.ts';
import { didYouMean } from '../model/names.ts';
import { calledHost, namesFor } from './mesh-hosts.ts';

/** A host of the mesh that a written one is a slip of, or that has its name elsewhere; none where the written one is known. */
export function nearHosts(written: string, namespace: string, mesh: Mesh): readonly string[] {
  if (calledHost(written, namespace, mesh, () => true) !== undefined) return [];
  const { clusterDomain } = mesh.environment;
  const suffix = `.svc.${clusterDomain}`;
  const names = new Map<string, string>();
  const elsewhere: string[] = [];
  for (const { host } of mesh.hosts.all) {
    names.set(host, host);
    if (!host.endsWith(suffix)) continue;
    const [name = '', home = ''] = host.slice(0, -suffix.length).split('.');
    names.set(`${name}.${home}`, `${name}.${home}`);
    if (home === namespace) names.set(name, name);
    else if (name === written) elsewhere.push(`${name}.${home}`);
  }
  if (elsewhere.length > 0)
    return [`no host ${namesFor(written, namespace, clusterDomain)[0]}; from ${namespace} it is called ${elsewhere.join(' or ')}`];
  return didYouMean(written, names.keys()).map((hint) => `no host of the mesh is ${written}: ${hint}`);
}

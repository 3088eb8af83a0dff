import { boundToMesh, destinationsOf } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, listOr } from '../../../model/json.ts';
import { questionsOf } from '../../../model/recorded-reads.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { hostKey, rulesOfHosts } from './rules-of-hosts.ts';

/**
 * Routes for sidecars do not hold at a gateway: what a gateway sends to a host goes to all of its pods, whatever the mesh's VirtualService of
 * that host says of versions (istio.io: IST0140, which compares hosts as written and looks at no binding).
 */
export const gatewayFollowsTheMesh = defineObjectInMeshRule<{ id: string; host: string; other: string }>({
  code: 'MS5905',
  name: 'gateway-follows-the-mesh',
  severity: 'warning',
  alias: 'IST0140',
  summary: ({ id, host, other }) =>
    `${id} leads from a gateway to ${host} without a subset, past the versions that ${other} chooses in the mesh`,
  why: 'A VirtualService of the mesh holds for sidecars alone. Requests that come through the gateway are spread over the pods of all versions.',
  fix: 'Repeat the subsets and weights in the route of the gateway, or bind one VirtualService to both: `gateways: [my-gateway, mesh]`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    if (boundToMesh(object.spec)) return;
    const told = new Set<string>();
    for (const { route, destination, pointer, as } of destinationsOf(object.spec)) {
      if (route.list !== 'http' || as === 'mirror' || destination.subset !== undefined) continue;
      const host = hostKey(mesh, destination.host, object);
      const choice = versionsInMesh(mesh).of(host);
      if (choice === undefined || told.has(host) || !makesADifference(choice, rulesOfHosts(mesh).about(host))) continue;
      told.add(host);
      const related = [{ message: 'the versions of the mesh', at: choice.object.at(choice.pointer) }];
      report({ params: { id: titleOf(object), host, other: titleOf(choice.object) }, pointer: `${pointer}/host`, related });
    }
  },
});

interface Choice {
  readonly object: MeshObject;
  readonly pointer: string;
  readonly subsets: ReadonlySet<string>;
}

/** The subsets of a host to which VirtualServices of the mesh for just that host lead. */
const versionsInMesh = questionsOf((mesh: Mesh): { readonly of: (host: string) => Choice | undefined } => {
  const chosen = new Map<string, Choice & { readonly subsets: Set<string> }>();
  for (const object of mesh.shown('VirtualService')) {
    if (!object.wellFormed || !boundToMesh(object.spec)) continue;
    const hosts = new Set(listOr(object.spec.hosts).map((host) => hostKey(mesh, host, object)));
    for (const { route, destination, pointer, as } of destinationsOf(object.spec)) {
      const { host, subset } = destination;
      if (route.list !== 'http' || as === 'mirror' || typeof subset !== 'string') continue;
      const key = hostKey(mesh, host, object);
      const known = chosen.get(key);
      if (!hosts.has(key)) continue;
      if (known !== undefined) known.subsets.add(subset);
      else chosen.set(key, { object, pointer: `${pointer}/subset`, subsets: new Set([subset]) });
    }
  }
  return { of: (host) => chosen.get(host) };
});

/** A host of which one version is declared, and that one chosen, has nothing else to spread over. */
function makesADifference({ subsets }: Choice, rules: readonly MeshObject[]): boolean {
  const declared = rules.flatMap(({ spec }) => listOr(spec.subsets).flatMap((subset) => (isObject(subset) ? [String(subset.name)] : [])));
  return new Set([...subsets, ...declared]).size > 1;
}

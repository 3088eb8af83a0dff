import { destinationsOf } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, listOr } from '../../../model/json.ts';
import { didYouMean, listWords } from '../../../model/names.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

/** Every subset that a route leads to must be declared by a DestinationRule of its host; otherwise Envoy answers 503. */
export const knownSubset = defineMeshRule<{ id: string; subset: string; host: string; declared: readonly string[] }>({
  code: 'MS5001',
  name: 'known-subset',
  severity: 'error',
  alias: 'IST0101',
  summary: ({ id, subset, host, declared }) =>
    `${id} leads to the subset \`${subset}\` of ${host}, which ${declared.length === 0 ? 'no DestinationRule here declares' : `declares only ${listWords(declared)}`}`,
  why: 'Istio finds no endpoints for an undeclared subset, so every request that is sent there fails with 503.',
  fix: 'Declare the version under `versions:` of the service, or lead to a declared one.',
  since: '0.1.0',
  reads: ['VirtualService', 'DestinationRule'],
  check(mesh, report) {
    const subsets = declaredSubsets(mesh);
    for (const object of mesh.ofKind('VirtualService')) {
      for (const { destination, pointer } of destinationsOf(object.spec)) {
        const { host, subset } = destination;
        if (typeof host !== 'string' || typeof subset !== 'string') continue;
        const declared = subsets.get(mesh.hosts.qualified(host, object.namespace));
        if (declared?.has(subset) === true) continue;
        const known = [...(declared ?? [])];
        const params = { id: titleOf(object), subset, host, declared: known };
        report(object, { params, pointer: `${pointer}/subset`, hints: didYouMean(subset, known) });
      }
    }
  },
});

/** Subsets by fully qualified host; rules of one host in several namespaces are taken together. */
function declaredSubsets(mesh: Mesh): ReadonlyMap<string, ReadonlySet<string>> {
  const byHost = new Map<string, Set<string>>();
  for (const { namespace, spec } of mesh.ofKind('DestinationRule')) {
    const host = mesh.hosts.qualified(String(spec.host), namespace);
    const names = listOr(spec.subsets).flatMap((subset) => (isObject(subset) ? [String(subset.name)] : []));
    byHost.set(host, new Set([...(byHost.get(host) ?? []), ...names]));
  }
  return byHost;
}

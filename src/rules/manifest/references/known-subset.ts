import { destinationRuleLookup } from '../../../mesh/destination-rule-lookup.ts';
import { isPlaced } from '../../../mesh/known-namespace.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { didYouMean, listWords } from '../../../model/names.ts';
import { questionsOf } from '../../../model/recorded-reads.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { subsetNames, subsetUses } from './subsets-by-client.ts';

/**
 * Every subset that a route or a mirror leads to must be declared by a DestinationRule that Istio looks at for the route's clients: of the
 * client's own namespace, else of the host's, else of the root namespace; the first of them with a rule for the host, or a wildcard over
 * it, decides alone (pilot/pkg/model/push_context.go destinationRule). Istio's analyzer takes all rules of a host together and knows no
 * wildcards and no `exportTo` (analyzers/virtualservice/destinationrules.go). Where the host belongs to a namespace that the input does not
 * show, nothing is said.
 */
export const knownSubset = defineObjectInMeshRule<{ id: string; subset: string; host: string; lack: string }>({
  code: 'MS5001',
  name: 'known-subset',
  severity: 'error',
  alias: 'IST0101',
  summary: ({ id, subset, host, lack }) => `${id} leads to the subset \`${subset}\` of ${host}, which ${lack}`,
  why: 'Istio finds no endpoints for an undeclared subset, so every request that is sent there fails with 503.',
  fix: 'Declare it under `subsets` of a DestinationRule that those clients use, or lead to a declared one; in an intent: under `versions:` of the service.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    const lookup = destinationRuleLookup(mesh);
    for (const { part, subset, written, host, clients, shown } of subsetUses(object, mesh)) {
      if (!shown || clients.length === 0 || clients.some(({ finds }) => finds) || mayBeDeclared(mesh, object, host, subset)) continue;
      const used = new Set(clients.flatMap(({ rules }) => rules));
      const declared = [...new Set([...used].flatMap((rule) => [...subsetNames(rule)]))];
      const unused = lookup.about(host).filter((rule) => subsetNames(rule).has(subset) && !used.has(rule));
      const params = { id: titleOf(object), subset, host: written, lack: lackOf([...used], declared, unused) };
      const related = unused.map((rule) => ({ message: 'declared here, where Istio does not look', at: rule.at('/subsets') }));
      report({ params, pointer: `${part.pointer}/subset`, related, hints: didYouMean(subset, declared) });
    }
  },
});

/** Whether a rule for a host of that name declares the subset, and one of the two does not say its namespace: they may belong together. */
function mayBeDeclared(mesh: Mesh, object: MeshObject, host: string, subset: string): boolean {
  const rules = rulesByName(mesh).get(host.split('.')[0]?.toLowerCase() ?? '');
  return rules.some((rule) => subsetNames(rule).has(subset) && (!isPlaced(rule, mesh) || !isPlaced(object, mesh)));
}

const rulesByName = questionsOf((mesh: Mesh): { readonly get: (name: string) => readonly MeshObject[] } => {
  const byName = new Map<string, MeshObject[]>();
  for (const rule of mesh.shown('DestinationRule')) {
    const name = String(rule.spec.host).split('.')[0]?.toLowerCase() ?? '';
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [rule]);
    else known.push(rule);
  }
  return { get: (name) => byName.get(name) ?? [] };
});

function lackOf(used: readonly MeshObject[], declared: readonly string[], [unused]: readonly MeshObject[]): string {
  if (unused !== undefined) {
    const instead = used.length === 0 ? '' : `: it uses ${listWords(used.map(titleOf))}`;
    return `only ${titleOf(unused)} declares, a rule that Istio does not use for this route's clients${instead}`;
  }
  return declared.length === 0 ? 'no DestinationRule here declares' : `declares only ${listWords(declared)}`;
}

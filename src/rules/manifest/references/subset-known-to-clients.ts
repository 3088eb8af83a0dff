import { destinationRuleLookup, elsewhere } from '../../../mesh/destination-rule-lookup.ts';
import { isPlaced } from '../../../mesh/known-namespace.ts';
import { isHandWritten, type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { bindingsIn } from '../../../mesh/virtual-service-clients.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { declares, subsetUses } from './subsets-by-client.ts';

/**
 * A subset that a route leads to must be declared for all who follow the route. A VirtualService holds for everyone to whom it is exported,
 * but a DestinationRule in a client's namespace only for that namespace, and there it hides the one of the host's namespace, even as a
 * wildcard like `*.local` (pilot/pkg/model/push_context.go destinationRule).
 */
export const subsetKnownToClients = defineObjectInMeshRule<{ id: string; subset: string; host: string; failing: string; instead: string }>({
  code: 'MS5707',
  name: 'subset-known-to-clients',
  severity: 'warning',
  summary: ({ id, subset, host, failing, instead }) =>
    `${id} leads to the subset \`${subset}\` of ${host}, which clients ${failing} do not find${instead === '' ? '' : `: for them ${instead} decides`}`,
  why: "Istio takes the DestinationRule of the client's namespace, else of the host's, else of the root namespace, and never two together. Requests of these clients fail with 503.",
  fix: 'Declare the subset in the rule that decides for them, or export the VirtualService to just those who find it.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    const lookup = destinationRuleLookup(mesh);
    const bindings = bindingsIn(mesh);
    const said = new Set<string>();
    for (const { part, subset, host, homes, clients, shown } of subsetUses(object, mesh)) {
      const key = `${host} ${subset}`;
      if (said.has(key) || !shown || !isPlaced(object, mesh) || !clients.some(({ finds }) => finds)) continue;
      said.add(key);
      // Who writes an intent for a host of another namespace has been told already whom its objects reach.
      if (!isHandWritten(object.manifest) && !homes.includes(object.namespace)) continue;
      const ofMesh = bindings(object).some(({ gateways, audience }) => gateways.includes('mesh') && audience === 'everyone');
      const asked = new Set(clients.map(({ namespace }) => namespace));
      const further = ofMesh ? lookup.deciding(host).filter(({ namespace }) => !asked.has(namespace)) : [];
      const failing = [
        ...clients.filter(({ finds, certain }) => certain && !finds),
        ...further.filter(({ rules }) => !declares(rules, subset) && rules.every((rule) => isPlaced(rule, mesh))),
      ];
      if (failing.length === 0) continue;
      const rules: readonly MeshObject[] = [...new Set(failing.flatMap((client) => client.rules))];
      const names = failing.filter(({ namespace }) => namespace !== elsewhere).map(({ namespace }) => namespace);
      const finding = clients.filter(({ finds }) => finds).map(({ namespace }) => namespace);
      const params = {
        id: titleOf(object),
        subset,
        host,
        failing: failing.some(({ namespace }) => namespace === elsewhere)
          ? `outside ${listWords(finding, 'or')}`
          : `in ${listWords(names.slice(0, 3))}${names.length > 3 ? ` and ${names.length - 3} more namespaces` : ''}`,
        instead: listWords(rules.slice(0, 3).map(titleOf)),
      };
      const related = rules.map((rule) => ({ message: 'this rule decides for them', at: rule.at('/host') }));
      report({ params, pointer: `${part.pointer}/subset`, related });
    }
  },
});

import { isPlaced } from '../../../mesh/known-namespace.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { bindingsIn, clientsOf } from '../../../mesh/virtual-service-clients.ts';
import { isSeenFrom } from '../../../mesh/visibility.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { destinationsIn, ownersOf, verbOf } from './each-destination.ts';

/**
 * A destination must be exported to those who follow the route: the namespaces of its sidecars, or of the gateway's pods (Istio:
 * analyzers/util/service_lookup.go GetDestinationHost, which does not look at gateways; push_context.go servicesExportedToNamespace).
 */
export const destinationHostVisible = defineObjectInMeshRule<{
  id: string;
  verb: string;
  written: string;
  clients: string;
  audience: string;
}>({
  code: 'MS5703',
  name: 'destination-host-visible',
  severity: 'error',
  alias: 'IST0101',
  summary: ({ id, verb, written, clients, audience }) =>
    `${id} ${verb} \`${written}\`, which is exported to ${audience} and not to ${clients}, where the route is followed`,
  why: 'A proxy has no endpoints of a service that is not exported to its namespace: every request that is sent there fails with 503.',
  fix: 'Export the service to that namespace (`exportTo` of the ServiceEntry, the annotation `networking.istio.io/exportTo` of the Service).',
  since: '0.1.0',
  reads: ['VirtualService'],
  told: 'once per place',
  check(object, report, mesh) {
    const bindings = bindingsIn(mesh)(object);
    for (const { part, written } of destinationsIn(object, mesh)) {
      const owners = ownersOf(mesh, written, object.namespace);
      if (owners.length === 0 || !isPlaced(object, mesh) || owners.some(({ audience }) => audience === 'everyone')) continue;
      const groups = bindings.map((binding) => ({ binding, clients: clientsOf(mesh, binding) }));
      // Of gateway pods that the input does not show nothing is known; of a mesh that everyone belongs to, the rule's own namespace is meant.
      if (groups.some(({ binding, clients }) => clients.others && !binding.gateways.includes('mesh'))) continue;
      const namespaces = [...new Set(groups.flatMap(({ clients }) => clients.namespaces))];
      const seen = namespaces.some((namespace) => owners.some(({ audience }) => isSeenFrom(audience, namespace)));
      if (namespaces.length === 0 || seen) continue;
      const audience = owners.flatMap((owner) => (owner.audience === 'everyone' ? [] : owner.audience));
      const params = {
        id: titleOf(object),
        verb: verbOf(part),
        written,
        clients: listWords(namespaces, 'or'),
        audience: audience.length === 0 ? 'nobody' : listWords([...new Set(audience)]),
      };
      const related = owners.map((owner) => ({ message: 'it is exported here', at: owner.object?.at('/exportTo') }));
      report({ params, pointer: `${part.pointer}/host`, related });
    }
  },
});

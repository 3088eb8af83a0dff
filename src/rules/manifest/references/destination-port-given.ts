import { titleOf } from '../../../mesh/mesh-object.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { verbOf } from './each-destination.ts';
import { portlessDestinations } from './listeners.ts';
import { portWords } from './ports-of-host.ts';

/**
 * A destination without a port takes that of the listener, in a sidecar even where the host has one port only (Istio:
 * pilot/pkg/networking/core/route/route.go GetDestinationCluster, httproute.go servicesByName). Where the host has none of the ports on
 * which the route's requests arrive, it never works. IST0112 speaks of hosts with several ports alone, and does not see this.
 */
export const destinationPortGiven = defineObjectInMeshRule<{ id: string; verb: string; host: string; known: string; taken: string }>({
  code: 'MS5705',
  name: 'destination-port-given',
  severity: 'error',
  alias: 'IST0112',
  summary: ({ id, verb, host, known, taken }) =>
    `${id} ${verb} ${host} without a port: it has ${known}, and the route's requests arrive on ${taken}`,
  why: "Without a port Istio takes the listener's, and this host has no endpoints there: every request that is sent there fails with 503.",
  fix: 'Write `port: {number: …}` in the destination.',
  since: '0.1.0',
  reads: ['VirtualService'],
  told: 'once per place',
  check(object, report, mesh) {
    for (const { part, host, ports, listeners = [], failing } of portlessDestinations(object, mesh)) {
      if (failing.length === 0 || failing.length < listeners.length) continue;
      const taken = listWords([...new Set(failing.map(({ port }) => String(port)))], 'or');
      const params = { id: titleOf(object), verb: verbOf(part), host, known: portWords(ports), taken };
      const hints = ports.length === 1 ? [`write \`port: {number: ${ports[0]?.number}}\``] : [];
      report({ params, pointer: part.pointer, hints });
    }
  },
});

import { titleOf } from '../../../mesh/mesh-object.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { verbOf } from './each-destination.ts';
import { portlessDestinations } from './listeners.ts';
import { portWords } from './ports-of-host.ts';

/**
 * A destination without a port should mean one of the host's ports wherever the route's requests arrive. Istio's analyzer (IST0112,
 * destinationhosts.go) refuses each host with several ports; a route of a host to itself, where the listener's port is always one of the
 * host's, works and is not reported here.
 */
export const destinationPortCertain = defineObjectInMeshRule<{ id: string; verb: string; host: string; known: string; failing: string }>({
  code: 'MS5706',
  name: 'destination-port-certain',
  severity: 'warning',
  alias: 'IST0112',
  summary: ({ id, verb, host, known, failing }) =>
    failing === ''
      ? `${id} ${verb} ${host}, which has ${known}, and does not say which`
      : `${id} ${verb} ${host} without a port: it has ${known}, and some requests arrive on ${failing}`,
  why: "Without a port Istio takes the listener's; requests that arrive on a port that the host does not have fail with 503.",
  fix: 'Write `port: {number: …}` in the destination.',
  since: '0.1.0',
  reads: ['VirtualService'],
  told: 'once per place',
  check(object, report, mesh) {
    for (const { part, host, ports, listeners, failing } of portlessDestinations(object, mesh)) {
      const uncertain = listeners === undefined ? ports.length > 1 : failing.length > 0 && failing.length < listeners.length;
      if (!uncertain) continue;
      const params = {
        id: titleOf(object),
        verb: verbOf(part),
        host,
        known: portWords(ports),
        failing: listWords([...new Set(failing.map(({ port }) => String(port)))]),
      };
      report({ params, pointer: part.pointer });
    }
  },
});

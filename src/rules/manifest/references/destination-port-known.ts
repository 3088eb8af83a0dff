import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { eachDestination, ownersOf, verbOf } from './each-destination.ts';
import { oncePerPlace } from './once-per-place.ts';
import { portsOfHost, portWords } from './ports-of-host.ts';

/** A destination's port must be one that the host has: the Service's own, not that of its pods (Istio: analyzers/virtualservice/destinationhosts.go). */
export const destinationPortKnown = defineMeshRule<{ id: string; verb: string; host: string; port: number; known: string }>({
  code: 'MS5704',
  name: 'destination-port-known',
  severity: 'error',
  alias: 'IST0101',
  summary: ({ id, verb, host, port, known }) => `${id} ${verb} port ${port} of ${host}, which has ${known}`,
  why: 'Istio keeps endpoints by host and port; a port that the host does not have has none, so every request that is sent there fails with 503.',
  fix: "Write the number under `port` of the Service or the ServiceEntry. A Service's `targetPort` is not known to routes.",
  since: '0.1.0',
  reads: ['VirtualService', 'ServiceEntry'],
  check(mesh, reportAll) {
    const report = oncePerPlace(reportAll);
    for (const { object, part, written, host } of eachDestination(mesh)) {
      const { number } = objectOr(part.destination.port);
      if (typeof number !== 'number') continue;
      const owners = ownersOf(mesh, written, object.namespace);
      const ports = portsOfHost(owners);
      if (ports === undefined || ports.some((port) => port.number === number)) continue;
      const behind = owners.flatMap(({ service }) => service?.ports ?? []).find(({ targetPort }) => targetPort === number);
      const hints = behind === undefined ? [] : [`${number} is the \`targetPort\` of its port ${behind.number}: write ${behind.number}`];
      const params = { id: titleOf(object), verb: verbOf(part), host, port: number, known: portWords(ports) };
      report(object, { params, pointer: `${part.pointer}/port/number`, hints });
    }
  },
});

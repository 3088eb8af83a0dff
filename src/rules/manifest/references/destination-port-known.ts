import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { destinationsIn, ownersOf, verbOf } from './each-destination.ts';
import { portsOfHost, portWords } from './ports-of-host.ts';

/** A destination's port must be one that the host has: the Service's own, not that of its pods (Istio: analyzers/virtualservice/destinationhosts.go). */
export const destinationPortKnown = defineObjectInMeshRule<{ id: string; verb: string; host: string; port: number; known: string }>({
  code: 'MS5704',
  name: 'destination-port-known',
  severity: 'error',
  alias: 'IST0101',
  summary: ({ id, verb, host, port, known }) => `${id} ${verb} port ${port} of ${host}, which has ${known}`,
  why: 'Istio keeps endpoints by host and port; a port that the host does not have has none, so every request that is sent there fails with 503.',
  fix: "Write the number under `port` of the Service or the ServiceEntry. A Service's `targetPort` is not known to routes.",
  since: '0.1.0',
  reads: ['VirtualService'],
  told: 'once per place',
  check(object, report, mesh) {
    for (const { part, written, host } of destinationsIn(object, mesh)) {
      const { number } = objectOr(part.destination.port);
      if (typeof number !== 'number') continue;
      const owners = ownersOf(mesh, written, object.namespace);
      const ports = portsOfHost(owners);
      if (ports === undefined || ports.some((port) => port.number === number)) continue;
      const behind = owners.flatMap(({ service }) => service?.ports ?? []).find(({ targetPort }) => targetPort === number);
      const hints = behind === undefined ? [] : [`${number} is the \`targetPort\` of its port ${behind.number}: write ${behind.number}`];
      const params = { id: titleOf(object), verb: verbOf(part), host, port: number, known: portWords(ports) };
      report({ params, pointer: `${part.pointer}/port/number`, hints });
    }
  },
});

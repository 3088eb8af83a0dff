import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { ownersOf } from './each-destination.ts';
import { portsOfHost, portWords } from './ports-of-host.ts';

/** A policy for a port must be for one that the host has; Istio looks it up by the Service's port (cluster_traffic_policy.go). */
export const policyPortKnown = defineObjectInMeshRule<{ id: string; host: string; port: number; known: string }>({
  code: 'MS5712',
  name: 'policy-port-known',
  severity: 'warning',
  summary: ({ id, host, port, known }) => `${id} sets a policy for port ${port} of ${host}, which has ${known}`,
  why: 'Istio looks for the policy of each port that the host has; one for another port is never used.',
  fix: "Write the number under `port` of the Service or the ServiceEntry. A Service's `targetPort` is not known to policies.",
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report, mesh) {
    const { host } = object.spec;
    if (typeof host !== 'string' || host.startsWith('*')) return;
    const settings = trafficPolicies(object.spec).filter(({ scope }) => scope.port?.number !== undefined);
    if (settings.length === 0) return;
    const owners = ownersOf(mesh, host, object.namespace);
    const ports = portsOfHost(owners);
    for (const { pointer, scope } of settings) {
      const number = scope.port?.number;
      if (ports === undefined || number === undefined || ports.some((port) => port.number === number)) continue;
      const behind = owners.flatMap(({ service }) => service?.ports ?? []).find(({ targetPort }) => targetPort === number);
      const hints = behind === undefined ? [] : [`${number} is the \`targetPort\` of its port ${behind.number}: write ${behind.number}`];
      report({ params: { id: titleOf(object), host, port: number, known: portWords(ports) }, pointer: `${pointer}/port/number`, hints });
    }
  },
});

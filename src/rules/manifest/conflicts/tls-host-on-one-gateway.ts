import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { overlapIn } from './selectors.ts';
import { hostsServedTwice, type ServedHost, serversOf, titleOfHost } from './servers.ts';

/**
 * Of two servers with TLS for one host, port and address on one workload, Istio keeps the one of the older Gateway and drops the other
 * whole, with its further hosts (pilot/pkg/model/gateway.go mergeGateways, CheckDuplicates). It compares hosts as written: `a/h` beside
 * `b/h` passes and then gives Envoy two filter chains for one name, which it refuses together with the listener.
 */
export const tlsHostOnOneGateway = defineMeshRule<{ id: string; other: string; host: string; port: number; refused: boolean }>({
  code: 'MS5802',
  name: 'tls-host-on-one-gateway',
  severity: 'warning',
  alias: 'IST0145',
  summary: ({ id, other, host, port, refused }) =>
    `${id} and ${other} both serve ${host} with TLS on port ${port}: ${refused ? 'Envoy refuses the whole port' : 'the newer server is dropped'}`,
  why: 'A handshake names one host, for which there can be one set of TLS settings. Istio drops the later server with all its hosts, without a word; git does not know which is older.',
  fix: 'Serve the host by one Gateway, and bind the VirtualServices of all namespaces to it.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(mesh, report) {
    const servers = serversOf(mesh).filter(({ speaks }) => speaks === 'tls');
    const keyOf = ({ server, host }: ServedHost) => `${server.port} ${server.bind} ${host.name}`;
    for (const { later, earlier } of hostsServedTwice(servers, keyOf, overlapIn(mesh.cluster))) {
      const { object, port } = later.server;
      const other = earlier.server.object;
      const refused = later.host.namespace !== earlier.host.namespace;
      const params = { id: titleOf(object), other: titleOf(other), host: titleOfHost(later.host), port, refused };
      const related = [{ message: 'the other one', at: other.at(earlier.host.pointer) }];
      report(object, { params, pointer: later.host.pointer, related });
    }
  },
});

import { qualifiedGateway } from '../istio/host.ts';
import type { KnownGateway } from '../mesh/known-gateways.ts';
import type { Mesh } from '../mesh/mesh.ts';

/** The mesh, with each Gateway that is asked for and not shown taken to be there: one server on port 80, for every host. */
export function withAssumedGateways(mesh: Mesh): Mesh {
  const { gateways } = mesh;
  return {
    ...mesh,
    gateways: {
      ...gateways,
      find: (reference, namespace) => {
        const answer = gateways.find(reference, namespace);
        return answer.known === 'yes' ? answer : { known: 'yes', gateway: assumed(qualifiedGateway(reference, namespace)) };
      },
    },
  };
}

function assumed(id: string): KnownGateway {
  return {
    id,
    namespace: id.slice(0, id.indexOf('/')),
    servers: [{ number: 80, list: 'http', hosts: ['*/*'] }],
    written: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*/*'] }],
  };
}

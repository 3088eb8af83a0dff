import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { endpointsOf, portsOf, resolutionOf } from './entry-parts.ts';
import { isSocket } from './workload-parts.ts';

/** A socket serves one port (Istio: validation.go validateWorkloadEntry). */
export const onePortForASocket = defineObjectRule<{ id: string; address: string; count: number }>({
  code: 'MS5407',
  name: 'one-port-for-a-socket',
  severity: 'error',
  summary: ({ id, address, count }) =>
    `${id} has the endpoint \`${address}\` and ${count === 0 ? 'no port' : `${count} ports`}; a socket serves one`,
  why: 'A socket has no ports, so only one port of the service can lead to it; Istio rejects the ServiceEntry.',
  fix: 'Declare exactly one port, and write a ServiceEntry for each further socket.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    const { spec } = object;
    const count = new Set(portsOf(spec).map(({ name }) => name)).size;
    if (resolutionOf(spec) !== 'STATIC' || count === 1) return;
    for (const { address, pointer } of endpointsOf(spec)) {
      if (isSocket(address)) report({ params: { id: titleOf(object), address, count }, pointer: `${pointer}/address` });
    }
  },
});

import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { type EndpointPart, endpointsOf, looksUpNames, resolutionOf } from './entry-parts.ts';
import { isSocket } from './workload-parts.ts';

type Misfit = 'a name' | 'a socket' | 'no address';

/** STATIC takes addresses and sockets, DNS takes names and addresses (Istio: validation.go ValidateServiceEntry, validateWorkloadEntry). */
export const endpointAddressesFitResolution = defineObjectRule<{ id: string; address: string; misfit: Misfit; resolution: string }>({
  code: 'MS5403',
  name: 'endpoint-addresses-fit-resolution',
  severity: 'error',
  summary: ({ id, address, misfit, resolution }) =>
    misfit === 'no address'
      ? `an endpoint of ${id} has no address for resolution ${resolution} to look up`
      : `${id} has the endpoint \`${address}\`, ${misfit}, which resolution ${resolution} does not take`,
  why: 'With STATIC Envoy connects to endpoints as they are written and looks up no names; with DNS it looks them up and knows no sockets. Istio rejects the ServiceEntry.',
  fix: 'With STATIC write IP addresses or sockets (`unix:///…`); with DNS write names or IP addresses.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(object, report) {
    const { spec } = object;
    const resolution = resolutionOf(spec);
    const misfitOf = resolution === 'STATIC' ? staticMisfit : looksUpNames(spec) ? lookedUpMisfit : () => undefined;
    for (const part of endpointsOf(spec)) {
      const misfit = misfitOf(part);
      if (misfit === undefined) continue;
      const { endpoint, address, pointer } = part;
      const at = endpoint.address !== undefined ? `${pointer}/address` : pointer;
      report({ params: { id: titleOf(object), address, misfit, resolution }, pointer: at });
    }
  },
});

/** An endpoint without address may stand for its network. */
function staticMisfit({ address }: EndpointPart): Misfit | undefined {
  return address === '' || isSocket(address) || isIp(address) ? undefined : 'a name';
}

function lookedUpMisfit({ address }: EndpointPart): Misfit | undefined {
  if (address === '') return 'no address';
  return isSocket(address) ? 'a socket' : undefined;
}

/** Of texts that the schema takes for an address: no name has a colon, or consists of four numbers. */
function isIp(address: string): boolean {
  return address.includes(':') || /^\d+(\.\d+){3}$/.test(address);
}

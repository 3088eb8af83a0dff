import { listenersOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** Where inbound requests go to is a port of the pod itself, or a socket (Istio: validation.go ValidateSidecar; older meshes know fewer addresses). */
export const defaultEndpointIsLocal = defineObjectRule<{ id: string; port: string; endpoint: string; wanted: string }>({
  code: 'MS5505',
  name: 'default-endpoint-is-local',
  severity: 'error',
  summary: ({ id, port, endpoint, wanted }) =>
    endpoint === ''
      ? `${port} of ${id} has no \`defaultEndpoint\`, which this mesh asks for`
      : `${port} of ${id} has the defaultEndpoint \`${endpoint}\`, which is not ${wanted}`,
  why: 'The proxy forwards inbound requests to its own pod only; Istio rejects any other address.',
  fix: 'Write `127.0.0.1:` or `0.0.0.0:` and a port from 1 to 65535, or a socket such as `unix:///var/run/app.sock`.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report, { environment }) {
    const { minor } = environment.istio;
    for (const part of listenersOf(object.spec, 'ingress')) {
      const endpoint = typeof part.listener.defaultEndpoint === 'string' ? part.listener.defaultEndpoint : '';
      if (endpoint === '' ? minor > 9 : isLocal(endpoint, minor)) continue;
      const params = { id: titleOf(object), port: titleOfListener(part), endpoint, wanted: wantedOn(minor) };
      report({ params, pointer: `${part.pointer}/${endpoint === '' ? 'port' : 'defaultEndpoint'}` });
    }
  },
});

function isLocal(endpoint: string, minor: number): boolean {
  if (endpoint.startsWith('unix://')) return /^unix:\/\/(?:@.*|\/.*[^/])$/s.test(endpoint);
  const [, bracketed, plain, port = ''] = /^(?:\[(.*?)\]|([^:[\]]*)):[+]?([0-9]+)$/.exec(endpoint) ?? [];
  const known = addresses.find(({ address }) => address === (bracketed ?? plain));
  return known !== undefined && minor >= known.from && Number(port) >= 1 && Number(port) <= 65535;
}

/** The addresses that may stand before the port, and since which minor. */
const addresses: readonly { readonly address: string; readonly from: number }[] = [
  { address: '', from: 0 },
  { address: '127.0.0.1', from: 0 },
  { address: '0.0.0.0', from: 9 },
  { address: '::1', from: 15 },
  { address: '::', from: 15 },
];

function wantedOn(minor: number): string {
  const known = addresses.filter(({ address, from }) => address !== '' && minor >= from).map(({ address }) => address);
  const written = known.map((address) => (address.includes(':') ? `\`[${address}]:<port>\`` : `\`${address}:<port>\``));
  return `one of ${written.join(', ')} and \`unix://<path>\``;
}

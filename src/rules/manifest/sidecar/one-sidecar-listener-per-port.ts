import { type ListenerPart, listenersOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** `ingress` and `egress` each listen once on a port, whatever the address, and once on a socket (Istio: validation.go ValidateSidecar). */
export const oneSidecarListenerPerPort = defineObjectRule<{ id: string; list: string; port: string }>({
  code: 'MS5504',
  name: 'one-sidecar-listener-per-port',
  severity: 'error',
  summary: ({ id, list, port }) => `two \`${list}\` listeners of ${id} listen on ${port}`,
  why: 'A proxy has one listener for a port in each direction, and Istio rejects a Sidecar that asks for two, even on two addresses.',
  fix: 'Keep one listener for the port, in `egress` with the hosts of both, or use another port.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report) {
    for (const list of ['ingress', 'egress'] as const) {
      const first = new Map<string, ListenerPart>();
      for (const part of listenersOf(object.spec, list)) {
        if (part.port === undefined) continue;
        const port = titleOfListener(part);
        const other = first.get(port);
        if (other === undefined) {
          first.set(port, part);
          continue;
        }
        const related = [{ message: 'the other one', at: object.at(placeOf(other)) }];
        report({ params: { id: titleOf(object), list, port }, pointer: placeOf(part), related });
      }
    }
  },
});

function placeOf({ pointer, port }: ListenerPart): string {
  return port?.number === 0 ? `${pointer}/bind` : `${pointer}/port/number`;
}

import { type ListenerPart, listenersOf } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** An `egress` listener has a port number, or else a socket, which nothing can capture (Istio: validation.go validateSidecarEgressPortBindAndCaptureMode). */
export const egressBindFitsPort = defineObjectRule<{ id: string; fault: string }>({
  code: 'MS5511',
  name: 'egress-bind-fits-port',
  severity: 'error',
  summary: ({ id, fault }) => `an egress listener of ${id} ${fault}`,
  why: 'A proxy listens on a port of an address, or on a socket by itself; Istio rejects a Sidecar that mixes the two.',
  fix: 'Write a port from 1 to 65535 with an IP address or no `bind`; or port 0 with `bind: unix:///…` and captureMode DEFAULT or NONE.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report) {
    for (const part of listenersOf(object.spec, 'egress')) {
      for (const { fault, pointer } of faultsOf(part)) report({ params: { id: titleOf(object), fault }, pointer });
    }
  },
});

interface Fault {
  readonly fault: string;
  readonly pointer: Pointer;
}

function faultsOf({ listener, pointer, port, bind }: ListenerPart): readonly Fault[] {
  if (port === undefined) return [];
  const socket = bind.startsWith('unix://');
  if (port.number > 0) return socket ? [{ fault: `has both port ${port.number} and the socket ${bind}`, pointer: `${pointer}/bind` }] : [];
  if (!socket) return [{ fault: 'has neither a port number nor a socket to bind to', pointer: `${pointer}/port` }];
  if (listener.captureMode !== 'IPTABLES') return [];
  return [{ fault: `captures the socket ${bind} by iptables`, pointer: `${pointer}/captureMode` }];
}

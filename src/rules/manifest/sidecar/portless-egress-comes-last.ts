import { listenersOf } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** The `egress` listener without a port takes all ports that are left, so there is one and it comes last (Istio: validation.go ValidateSidecar). */
export const portlessEgressComesLast = defineObjectRule<{ id: string; listener: number; count: number }>({
  code: 'MS5510',
  name: 'portless-egress-comes-last',
  severity: 'error',
  summary: ({ id, listener, count }) => `egress listener ${listener} of ${count} of ${id} has no port, but is not the last`,
  why: 'A listener without a port takes every port that no listener before it names; Istio rejects a Sidecar in which another follows.',
  fix: 'Put it last; where there are several without a port, put their hosts into one.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report) {
    const listeners = listenersOf(object.spec, 'egress');
    for (const { listener, index, pointer } of listeners.slice(0, -1)) {
      if (listener.port !== undefined) continue;
      report({ params: { id: titleOf(object), listener: index + 1, count: listeners.length }, pointer });
    }
  },
});

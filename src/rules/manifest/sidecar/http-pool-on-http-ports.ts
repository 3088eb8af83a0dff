import { isHttpProtocol, listenersOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** Limits on HTTP stand on ports that speak HTTP (Istio: validation.go ValidateSidecar). */
export const httpPoolOnHttpPorts = defineObjectRule<{ id: string; port: string; protocol: string }>({
  code: 'MS5508',
  name: 'http-pool-on-http-ports',
  severity: 'warning',
  summary: ({ id, port, protocol }) =>
    `${port} of ${id} limits HTTP in its connectionPool, but ${protocol === '' ? 'has no `protocol`' : `speaks ${protocol}`}`,
  why: 'Istio applies the limits on TCP there, and leaves those on HTTP out.',
  fix: 'Write the `protocol` of the port, such as `HTTP` or `GRPC`, or keep `tcp` alone in `connectionPool`.',
  since: '0.1.0',
  reads: ['Sidecar'],
  check(object, report) {
    for (const part of listenersOf(object.spec, 'ingress')) {
      const protocol = part.port?.protocol ?? '';
      if (objectOr(part.listener.connectionPool).http === undefined || isHttpProtocol(protocol)) continue;
      const params = { id: titleOf(object), port: titleOfListener(part), protocol };
      report({ params, pointer: `${part.pointer}/connectionPool/http`, part: 'key' });
    }
  },
});

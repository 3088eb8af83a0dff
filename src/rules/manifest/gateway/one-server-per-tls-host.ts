import { type ListenerPart, listenersOf, titleOfListener } from '../../../istio/listener-parts.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * A host with TLS settings stands in one server of a port: of two, Istio drops the second, with all its hosts (pilot/pkg/model/gateway.go
 * mergeGateways, CheckDuplicates). Of two Gateways `conflicts` speaks.
 */
export const oneServerPerTlsHost = defineObjectRule<{ id: string; port: string; host: string; server: number; other: number }>({
  code: 'MS5317',
  name: 'one-server-per-tls-host',
  severity: 'warning',
  alias: 'KIA0301',
  summary: ({ id, port, host, server, other }) =>
    `servers ${other + 1} and ${server + 1} of ${id} both take \`${host}\` on ${port}, so the second is dropped`,
  why: 'A handshake names one host, for which there can be one set of TLS settings. Istio drops the whole later server, with its other hosts.',
  fix: 'Name the host in one of the servers, or give them different ports.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(object, report) {
    const taken = new Map<string, { readonly part: ListenerPart; readonly host: number }>();
    for (const part of listenersOf(object.spec, 'servers')) {
      if (!isObject(part.listener.tls)) continue;
      const keys = listOr(part.listener.hosts).map((host) => `${part.port?.number} ${part.bind} ${scoped(object, String(host))}`);
      const twin = keys.findIndex((key) => taken.has(key));
      const other = taken.get(keys[twin] ?? '');
      if (other === undefined) {
        for (const [i, key] of keys.entries()) taken.set(key, { part, host: i });
        continue;
      }
      const host = String(listOr(part.listener.hosts)[twin]);
      const related = [{ message: 'this server takes it', at: object.at(`${other.part.pointer}/hosts/${other.host}`) }];
      const params = { id: titleOf(object), port: titleOfListener(part), host, server: part.index, other: other.part.index };
      report({ params, pointer: `${part.pointer}/hosts/${twin}`, related });
    }
  },
});

/** As Istio compares them: './h' is of the Gateway's namespace, and '*' before a slash says nothing (gateway.go sanitizeServerHostNamespace). */
function scoped({ namespace }: MeshObject, host: string): string {
  if (host.startsWith('./')) return `${namespace}/${host.slice(2)}`;
  return host.startsWith('*/') ? host.slice(2) : host;
}

import { type ListenerPart, listenersOf, passesTls, titleOfListener } from '../../../istio/listener-parts.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, listOr, objectOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * A host with TLS settings stands in one server of a port. Istio drops a second server that names it, with all its hosts; it compares
 * hosts as written, so that `a/host` beside `b/host` passes and gives Envoy two filter chains for one name (pilot/pkg/model/gateway.go
 * mergeGateways, CheckDuplicates, GetSNIHostsForServer). Of two Gateways the rules of `conflicts` speak.
 */
export const oneServerPerTlsHost = defineObjectRule<{ id: string; port: string; host: string; servers: readonly number[]; ends: string }>({
  code: 'MS5317',
  name: 'one-server-per-tls-host',
  severity: 'warning',
  alias: 'KIA0301',
  summary: ({ id, port, host, servers, ends }) => `servers ${servers.join(' and ')} of ${id} both take \`${host}\` on ${port}, so ${ends}`,
  why: 'A handshake names one host, for which there can be one set of TLS settings; Istio accepts the Gateway and says nothing.',
  fix: 'Name the host in one of the servers, or give them different ports.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(object, report) {
    const written = new Map<string, Taken>();
    const terminated = new Map<string, Taken>();
    for (const part of sharingAPort(listenersOf(object.spec, 'servers').filter(({ listener }) => isObject(listener.tls)))) {
      const hosts = tlsHostsOf(object, part);
      const dropped = firstTwin(hosts, ({ written: key }) => written.get(key));
      const refused = firstTwin(passesTls(modeOf(part)) ? [] : hosts, ({ name }) => terminated.get(name));
      const twin = dropped ?? refused;
      if (twin !== undefined) {
        const { host, other } = twin;
        const ends = dropped === undefined ? 'Envoy refuses all of that port' : 'the second is dropped whole';
        const servers = [other.part.index + 1, part.index + 1];
        const params = { id: titleOf(object), port: titleOfListener(part), host: host.text, servers, ends };
        report({ params, pointer: host.pointer, related: [{ message: 'this server takes it', at: object.at(other.host.pointer) }] });
      }
      if (dropped !== undefined) continue;
      for (const host of hosts) {
        written.set(host.written, { part, host });
        if (!passesTls(modeOf(part))) terminated.set(host.name, { part, host });
      }
    }
  },
});

/** Those that have a port and address in common with another. */
function sharingAPort(parts: readonly ListenerPart[]): readonly ListenerPart[] {
  const times = new Map<string, number>();
  for (const part of parts) times.set(placeOf(part), (times.get(placeOf(part)) ?? 0) + 1);
  return parts.filter((part) => (times.get(placeOf(part)) ?? 0) > 1);
}

function placeOf({ port, bind }: ListenerPart): string {
  return `${port?.number} ${bind}`;
}

interface TlsHost {
  readonly text: string;
  readonly pointer: Pointer;
  /** Port, address, namespace and host: what Istio compares. */
  readonly written: string;
  /** The same without the namespace: what Envoy compares. */
  readonly name: string;
}

interface Taken {
  readonly part: ListenerPart;
  readonly host: TlsHost;
}

function tlsHostsOf({ namespace }: MeshObject, part: ListenerPart): readonly TlsHost[] {
  const place = placeOf(part);
  return listOr(part.listener.hosts).map((entry, i) => {
    const text = String(entry);
    const name = text.slice(text.indexOf('/') + 1);
    // './h' is of the Gateway's namespace, and '*' before a slash says nothing (gateway.go sanitizeServerHostNamespace).
    const scoped = text.startsWith('./') ? `${namespace}/${name}` : text.startsWith('*/') ? name : text;
    return { text, pointer: `${part.pointer}/hosts/${i}`, written: `${place} ${scoped}`, name: `${place} ${name}` };
  });
}

function firstTwin(hosts: readonly TlsHost[], taken: (host: TlsHost) => Taken | undefined) {
  for (const host of hosts) {
    const other = taken(host);
    if (other !== undefined) return { host, other };
  }
  return undefined;
}

function modeOf({ listener }: ListenerPart): string {
  return String(objectOr(listener.tls).mode ?? 'PASSTHROUGH');
}

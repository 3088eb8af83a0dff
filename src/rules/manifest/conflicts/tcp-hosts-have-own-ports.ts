import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { seenTogether } from './audiences.ts';
import { type EntryHost, type EntryPort, entryHosts } from './entry-hosts.ts';

/** Protocols in which a connection does not say for which host it is. */
const nameless: ReadonlySet<string> = new Set(['', 'TCP', 'MONGO', 'MYSQL', 'REDIS']);

/** From this minor on Istio gives hosts without an address one of their own. */
const ADDRESSES_ALLOCATED = 25;

/**
 * Without an address a TCP port of a ServiceEntry is opened on 0.0.0.0, so the connections of a port are all given to one host: the
 * oldest (Istio: listener.go buildSidecarOutboundListeners; IST0134 looks at one ServiceEntry).
 */
export const tcpHostsHaveOwnPorts = defineMeshRule<{ id: string; other: string; port: number; hosts: readonly [string, string] }>({
  code: 'MS5814',
  name: 'tcp-hosts-have-own-ports',
  severity: 'warning',
  summary: ({ id, other, port, hosts: [own, others] }) =>
    `${id} opens port ${port} for ${own}, and ${other} for ${others}, and neither has an address`,
  why: 'A TCP connection does not say for which host it is, so sidecars lead all that go to this port to the older host; which is older, git does not know.',
  fix: 'Write `addresses`, give each host a port of its own, or use TLS, which names the host.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(mesh, report) {
    const opened = new Map<number, { entry: EntryHost; port: EntryPort }[]>();
    const reported = new Set<MeshObject>();
    for (const entry of entryHosts(mesh)) {
      if (hasAddresses(entry.object, mesh)) continue;
      for (const port of entry.ports.filter(({ protocol }) => nameless.has(protocol))) {
        const group = opened.get(port.number) ?? [];
        opened.set(port.number, group);
        const first = group.find((one) => rivals(one.entry, entry));
        group.push({ entry, port });
        if (first === undefined || reported.has(entry.object)) continue;
        reported.add(entry.object);
        const other = first.entry.object;
        const params = {
          id: titleOf(entry.object),
          other: titleOf(other),
          port: port.number,
          hosts: [entry.host, first.entry.host] as const,
        };
        report(entry.object, {
          params,
          pointer: `${port.pointer}/number`,
          related: [{ message: 'the other one', at: other.at(`${first.port.pointer}/number`) }],
        });
      }
    }
  },
});

/** With resolution NONE a connection goes where its caller meant it to, whichever host it is counted for. */
function rivals(a: EntryHost, b: EntryHost): boolean {
  const resolved = [a, b].some(({ object }) => (object.spec.resolution ?? 'NONE') !== 'NONE');
  return a.host !== b.host && a.object !== b.object && resolved && seenTogether(a.seenBy, b.seenBy);
}

function hasAddresses({ spec, manifest }: MeshObject, { environment }: Mesh): boolean {
  if (listOr(spec.addresses).length > 0) return true;
  const label = objectOr(objectOr(manifest.body.metadata).labels)['networking.istio.io/enable-autoallocate-ip'];
  return (
    environment.istio.minor >= ADDRESSES_ALLOCATED && (spec.resolution ?? 'NONE') !== 'NONE' && String(label).toLowerCase() !== 'false'
  );
}

import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { seenTogether } from './audiences.ts';
import { type EntryHost, type EntryPort, entryHosts } from './entry-hosts.ts';
import { sameObject } from './same-object.ts';

/** Of two ServiceEntries for one host and port the older says what is spoken there (Istio: conflictingserviceentries.go, sidecar.go appendSidecarServices). */
export const oneProtocolPerExternalPort = defineMeshRule<{
  id: string;
  other: string;
  host: string;
  port: number;
  protocols: readonly [string, string];
}>({
  code: 'MS5811',
  name: 'one-protocol-per-external-port',
  severity: 'warning',
  alias: 'IST0177',
  summary: ({ id, other, host, port, protocols: [own, others] }) =>
    `${id} says ${own === '' ? 'nothing of the protocol' : own} for port ${port} of ${host}, and ${other} ${others === '' ? 'nothing' : others}`,
  why: 'A port of a host has one protocol: that of the older ServiceEntry, and git does not know which is older. Routes for the other one have no effect.',
  fix: 'Declare the port in one ServiceEntry, or write the same protocol in both.',
  since: '0.1.0',
  reads: ['ServiceEntry'],
  check(mesh, report) {
    const known = new Map<string, { entry: EntryHost; port: EntryPort }[]>();
    const reported = new Set<string>();
    for (const entry of entryHosts(mesh)) {
      const id = titleOf(entry.object);
      for (const port of entry.ports) {
        const key = `${entry.host} ${port.number}`;
        const group = known.get(key) ?? [];
        known.set(key, group);
        const first = group.find(
          (one) =>
            one.port.protocol !== port.protocol &&
            !sameObject(one.entry.object, entry.object) &&
            seenTogether(one.entry.seenBy, entry.seenBy),
        );
        group.push({ entry, port });
        if (first === undefined || reported.has(id)) continue;
        reported.add(id);
        const { object } = first.entry;
        const params = { id, other: titleOf(object), host: entry.host, port: port.number };
        const related = [{ message: 'the other one', at: object.at(`${first.port.pointer}/protocol`) }];
        const protocols = [port.protocol, first.port.protocol] as const;
        report(entry.object, { params: { ...params, protocols }, pointer: `${port.pointer}/protocol`, related });
      }
    }
  },
});

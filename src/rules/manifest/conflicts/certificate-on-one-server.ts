import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { overlapIn } from './selectors.ts';
import { type Server, serversOf } from './servers.ts';

/**
 * A browser reuses an HTTP/2 connection for every host that its certificate covers, but each HTTPS server of Istio has routes for its own
 * hosts alone (istio.io: ops/common-problems/network-issues, envoyproxy/envoy#6767). IST0138 compares Gateways, whatever their ports and
 * hosts; servers of one Gateway have the same trouble.
 */
export const certificateOnOneServer = defineMeshRule<{ id: string; other: string; certificate: string; port: number }>({
  code: 'MS5806',
  name: 'certificate-on-one-server',
  severity: 'warning',
  alias: 'IST0138',
  summary: ({ id, other, certificate, port }) =>
    `${id === other ? `two servers of ${id}` : `${id} and ${other}`} show the certificate \`${certificate}\` on port ${port} for different hosts`,
  why: 'A browser that holds a connection to one of the hosts uses it for the other, as the certificate covers both, and gets 404 from a server that does not know that host.',
  fix: 'List all hosts of the certificate in one server, or give each server a certificate of its own.',
  since: '0.1.0',
  reads: ['Gateway'],
  check(mesh, report) {
    const overlap = overlapIn(mesh.cluster);
    const shown = new Map<string, Server[]>();
    for (const server of serversOf(mesh)) {
      for (const certificate of certificatesOf(server)) {
        const key = `${server.port} ${server.bind} ${certificate.key}`;
        const others = shown.get(key) ?? [];
        const other = others.find((one) => overlap(one, server) && !sameHosts(one, server));
        shown.set(key, [...others, server]);
        if (other === undefined || !server.judged) continue;
        const params = { id: titleOf(server.object), other: titleOf(other.object), certificate: certificate.name, port: server.port };
        const related = [{ message: 'the other one', at: other.object.at(`${other.pointer}/hosts`) }];
        report(server.object, { params, pointer: `${server.pointer}/tls/${certificate.word}`, related });
      }
    }
  },
});

interface Certificate {
  readonly key: string;
  readonly name: string;
  readonly word: string;
}

/** Of a server that ends TLS for http. */
function certificatesOf({ protocol, tls }: Server): readonly Certificate[] {
  const { mode, credentialName, credentialNames, serverCertificate, privateKey } = tls;
  if (protocol !== 'HTTPS' || mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH') return [];
  const named = typeof credentialName === 'string' ? [{ name: credentialName, word: 'credentialName' }] : [];
  const several = listOr(credentialNames).map((name, i) => ({ name: String(name), word: `credentialNames/${i}` }));
  const fromFile =
    typeof serverCertificate === 'string' && typeof privateKey === 'string'
      ? [{ key: `${serverCertificate} ${privateKey}`, name: serverCertificate, word: 'serverCertificate' }]
      : [];
  return [...[...named, ...several].map(({ name, word }) => ({ key: name, name, word })), ...fromFile];
}

function sameHosts(a: Server, b: Server): boolean {
  const names = ({ hosts }: Server) => [...new Set(hosts.map(({ name }) => name))].sort().join(' ');
  return names(a) === names(b);
}

import { namespaceOfHost } from '../../istio/host.ts';
import type { L4Route } from '../../model/resolved.ts';
import { defineRule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';

/**
 * A service of the cluster has several names, and a TLS route is for the one that it lists: Istio puts `sniHosts` into filter chains as they
 * are written, and a connection with another server name falls to the listener's default chain (core/tls.go
 * buildSidecarOutboundTLSFilterChainOpts, listener.go buildListenerFromEntry). The others cannot be listed: they would have to be `hosts`.
 */
export const tlsClientsUseOneName = defineRule({
  code: 'MS3041',
  name: 'tls-clients-use-one-name',
  severity: 'warning',
  summary: ({ name, host, port }: { name: string; host: string; port: string }) =>
    `TLS clients of ${name} on port ${port} follow its versions only where they call it \`${host}\``,
  why: 'A sidecar compares the server name that a client sends with this name, letter by letter. Whoever sends another name of the service is passed through to its address, to pods of any version, or stopped where only known hosts may be called.',
  fix: 'Let all clients in the mesh call it so, or write under `host` the name that they use.',
  since: '0.1.0',
  check({ environment, resolved }: IntentSubject, report) {
    for (const { intent, virtualServices } of resolved) {
      for (const { gateways, hosts, tls } of virtualServices) {
        const host = hosts[0]?.value;
        const isOfMesh = gateways.length === 0 || gateways.some(({ value }) => value === 'mesh');
        if (!isOfMesh || host === undefined || !hasOtherNames(host, environment.clusterDomain)) continue;
        for (const route of tls) {
          const port = portOf(route);
          report({ params: { name: intent.name, host, port }, at: route.origin.at });
        }
      }
    }
  },
});

function hasOtherNames(host: string, clusterDomain: string): boolean {
  return !host.includes('.') || namespaceOfHost(host, clusterDomain) !== undefined;
}

function portOf({ match }: L4Route): string {
  return [...new Set(match.map(({ value }) => String(value.port)))].join(', ');
}

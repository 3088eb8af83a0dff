import { titleOf } from '../../../mesh/mesh-object.ts';
import { type Json, listOr } from '../../../model/json.ts';
import { didYouMean } from '../../../model/names.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { isDelegate } from './bindings.ts';
import { isAddress, sniHosts } from './sni-hosts.ts';

/** What tls routes match is one of the hosts, or covered by one (Istio: validation.go validateSniHost; up to 1.13 for addresses, too). */
export const sniHostsWithinHosts = defineObjectRule<{ id: string; host: string }>({
  code: 'MS5123',
  name: 'sni-hosts-within-hosts',
  severity: 'error',
  summary: ({ id, host }) => `${id} matches the SNI host \`${host}\`, which is none of its hosts`,
  why: 'Istio rejects a tls route for names that `hosts` neither holds nor covers by a wildcard; upper and lower case count.',
  fix: 'Add the name to `hosts`, or match one that is there.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 1 },
  check(object, report, mesh) {
    const { spec } = object;
    if (spec.tls === undefined || isDelegate(spec)) return;
    const hosts = listOr(spec.hosts);
    const exempt = mesh.environment.istio.minor >= 14 ? isAddress : () => false;
    for (const { host, pointer } of sniHosts(spec)) {
      if (exempt(host) || hosts.some((own) => covers(own, host))) continue;
      report({ params: { id: titleOf(object), host }, pointer, hints: hintsFor(host, hosts.map(String)) });
    }
  },
});

/** Istio: pkg/config/host SubsetOf. */
function covers(own: Json, host: string): boolean {
  if (typeof own !== 'string' || !own.startsWith('*')) return own === host;
  return host.startsWith('*') ? host.slice(1).endsWith(own.slice(1)) : host.endsWith(own.slice(1));
}

function hintsFor(host: string, hosts: readonly string[]): readonly string[] {
  const lower = host.toLowerCase();
  return lower !== host && hosts.some((own) => covers(own, lower)) ? [`did you mean \`${lower}\`?`] : didYouMean(host, hosts);
}

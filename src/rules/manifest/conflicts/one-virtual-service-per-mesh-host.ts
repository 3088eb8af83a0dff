import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { areRivals, type MeshClaim, meshClaims } from './mesh-claims.ts';

/** From this minor on the most specific host wins; before, an older wildcard won even against the name itself (release note 45415). */
const SPECIFIC_HOST_WINS = 21;

/**
 * In the mesh the oldest VirtualService of a host wins whole and the others are ignored (Istio: route.go, no merge in sidecars). Two meet
 * only in one list of a proxy's lookup, and only with routes that one sidecar would get from both: `exportTo`, `sourceNamespace`,
 * `sourceLabels`, `port` or `gateways` may keep them apart, where IST0109 looks at hosts and `exportTo: ["*"]` alone.
 *
 * Routes of different kinds never meet: `tls` holds on ports of TLS and HTTPS alone, `tcp` on no such port (tls.go
 * buildSidecarOutbound{TLS,TCP}FilterChainOpts), and where a protocol is found out as it is spoken, what is HTTP takes `http` and the rest
 * `tcp`. One that is kept to the caller's namespace, or exported to it by name, goes before a public one whatever their age.
 */
export const oneVirtualServicePerMeshHost = defineMeshRule<{ id: string; other: string; host: string }>({
  code: 'MS5002',
  name: 'one-virtual-service-per-mesh-host',
  severity: 'error',
  alias: 'IST0109',
  summary: ({ id, other, host }) => `${id} and ${other} both route ${host} in the mesh`,
  why: 'Sidecars take the oldest one and ignore the other; which is older, git does not know. Age decides only among those of one reach: one that is exported to a namespace alone wins there over one for everyone.',
  fix: 'Say everything about a host in one VirtualService, or let `gateways` or `exportTo` keep the two apart; in an intent: say it in one intent.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(mesh, report) {
    const earlier = createClaimIndex(mesh.environment.istio.minor < SPECIFIC_HOST_WINS);
    const reported = new Map<MeshObject, Set<MeshObject>>();
    for (const claim of meshClaims(mesh)) {
      const other = earlier.meeting(claim).find((one) => areRivals(claim, one));
      earlier.add(claim);
      const known = reported.get(claim.object) ?? new Set();
      if (other === undefined || known.has(other.object)) continue;
      reported.set(claim.object, known.add(other.object));
      report(claim.object, {
        params: { id: titleOf(claim.object), other: titleOf(other.object), host: narrower(claim.host, other.host) },
        pointer: claim.pointer,
        related: [{ message: 'the other one', at: other.object.at(other.pointer) }],
        hints: claim.host === other.host ? [] : ['before Istio 1.21 an older wildcard wins even against the name itself'],
      });
    }
  },
});

function narrower(a: string, b: string): string {
  return b.startsWith('*') && (!a.startsWith('*') || a.length > b.length) ? a : b;
}

/** Claims by host; where wildcards meet the names beneath them, by every wildcard above as well. */
function createClaimIndex(wildcardsMeet: boolean) {
  const named = new Map<string, MeshClaim[]>();
  const beneath = new Map<string, MeshClaim[]>();
  return {
    add(claim: MeshClaim): void {
      append(named, claim.host, claim);
      if (wildcardsMeet) for (const wildcard of wildcardsAbove(claim.host)) append(beneath, wildcard, claim);
    },
    meeting({ host }: MeshClaim): readonly MeshClaim[] {
      const same = named.get(host) ?? [];
      if (!wildcardsMeet) return same;
      return [...same, ...wildcardsAbove(host).flatMap((wildcard) => named.get(wildcard) ?? []), ...(beneath.get(host) ?? [])];
    },
  };
}

function append(map: Map<string, MeshClaim[]>, key: string, claim: MeshClaim): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [claim]);
  else list.push(claim);
}

/** 'a.b.c' → '*.b.c', '*.c'; '*.b.c' → '*.c'. */
function wildcardsAbove(host: string): readonly string[] {
  const labels = host.split('.').slice(1);
  const all = labels.map((_, i) => `*.${labels.slice(i).join('.')}`);
  return host.startsWith('*.') ? all.slice(1) : all;
}

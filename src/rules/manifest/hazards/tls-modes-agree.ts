import { trafficPolicies } from '../../../istio/destination-rule-parts.ts';
import { namespaceOfHost } from '../../../istio/host.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { selects } from '../../../mesh/workloads.ts';
import { type JsonObject, objectOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { hostKey } from './rules-of-hosts.ts';

/**
 * What clients send and what workloads take are said in two places. Plain text is refused where a PeerAuthentication is STRICT, and Istio's
 * mutual TLS is not understood where one is DISABLE (Kiali: KIA0207, KIA0208, KIA0505, KIA0506). A STRICT for the whole mesh is left out:
 * it says nothing of hosts that have no proxy, which is what DISABLE is for.
 */
export const tlsModesAgree = defineMeshRule<{ id: string; host: string; mode: string; policy: string; strict: boolean }>({
  code: 'MS5917',
  name: 'tls-modes-agree',
  severity: 'warning',
  alias: 'KIA0208',
  summary: ({ id, host, mode, policy, strict }) =>
    `${id} sends ${strict ? 'plain text' : "Istio's mutual TLS"} to ${host} (\`${mode}\`), but ${policy} ${strict ? 'asks for mutual TLS there (`STRICT`)' : 'switches it off there (`DISABLE`)'}`,
  why: 'The two sides of a connection must speak the same: otherwise every request to the host fails with 503.',
  fix: 'Remove `tls` from the DestinationRule, as sidecars find out by themselves what a workload takes, or change the PeerAuthentication.',
  since: '0.1.0',
  reads: ['DestinationRule', 'PeerAuthentication'],
  check(mesh, report) {
    const taken = modesTaken(mesh);
    for (const object of mesh.ofKind('DestinationRule')) {
      if (!object.wellFormed) continue;
      const host = hostKey(mesh, object.spec.host, object);
      const namespace = namespaceOfHost(host, mesh.environment.clusterDomain);
      const policy =
        namespace === undefined || host.startsWith('*') || withoutProxy(mesh, namespace, host) ? undefined : taken(namespace, host);
      if (policy === undefined) continue;
      for (const { policy: said, pointer } of trafficPolicies(object.spec)) {
        const { mode } = objectOr(said.tls);
        const strict = mode === 'DISABLE' && policy.mode === 'STRICT';
        if (!strict && !(mode === 'ISTIO_MUTUAL' && policy.mode === 'DISABLE')) continue;
        const params = { id: titleOf(object), host, mode, policy: titleOf(policy.object), strict };
        report(object, {
          params,
          pointer: `${pointer}/tls/mode`,
          related: [{ message: 'the other side', at: policy.object.at('/mtls/mode') }],
        });
      }
    }
  },
});

interface Taken {
  readonly object: MeshObject;
  readonly mode: string;
}

/** What the workloads of a host take, as far as the PeerAuthentications of their namespace tell for all of its ports. */
function modesTaken(mesh: Mesh): (namespace: string, host: string) => Taken | undefined {
  const byNamespace = new Map<string, MeshObject[]>();
  for (const object of mesh.shown('PeerAuthentication')) {
    if (!object.wellFormed) return () => undefined;
    if (object.namespace === mesh.environment.mesh.rootNamespace) continue;
    const known = byNamespace.get(object.namespace) ?? [];
    byNamespace.set(object.namespace, [...known, object]);
  }
  return (namespace, host) => {
    const policies = byNamespace.get(namespace) ?? [];
    const some = policies.filter(({ spec }) => Object.keys(selectorOf(spec)).length > 0);
    const all = policies.filter(({ spec }) => Object.keys(selectorOf(spec)).length === 0);
    const labels = mesh.hosts.named(host).find(({ selector }) => selector !== undefined)?.selector;
    // Policies for some workloads count only where the input tells which workloads the host has.
    if (some.length > 0 && labels === undefined) return undefined;
    const own = some.filter(({ spec }) => selects(selectorOf(spec), labels ?? {}));
    const [object, ...others] = own.length > 0 ? own : all;
    if (object === undefined || others.length > 0 || object.spec.portLevelMtls !== undefined) return undefined;
    if (own.length === 0 && some.some(({ spec }) => mayNarrow(selectorOf(spec), labels ?? {}))) return undefined;
    return { object, mode: String(objectOr(object.spec.mtls).mode) };
  };
}

/** Whether the input shows that no pod of the host has a proxy, so that no PeerAuthentication holds for it. */
function withoutProxy({ hosts, cluster }: Mesh, namespace: string, host: string): boolean {
  const selector = hosts.named(host).find((one) => one.selector !== undefined)?.selector;
  if (selector === undefined) return false;
  const pods = cluster.selected(selector, namespace);
  return pods.length > 0 && pods.every(({ labels }) => String(labels['sidecar.istio.io/inject']) === 'false');
}

function selectorOf({ selector }: JsonObject): JsonObject {
  return objectOr(objectOr(selector).matchLabels);
}

/** Whether pods that a Service selects by these labels may have the others as well. */
function mayNarrow(selector: JsonObject, labels: JsonObject): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === undefined || labels[key] === value);
}

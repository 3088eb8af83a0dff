import { titleOf } from '../../../mesh/mesh-object.ts';
import { listWords } from '../../../model/names.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { gatewayCredentials } from './gateway-credentials.ts';

/**
 * The Secret that a server names must be in the namespace of the gateway's pods, not in that of the Gateway (Istio:
 * analyzers/gateway/secret.go). An error where the input shows Secrets of that namespace by name, with data or without; objects that
 * make Secrets in the cluster, like cert-manager's Certificate, count as the Secret.
 */
export const gatewayCertificateKnown = defineMeshRule<{ id: string; name: string; namespace: string }>({
  code: 'MS5720',
  name: 'gateway-certificate-known',
  severity: 'error',
  alias: 'IST0101',
  summary: ({ id, name, namespace }) =>
    `${id} takes its certificate from \`${name}\`, but there is no such Secret in ${namespace}, where its pods run`,
  why: "The proxies read certificates in their own pods' namespace. Without one the server does not come up, and connections are refused.",
  fix: "Put the Secret into the namespace of the gateway's pods, or name one that is there.",
  since: '0.1.0',
  reads: ['Gateway'],
  check(mesh, report) {
    const namespaces = new Map<string, string[]>();
    for (const { name, namespace } of mesh.cluster.secrets) namespaces.set(name, [...(namespaces.get(name) ?? []), namespace]);
    for (const { object, pointer, name, namespace, secret } of gatewayCredentials(mesh)) {
      if (secret !== undefined) continue;
      const elsewhere = namespaces.get(name) ?? [];
      const hints = elsewhere.length === 0 ? [] : [`a Secret of that name is in the namespace ${listWords(elsewhere)}`];
      report(object, { params: { id: titleOf(object), name, namespace }, pointer, hints });
    }
  },
});

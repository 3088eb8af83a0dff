import { objectGateway } from '../../../mesh/known-gateways.ts';
import { isHandWritten } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { credentialNames } from './gateway-credentials.ts';
import { counted, countUnchecked, inNamespaces, type Unchecked, type UncheckedParams } from './unchecked.ts';

/**
 * Whether a server's certificate is there can be told where the input shows the gateway's pods and some Secret of their namespace; of
 * the others one note says that it was not. Few people keep certificates beside their manifests, so it is said only where some are shown.
 */
export const certificatesCanBeChecked = defineMeshRule<UncheckedParams>({
  code: 'MS5794',
  name: 'certificates-can-be-checked',
  severity: 'info',
  summary: ({ count, namespaces }) =>
    `${counted(count, 'certificate')}${namespaces.length === 0 ? '' : ` of gateways whose pods run${inNamespaces(namespaces)}`} could not be checked: the input does not show ${namespaces.length === 0 ? "the gateways' pods" : 'Secrets from there'}`,
  why: "A server whose certificate is missing does not come up. Istio reads it in the namespace of the gateway's pods, which the Gateway does not tell.",
  fix: "Show the gateway's Deployment and the Secrets of its namespace, or what makes them, too. What they hold is never read.",
  since: '0.1.0',
  reads: ['Gateway'],
  check(mesh, report) {
    if (!mesh.cluster.knowsAny('certificates')) return;
    const unchecked = mesh.ofKind('Gateway').flatMap((object): readonly Unchecked[] => {
      if (!object.wellFormed || !isHandWritten(object.manifest)) return [];
      const pods = [...new Set(mesh.gateways.podsOf(objectGateway(object)).map(({ namespace }) => namespace))];
      const untold = pods.length === 0 ? [''] : pods.filter((namespace) => !mesh.cluster.knows('secrets', namespace));
      return credentialNames(object).flatMap(({ pointer, name }) =>
        untold.map((namespace) => ({ object, pointer, what: `${namespace}/${name}`, namespace })),
      );
    });
    const note = countUnchecked(unchecked);
    if (note !== undefined) report(note.first.object, { params: note.params, pointer: note.first.pointer });
  },
});

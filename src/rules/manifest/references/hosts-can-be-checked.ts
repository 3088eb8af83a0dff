import { namespaceOfHost } from '../../../istio/host.ts';
import type { IstioKind } from '../../../mesh/istio-kinds.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { isHandWritten } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { destinationsIn } from './each-destination.ts';
import { egressHosts } from './sidecar-egress.ts';
import { counted, countUnchecked, inNamespaces, type Unchecked, type UncheckedParams } from './unchecked.ts';

/** Whether a host is there can be told where the input shows Services of its namespace; of the others one note says that it was not. */
export const hostsCanBeChecked = defineMeshRule<UncheckedParams>({
  code: 'MS5790',
  name: 'hosts-can-be-checked',
  severity: 'info',
  summary: ({ count, namespaces }) =>
    `${counted(count, 'host')}${inNamespaces(namespaces)} could not be checked: no Service ${namespaces.length === 0 ? '' : 'from there '}is in the input`,
  why: 'Istio accepts a route to a host that does not exist, and answers 503. Without the Services nobody can tell before it is applied.',
  fix: 'Show the Services, too: their manifests as another path of `check --manifests`; for intents: a folder under `registry:` of the environment.',
  since: '0.1.0',
  reads: ['VirtualService', 'DestinationRule', 'Sidecar'],
  check(mesh, report) {
    const note = countUnchecked(uncheckedHosts(mesh));
    if (note !== undefined) report(note.first.object, { params: note.params, pointer: note.first.pointer });
  },
});

function uncheckedHosts(mesh: Mesh): readonly Unchecked[] {
  const ownOf = (kind: IstioKind) => mesh.ofKind(kind).filter(({ wellFormed, manifest }) => wellFormed && isHandWritten(manifest));
  const destinations = ownOf('VirtualService').flatMap((object) => destinationsIn(object, mesh));
  const places = [
    ...destinations.map(({ object, part, written }) => ({ object, written, pointer: `${part.pointer}/host` })),
    ...ownOf('DestinationRule').map((object) => ({ object, written: String(object.spec.host), pointer: '/host' })),
    ...ownOf('Sidecar').flatMap((object) => egressHosts(object).map(({ host, pointer }) => ({ object, written: host, pointer }))),
  ];
  return places.flatMap(({ object, written, pointer }): readonly Unchecked[] => {
    if (written.startsWith('*')) return [];
    if (mesh.hosts.find(written, object.namespace).known !== 'unknown') return [];
    const what = mesh.hosts.qualified(written, object.namespace);
    return [{ object, pointer, what, namespace: namespaceOfHost(what, mesh.environment.clusterDomain) ?? '' }];
  });
}

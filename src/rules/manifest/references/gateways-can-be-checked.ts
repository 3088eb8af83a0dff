import { qualifiedGateway } from '../../../istio/host.ts';
import { routesOf } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { isHandWritten, type MeshObject } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { virtualServicesBeside } from './delegate-known.ts';
import { gatewayReferences, isInternalGateway, isMissingGateway } from './gateway-references.ts';
import { counted, countUnchecked, inNamespaces, type Unchecked, type UncheckedParams } from './unchecked.ts';

/**
 * Whether a Gateway, or a delegate, is there can be told where the input shows another of its namespace; of the others one note says that
 * it was not.
 */
export const gatewaysCanBeChecked = defineMeshRule<UncheckedParams>({
  code: 'MS5792',
  name: 'gateways-can-be-checked',
  severity: 'info',
  summary: ({ count, namespaces }) =>
    `${counted(count, 'Gateway')} or delegate${count === 1 ? '' : 's'}${inNamespaces(namespaces)} could not be checked: none from there is in the input`,
  why: 'Routes that are bound to a Gateway that does not exist receive no traffic, and those that delegate to nothing vanish. They may be kept elsewhere.',
  fix: 'Show them, too: as another path of `check --manifests`; for intents: in a folder under `registry:` of the environment.',
  since: '0.1.0',
  reads: ['VirtualService', 'Gateway'],
  check(mesh, report) {
    const shown = virtualServicesBeside(mesh);
    const unchecked = mesh
      .ofKind('VirtualService')
      .filter(({ wellFormed, manifest }) => wellFormed && isHandWritten(manifest))
      .flatMap((object) => [...unknownGateways(mesh, object), ...delegates(object).filter(({ namespace }) => !shown(object, namespace))]);
    const note = countUnchecked(unchecked);
    if (note !== undefined) report(note.first.object, { params: note.params, pointer: note.first.pointer });
  },
});

function unknownGateways(mesh: Mesh, object: MeshObject): readonly Unchecked[] {
  return gatewayReferences(object).flatMap(({ written, pointer }): readonly Unchecked[] => {
    const what = qualifiedGateway(written, object.namespace);
    const told = mesh.gateways.find(written, object.namespace).known === 'yes' || isMissingGateway(mesh, object, written);
    return told || isInternalGateway(written) ? [] : [{ object, pointer, what, namespace: what.slice(0, what.indexOf('/')) }];
  });
}

function delegates(object: MeshObject): readonly Unchecked[] {
  return routesOf(object.spec, ['http']).flatMap(({ route, pointer }): readonly Unchecked[] => {
    const { name, namespace } = objectOr(route.delegate);
    if (typeof name !== 'string') return [];
    const home = typeof namespace === 'string' && namespace !== '' ? namespace : object.namespace;
    return [{ object, pointer: `${pointer}/delegate/name`, what: `delegate ${home}/${name}`, namespace: home }];
  });
}

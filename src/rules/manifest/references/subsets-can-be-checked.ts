import { isHandWritten } from '../../../mesh/mesh-object.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { subsetUses } from './subsets-by-client.ts';
import { counted, countUnchecked, inNamespaces, type Unchecked, type UncheckedParams } from './unchecked.ts';

/**
 * Whether a subset is declared can be told where the input shows something of the host's namespace; of the others one note says that it
 * was not.
 */
export const subsetsCanBeChecked = defineMeshRule<UncheckedParams>({
  code: 'MS5791',
  name: 'subsets-can-be-checked',
  severity: 'info',
  summary: ({ count, namespaces }) =>
    `${counted(count, 'subset')} of hosts${inNamespaces(namespaces)} could not be checked: no DestinationRule ${namespaces.length === 0 ? 'of theirs' : 'from there'} is in the input`,
  why: 'A subset that no DestinationRule declares has no endpoints, so its requests fail with 503. The rule may be kept elsewhere.',
  fix: 'Show the DestinationRules, too: as another path of `check --manifests`; for intents: in a folder under `registry:` of the environment.',
  since: '0.1.0',
  reads: ['VirtualService', 'DestinationRule'],
  check(mesh, report) {
    const written = mesh.ofKind('VirtualService').filter(({ wellFormed, manifest }) => wellFormed && isHandWritten(manifest));
    const uses = written.flatMap((object) => subsetUses(object, mesh));
    const unchecked = uses.flatMap(({ object, part, subset, host, homes, clients, shown }): readonly Unchecked[] => {
      if (shown || clients.some(({ finds }) => finds)) return [];
      return [{ object, pointer: `${part.pointer}/subset`, what: `${host} ${subset}`, namespace: homes[0] ?? '' }];
    });
    const note = countUnchecked(unchecked);
    if (note !== undefined) report(note.first.object, { params: note.params, pointer: note.first.pointer });
  },
});

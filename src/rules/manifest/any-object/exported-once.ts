import { knownNamespace } from '../../../mesh/known-namespace.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** No namespace stands twice in `exportTo`, where `.` is the object's own (Istio: validation.go validateExportTo). */
export const exportedOnce = defineObjectRule<{ id: string; entry: string; before: string }>({
  code: 'MS5017',
  name: 'exported-once',
  severity: 'error',
  summary: ({ id, entry, before }) =>
    entry === before
      ? `${id} is exported to \`${entry}\` twice`
      : `${id} is exported to \`${before}\` and to \`${entry}\`, which are the same`,
  why: 'Istio rejects an object that names a namespace twice.',
  fix: 'Remove one of the two; `.` is the namespace that the object is in.',
  since: '0.1.0',
  reads: ['VirtualService', 'DestinationRule', 'ServiceEntry'],
  check(object, report, mesh) {
    const home = knownNamespace(object, mesh) ?? '.';
    const seen = new Map<string, { readonly entry: string; readonly index: number }>();
    for (const [index, value] of listOr(object.spec.exportTo).entries()) {
      const entry = String(value);
      const namespace = entry === '.' ? home : entry;
      const before = seen.get(namespace);
      if (before === undefined) seen.set(namespace, { entry, index });
      else {
        const related = [{ message: 'it stands here already', at: object.at(`/exportTo/${before.index}`) }];
        report({ params: { id: titleOf(object), entry, before: before.entry }, pointer: `/exportTo/${index}`, related });
      }
    }
  },
});

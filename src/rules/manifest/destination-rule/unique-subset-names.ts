import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** No two subsets of a DestinationRule have one name (Istio: validation.go ValidateDestinationRule). */
export const uniqueSubsetNames = defineObjectRule<{ id: string; subset: string }>({
  code: 'MS5200',
  name: 'unique-subset-names',
  severity: 'error',
  summary: ({ id, subset }) => `${id} declares the subset \`${subset}\` twice`,
  why: 'Istio rejects the DestinationRule: a route to that subset could mean either.',
  fix: 'Rename one of the two, or remove it.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  meshes: { from: 22 },
  check(object, report) {
    const seen = new Map<string, number>();
    for (const [index, entry] of listOr(object.spec.subsets).entries()) {
      const subset = String(objectOr(entry).name);
      const before = seen.get(subset);
      if (before === undefined) seen.set(subset, index);
      else {
        const related = [{ message: 'it is declared here first', at: object.at(`/subsets/${before}/name`) }];
        report({ params: { id: titleOf(object), subset }, pointer: `/subsets/${index}/name`, related });
      }
    }
  },
});

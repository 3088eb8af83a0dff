import { titleOf } from '../../../mesh/mesh-object.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { describeScope } from './describe-scope.ts';
import { overlapKeys, widestFirst } from './locality-levels.ts';
import { distributionsOf, localitySettings } from './locality-settings.ts';

/**
 * No two entries of `distribute` are about one locality, nor two destinations of an entry (Istio: agent/validation.go validateLocalities).
 * Entries are compared in their order, so a wildcard may follow what it includes. Destinations are a map, which Istio reads in random
 * order: what overlaps in one of the orders is refused now and then, and otherwise served by chance.
 */
export const localitiesApart = defineObjectRule<{ id: string; where: string; side: 'from' | 'to'; locality: string; other: string }>({
  code: 'MS5212',
  name: 'localities-apart',
  severity: 'error',
  summary: ({ id, where, side, locality, other }) =>
    locality === other
      ? `${id} distributes requests${where} ${side} \`${locality}\` twice`
      : `${id} distributes requests${where} ${side} \`${other}\` and ${side} \`${locality}\`, which overlap`,
  why: 'Istio rejects localities that overlap, because a request or an endpoint would belong to both.',
  fix: 'Name each locality once. Of several `from` a wildcard comes after the localities that it includes.',
  since: '0.1.0',
  reads: ['DestinationRule'],
  check(object, report) {
    for (const found of localitySettings(object.spec)) {
      const params = { id: titleOf(object), where: describeScope(found.part.scope) };
      const distributions = distributionsOf(found);
      for (const [one, other] of overlapsIn(distributions.map(({ from, pointer }) => ({ locality: from, pointer: `${pointer}/from` })))) {
        const related = [{ message: 'the other one', at: object.at(other.pointer) }];
        report({ params: { ...params, side: 'from', locality: one.locality, other: other.locality }, pointer: one.pointer, related });
      }
      for (const { to } of distributions) {
        for (const [one, other] of overlapsIn(to.toSorted((a, b) => widestFirst(a.locality, b.locality)))) {
          const related = [{ message: 'the other one', at: object.at(other.pointer, 'key') }];
          const place = { pointer: one.pointer, part: 'key' } as const;
          report({ params: { ...params, side: 'to', locality: one.locality, other: other.locality }, ...place, related });
        }
      }
    }
  },
});

interface Named {
  readonly locality: string;
  readonly pointer: Pointer;
}

/** Each that overlaps with an earlier one, and that one. */
function overlapsIn(named: readonly Named[]): readonly (readonly [Named, Named])[] {
  const taken = new Map<string, Named>();
  const found: [Named, Named][] = [];
  for (const one of named) {
    const { takes, asks } = overlapKeys(one.locality);
    const other = asks.map((key) => taken.get(key)).find((earlier) => earlier !== undefined);
    if (other !== undefined) found.push([one, other]);
    for (const key of takes) if (!taken.has(key)) taken.set(key, one);
  }
  return found;
}

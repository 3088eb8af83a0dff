import { titleOf } from '../../../mesh/mesh-object.ts';
import { isList } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { rulesOf } from './policy-parts.ts';

/**
 * `from` and `to` name something where they are written. Istio means to reject empty ones (validation.go ValidateAuthorizationPolicy), but
 * its decoder takes them for absent before the check.
 */
export const clausesNotEmpty = defineObjectRule<{ id: string; clause: 'from' | 'to' }>({
  code: 'MS5605',
  name: 'clauses-not-empty',
  severity: 'warning',
  summary: ({ id, clause }) =>
    `a rule of ${id} has an empty \`${clause}\`, so it holds for every ${clause === 'from' ? 'caller' : 'operation'}`,
  why: 'Istio reads an empty list as if it were not written, and so does not narrow the rule; its check against empty lists never sees one.',
  fix: 'Name what is meant, or remove the key where everything is.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  check(object, report) {
    for (const { value, pointer } of rulesOf(object.spec)) {
      for (const clause of ['from', 'to'] as const) {
        const list = value[clause];
        if (isList(list) && list.length === 0)
          report({ params: { id: titleOf(object), clause }, pointer: `${pointer}/${clause}`, part: 'key' });
      }
    }
  },
});

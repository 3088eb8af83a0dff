import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { formOf } from './condition-keys.ts';
import { keyOf, rulesOf, textsThat } from './policy-parts.ts';

/** Values are of the attribute's kind: addresses, ports, service accounts, trust domains (Istio: pkg/config/security ValidateAttribute). */
export const conditionValuesFitTheirKey = defineObjectRule<{ id: string; key: string; problem: string }>({
  code: 'MS5610',
  name: 'condition-values-fit-their-key',
  severity: 'error',
  summary: ({ id, key, problem }) => `a condition of ${id} on \`${key}\` ${problem}`,
  why: 'No request could have such a value; Istio rejects the policy.',
  fix: 'Write values as the attribute has them.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  check(object, report) {
    const id = titleOf(object);
    for (const condition of rulesOf(object.spec).flatMap(({ conditions }) => conditions)) {
      const key = keyOf(condition);
      const form = formOf(key);
      if (form === undefined) continue;
      for (const list of ['values', 'notValues']) {
        if (key === 'source.serviceAccount' && listOr(condition.value[list]).length > 16)
          report({ params: { id, key, problem: 'has more than 16 values' }, pointer: `${condition.pointer}/${list}`, part: 'key' });
        for (const { text, pointer } of textsThat(condition, [list], (value) => form(value) !== undefined))
          report({ params: { id, key, problem: `has the value \`${text}\`, which must be ${form(text) ?? ''}` }, pointer });
      }
    }
  },
});

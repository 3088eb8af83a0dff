import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { keyOf, rulesOf, says } from './policy-parts.ts';

/** A condition says which values it wants, or does not want (Istio: validation.go ValidateAuthorizationPolicy). */
export const conditionsHaveValues = defineObjectRule<{ id: string; key: string }>({
  code: 'MS5609',
  name: 'conditions-have-values',
  severity: 'error',
  summary: ({ id, key }) => `a condition of ${id} on \`${key}\` has no values`,
  why: 'There is nothing to compare with; Istio rejects the policy.',
  fix: 'Write `values` or `notValues`; for some attributes `values: ["*"]` means that there is any.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  check(object, report) {
    for (const condition of rulesOf(object.spec).flatMap(({ conditions }) => conditions)) {
      if (says(condition, 'values') || says(condition, 'notValues')) continue;
      report({ params: { id: titleOf(object), key: keyOf(condition) }, pointer: `${condition.pointer}/key` });
    }
  },
});

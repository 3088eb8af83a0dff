import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { exampleOf, familyOf } from './condition-keys.ts';
import { keyOf, rulesOf } from './policy-parts.ts';

/**
 * The header or claim stands in brackets right after the attribute. Istio's validation takes anything that begins and ends so; what draws
 * the rule then fails, and drops it (authz/model/util.go extractNameInBrackets).
 */
export const bracketsAfterAttribute = defineObjectRule<{ id: string; key: string; example: string }>({
  code: 'MS5617',
  name: 'brackets-after-attribute',
  severity: 'warning',
  summary: ({ id, key, example }) => `a condition of ${id} asks for \`${key}\`, which is not of the form \`${example}\``,
  why: 'Istio accepts the policy and then leaves the condition, or the whole rule, out without a word.',
  fix: 'Write the name in brackets right after the attribute.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  check(object, report) {
    for (const condition of rulesOf(object.spec).flatMap(({ conditions }) => conditions)) {
      const key = keyOf(condition);
      const family = familyOf(key);
      if (family !== 'request.headers' && family !== 'request.auth.claims') continue;
      if (!/^[^[]+\[.+\]$/.test(key) || key.charAt(family.length) === '[') continue;
      report({ params: { id: titleOf(object), key, example: exampleOf(family) }, pointer: `${condition.pointer}/key` });
    }
  },
});

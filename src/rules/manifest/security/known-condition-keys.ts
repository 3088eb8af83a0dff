import { titleOf } from '../../../mesh/mesh-object.ts';
import { didYouMean } from '../../../model/names.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { knownKeys, problemOfKey } from './condition-keys.ts';
import { keyOf, rulesOf } from './policy-parts.ts';

/** A condition asks for an attribute that there is (Istio: pkg/config/security ValidateAttribute). */
export const knownConditionKeys = defineObjectRule<{ id: string; key: string; problem: string }>({
  code: 'MS5608',
  name: 'known-condition-keys',
  severity: 'error',
  summary: ({ id, key, problem }) => `a condition of ${id} asks for \`${key}\`, ${problem}`,
  why: 'Istio knows a fixed list of attributes and rejects a policy that asks for another.',
  fix: 'Ask for one of those under istio.io/latest/docs/reference/config/security/conditions.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  check(object, report, mesh) {
    for (const condition of rulesOf(object.spec).flatMap(({ conditions }) => conditions)) {
      const key = keyOf(condition);
      const problem = problemOfKey(key, mesh.environment.istio.minor);
      if (problem === undefined) continue;
      const hints = problem === 'which is no attribute' ? didYouMean(key, knownKeys) : [];
      report({ params: { id: titleOf(object), key, problem }, pointer: `${condition.pointer}/key`, hints });
    }
  },
});

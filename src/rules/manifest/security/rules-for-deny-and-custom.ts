import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { actionOf } from './policy-parts.ts';

/** DENY and CUSTOM act through rules; without any they never act (Istio: validation.go ValidateAuthorizationPolicy, since 1.9). */
export const rulesForDenyAndCustom = defineObjectRule<{ id: string; action: string }>({
  code: 'MS5601',
  name: 'rules-for-deny-and-custom',
  severity: 'error',
  summary: ({ id, action }) => `${id} has the action ${action} and no rules`,
  why: 'Such a policy never applies to a request; Istio rejects it.',
  fix: 'Say under `rules` which requests are meant; `rules: [{}]` means all.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  meshes: { from: 9 },
  check(object, report) {
    const action = actionOf(object.spec);
    if ((action === 'DENY' || action === 'CUSTOM') && listOr(object.spec.rules).length === 0)
      report({ params: { id: titleOf(object), action }, pointer: '/action' });
  },
});

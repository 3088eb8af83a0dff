import { titleOf } from '../../../mesh/mesh-object.ts';
import { listOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { actionOf } from './policy-parts.ts';

/** CUSTOM names the provider that decides, and no other action does (Istio: validation.go ValidateAuthorizationPolicy, since 1.9). */
export const providerWithCustom = defineObjectRule<{ id: string; action: string }>({
  code: 'MS5602',
  name: 'provider-with-custom',
  severity: 'error',
  summary: ({ id, action }) =>
    action === 'CUSTOM'
      ? `${id} has the action CUSTOM and no provider that decides`
      : `${id} names a provider, which the action ${action} does not ask`,
  why: 'A provider of `extensionProviders` in the mesh configuration decides for CUSTOM and for nothing else; Istio rejects the policy.',
  fix: 'Write `provider: {name: …}` beside `action: CUSTOM`; remove it beside other actions.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  meshes: { from: 9 },
  check(object, report) {
    const { provider, rules } = object.spec;
    const action = actionOf(object.spec);
    const params = { id: titleOf(object), action };
    if (action !== 'CUSTOM' && provider !== undefined) report({ params, pointer: '/provider', part: 'key' });
    else if (action === 'CUSTOM' && provider === undefined && listOr(rules).length > 0) report({ params, pointer: '/action' });
  },
});

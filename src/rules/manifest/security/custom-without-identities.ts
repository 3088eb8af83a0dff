import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { actionOf, keyOf, rulesOf, says } from './policy-parts.ts';

const identities = ['principals', 'requestPrincipals', 'namespaces', 'serviceAccounts', 'trustDomains'].flatMap((key) => [
  key,
  `not${key.charAt(0).toUpperCase()}${key.slice(1)}`,
]);
const identityKeys: ReadonlySet<string> = new Set(['source.namespace', 'source.serviceAccount', 'source.trustDomain', 'source.principal']);

/** Rules of CUSTOM do not ask who calls (Istio: validation.go ValidateAuthorizationPolicy, since 1.9). */
export const customWithoutIdentities = defineObjectRule<{ id: string; what: string }>({
  code: 'MS5603',
  name: 'custom-without-identities',
  severity: 'error',
  summary: ({ id, what }) => `${id} asks for \`${what}\`, which rules of the action CUSTOM cannot`,
  why: 'Whether the provider is asked is decided by addresses, hosts, ports, methods, paths and headers only; Istio rejects the policy.',
  fix: 'Leave the identity to the provider, or check it in a policy with the action DENY or ALLOW beside this one.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  meshes: { from: 9 },
  check(object, report) {
    if (actionOf(object.spec) !== 'CUSTOM') return;
    const id = titleOf(object);
    for (const { sources, conditions } of rulesOf(object.spec)) {
      for (const source of sources) {
        for (const what of identities)
          if (says(source, what)) report({ params: { id, what }, pointer: `${source.pointer}/${what}`, part: 'key' });
      }
      for (const condition of conditions) {
        const what = keyOf(condition);
        if (identityKeys.has(what) || what.startsWith('request.auth.'))
          report({ params: { id, what }, pointer: `${condition.pointer}/key` });
      }
    }
  },
});

import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { rulesOf } from './policy-parts.ts';

/** Service accounts stand for namespace and principal at once (Istio: validation.go ValidateAuthorizationPolicy, and the CRD, since 1.25). */
export const accountsWithoutOtherIdentities = defineObjectRule<{ id: string; account: string; other: string }>({
  code: 'MS5606',
  name: 'accounts-without-other-identities',
  severity: 'error',
  summary: ({ id, account, other }) => `a source of ${id} has both \`${account}\` and \`${other}\``,
  why: 'A service account is a namespace and a name already; Istio rejects a source that has both, even where one of the lists is empty.',
  fix: 'Write `namespace/name` under `serviceAccounts`, or put the other identities into a source of their own.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  meshes: { from: 25 },
  check(object, report) {
    for (const { sources } of rulesOf(object.spec)) {
      for (const { value, pointer } of sources) {
        const account = ['serviceAccounts', 'notServiceAccounts'].find((key) => value[key] !== undefined);
        const other = ['principals', 'notPrincipals', 'namespaces', 'notNamespaces'].find((key) => value[key] !== undefined);
        if (account === undefined || other === undefined) continue;
        const related = [{ message: `\`${other}\` is here`, at: object.at(`${pointer}/${other}`, 'key') }];
        report({ params: { id: titleOf(object), account, other }, pointer: `${pointer}/${account}`, part: 'key', related });
      }
    }
  },
});

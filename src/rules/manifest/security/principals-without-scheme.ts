import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { keyOf, rulesOf, textsOf } from './policy-parts.ts';

/** Principals are written without `spiffe://`, which Istio puts before them itself (authz/model/generator.go srcPrincipalGenerator). */
export const principalsWithoutScheme = defineObjectRule<{ id: string; principal: string }>({
  code: 'MS5616',
  name: 'principals-without-scheme',
  severity: 'warning',
  summary: ({ id, principal }) => `${id} has the principal \`${principal}\` with its scheme`,
  why: 'Istio puts `spiffe://` before every principal, so this one fits no caller, and the rule admits or stops other callers than were meant.',
  fix: 'Write it without the scheme: `cluster.local/ns/default/sa/web`.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  check(object, report) {
    for (const { sources, conditions } of rulesOf(object.spec)) {
      const texts = [
        ...sources.flatMap((part) => [...textsOf(part, 'principals'), ...textsOf(part, 'notPrincipals')]),
        ...conditions
          .filter((part) => keyOf(part) === 'source.principal')
          .flatMap((part) => [...textsOf(part, 'values'), ...textsOf(part, 'notValues')]),
      ];
      for (const { text: principal, pointer } of texts)
        if (principal.startsWith('spiffe://')) report({ params: { id: titleOf(object), principal }, pointer });
    }
  },
});

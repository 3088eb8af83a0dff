import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { keyOf, rulesOf, textsThat } from './policy-parts.ts';

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
      const found = [
        ...sources.flatMap((source) => textsThat(source, ['principals', 'notPrincipals'], hasScheme)),
        ...conditions
          .filter((condition) => keyOf(condition) === 'source.principal')
          .flatMap((condition) => textsThat(condition, ['values', 'notValues'], hasScheme)),
      ];
      for (const { text: principal, pointer } of found) report({ params: { id: titleOf(object), principal }, pointer });
    }
  },
});

function hasScheme(principal: string): boolean {
  return principal.startsWith('spiffe://');
}

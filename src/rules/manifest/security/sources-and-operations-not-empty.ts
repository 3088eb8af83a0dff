import { titleOf } from '../../../mesh/mesh-object.ts';
import { isList } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { rulesOf } from './policy-parts.ts';

/** A source, and an operation, says something (Istio: validation.go ValidateAuthorizationPolicy). */
export const sourcesAndOperationsNotEmpty = defineObjectRule<{ id: string; what: 'source' | 'operation' }>({
  code: 'MS5604',
  name: 'sources-and-operations-not-empty',
  severity: 'error',
  summary: ({ id, what }) => `${what === 'source' ? 'a source' : 'an operation'} of ${id} names nothing`,
  why: 'It would hold for every request, which is rarely meant; Istio rejects the policy.',
  fix: 'Name what is meant, or remove the whole `from` or `to` where every caller or every operation is.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  check(object, report) {
    for (const { sources, operations } of rulesOf(object.spec)) {
      for (const [what, parts] of [
        ['source', sources],
        ['operation', operations],
      ] as const) {
        for (const { value, pointer } of parts) {
          if (Object.values(value).some((list) => isList(list) && list.length > 0)) continue;
          report({ params: { id: titleOf(object), what }, pointer, part: 'key' });
        }
      }
    }
  },
});

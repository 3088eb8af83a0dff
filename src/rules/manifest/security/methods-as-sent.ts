import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { rulesOf, textsThat } from './policy-parts.ts';

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE']);

/**
 * Methods are compared letter for letter with the request's (Istio: authz/model/generator.go methodGenerator). Kiali also takes a gRPC
 * method's name, but that stands in the path: the method of gRPC is POST.
 */
export const methodsAsSent = defineObjectRule<{ id: string; method: string; path: boolean }>({
  code: 'MS5614',
  name: 'methods-as-sent',
  severity: 'warning',
  alias: 'KIA0102',
  summary: ({ id, method, path }) =>
    path
      ? `${id} lists \`${method}\` among methods, which is a path`
      : `${id} lists the method \`${method}\`; requests say \`${method.toUpperCase()}\``,
  why: 'Methods are compared letter for letter, so this entry fits no request, and the rule admits or stops other requests than were meant.',
  fix: 'Write HTTP methods in capitals, and the name of a gRPC method (`/package.Service/Method`) under `paths`.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  check(object, report) {
    for (const { operations } of rulesOf(object.spec)) {
      for (const operation of operations) {
        for (const { text: method, pointer } of textsThat(operation, ['methods', 'notMethods'], neverSent))
          report({ params: { id: titleOf(object), method, path: method.includes('/') }, pointer });
      }
    }
  },
});

function neverSent(method: string): boolean {
  return method.includes('/') || (!methods.has(method) && methods.has(method.toUpperCase()));
}

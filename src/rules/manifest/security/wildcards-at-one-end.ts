import { titleOf } from '../../../mesh/mesh-object.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { keyOf, type Part, type RulePart, rulesOf, textsOf } from './policy-parts.ts';

/**
 * `*` stands for anything at one end of a text, and for itself everywhere else (Istio: authz/matcher/string.go, header.go). Namespaces may
 * hold it anywhere, and headers and claims may really contain it, so those are not looked at.
 */
export const wildcardsAtOneEnd = defineObjectRule<{ id: string; text: string; template: boolean }>({
  code: 'MS5615',
  name: 'wildcards-at-one-end',
  severity: 'warning',
  summary: ({ id, text }) => `${id} has \`${text}\`, where a \`*\` stands for itself`,
  why: 'Istio takes one `*` at the beginning or at the end of a text for anything, and compares every other `*` letter for letter, so this fits nothing that was meant.',
  fix: 'Write a text with one `*` at one end, several texts, or for paths from Istio 1.22 a template: `/users/{*}/orders`.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  check(object, report, mesh) {
    const template = mesh.environment.istio.minor >= 22;
    for (const { text, pointer } of rulesOf(object.spec).flatMap(comparedTexts)) {
      const isTemplate = template && text.startsWith('/') && /\{\*{1,2}\}/.test(text);
      if (!isTemplate && text.slice(text.startsWith('*') ? 1 : 0, text.startsWith('*') ? undefined : -1).includes('*'))
        report({ params: { id: titleOf(object), text, template }, pointer });
    }
  },
});

const ofSources = ['principals', 'notPrincipals', 'requestPrincipals', 'notRequestPrincipals'];
const ofOperations = ['hosts', 'notHosts', 'paths', 'notPaths', 'methods', 'notMethods'];
const ofConditions: ReadonlySet<string> = new Set(['source.principal', 'request.auth.principal', 'connection.sni']);

function comparedTexts({ sources, operations, conditions }: RulePart): readonly { readonly text: string; readonly pointer: Pointer }[] {
  const texts = (parts: readonly Part[], keys: readonly string[]) => parts.flatMap((part) => keys.flatMap((key) => textsOf(part, key)));
  return [
    ...texts(sources, ofSources),
    ...texts(operations, ofOperations),
    ...texts(
      conditions.filter((condition) => ofConditions.has(keyOf(condition))),
      ['values', 'notValues'],
    ),
  ];
}

import { titleOf } from '../../../mesh/mesh-object.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { keyOf, type RulePart, rulesOf, type TextPart, textsThat } from './policy-parts.ts';

/**
 * `*` stands for anything at one end of a text, and for itself everywhere else (Istio: authz/matcher/string.go, header.go). Namespaces may
 * hold it anywhere, and headers and claims may really contain it, so those are not looked at.
 */
export const wildcardsAtOneEnd = defineObjectRule<{ id: string; text: string }>({
  code: 'MS5615',
  name: 'wildcards-at-one-end',
  severity: 'warning',
  summary: ({ id, text }) => `${id} has \`${text}\`, where a \`*\` stands for itself`,
  why: 'Istio takes one `*` at the beginning or at the end of a text for anything, and compares every other `*` letter for letter, so this fits nothing that was meant.',
  fix: 'Write a text with one `*` at one end, several texts, or for paths from Istio 1.22 a template: `/users/{*}/orders`.',
  since: '0.1.0',
  reads: ['AuthorizationPolicy'],
  check(object, report, mesh) {
    const asked = mesh.environment.istio.minor >= 22 ? starForItselfBesideTemplates : starForItself;
    for (const part of rulesOf(object.spec)) {
      for (const { text, pointer } of comparedTexts(part, asked)) report({ params: { id: titleOf(object), text }, pointer });
    }
  },
});

function starForItself(text: string): boolean {
  const last = text.lastIndexOf('*');
  if (last === -1) return false;
  return text.startsWith('*') ? last > 0 : text.indexOf('*') < text.length - 1;
}

function starForItselfBesideTemplates(text: string): boolean {
  return starForItself(text) && !/\{\*{1,2}\}/.test(text);
}

const ofSources = ['principals', 'notPrincipals', 'requestPrincipals', 'notRequestPrincipals'];
const ofOperations = ['hosts', 'notHosts', 'paths', 'notPaths', 'methods', 'notMethods'];
const ofConditions: ReadonlySet<string> = new Set(['source.principal', 'request.auth.principal', 'connection.sni']);

function comparedTexts({ sources, operations, conditions }: RulePart, asked: (text: string) => boolean): readonly TextPart[] {
  return [
    ...sources.flatMap((source) => textsThat(source, ofSources, asked)),
    ...operations.flatMap((operation) => textsThat(operation, ofOperations, asked)),
    ...conditions
      .filter((condition) => ofConditions.has(keyOf(condition)))
      .flatMap((condition) => textsThat(condition, ['values', 'notValues'], asked)),
  ];
}

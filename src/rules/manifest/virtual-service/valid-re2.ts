import { readRe2 } from '../../../istio/re2.ts';
import { matchesOf, type RoutePart, routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { type Json, type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import { joinPointer, type Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * Every regex is RE2 of at most 1024 bytes (Istio: pkg/config/validation/validation.go validateStringRegexp, as called for match
 * conditions, corsPolicy.allowOrigins and rewrite.uriRegexRewrite). `*` alone is no RE2; `withoutHeaders` reads it as "any value".
 */
export const validRe2 = defineObjectRule<{ id: string; regex: string; reason: string }>({
  code: 'MS5190',
  name: 'valid-re2',
  severity: 'error',
  summary: ({ id, regex, reason }) => `the regex \`${shortened(regex)}\` of ${id} is not RE2: ${reason}`,
  why: 'Istio and Envoy compile every regex as RE2; one that does not compile is refused together with the whole VirtualService.',
  fix: 'Write RE2 syntax, as in https://github.com/google/re2/wiki/Syntax: it has no lookaround, no back-references and no possessive or atomic groups, and repeats at most 1000 times. Often `exact`, `prefix` or `withoutHeaders` says the same without a regex.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const part of routesOf(object.spec, ['http'])) {
      for (const { regex, pointer } of regexesOf(part)) {
        const reading = readRe2(regex);
        if (reading.kind === 'refused') report({ params: { id: titleOf(object), regex, reason: reading.reason }, pointer });
      }
    }
  },
});

interface RegexPlace {
  readonly regex: string;
  readonly pointer: Pointer;
}

function regexesOf(part: RoutePart): readonly RegexPlace[] {
  const { corsPolicy, rewrite } = part.route;
  const { match } = objectOr(objectOr(rewrite).uriRegexRewrite);
  return [
    ...matchesOf(part).flatMap((one) => conditionRegexes(one.match, one.pointer)),
    ...listOr(objectOr(corsPolicy).allowOrigins).flatMap((origin, i) => regexOf(origin, `${part.pointer}/corsPolicy/allowOrigins/${i}`)),
    ...(typeof match === 'string' ? [{ regex: match, pointer: `${part.pointer}/rewrite/uriRegexRewrite/match` }] : []),
  ];
}

function conditionRegexes(match: JsonObject, pointer: Pointer): readonly RegexPlace[] {
  return [
    ...['uri', 'scheme', 'method', 'authority'].flatMap((key) => regexOf(match[key], `${pointer}/${key}`)),
    ...['headers', 'withoutHeaders', 'queryParams'].flatMap((key) =>
      Object.entries(objectOr(match[key])).flatMap(([name, condition]) =>
        regexOf(condition, joinPointer(`${pointer}/${key}`, name)).filter(({ regex }) => key !== 'withoutHeaders' || regex !== '*'),
      ),
    ),
  ];
}

function regexOf(condition: Json | undefined, pointer: Pointer): readonly RegexPlace[] {
  const { regex } = objectOr(condition);
  return typeof regex === 'string' ? [{ regex, pointer: `${pointer}/regex` }] : [];
}

function shortened(regex: string): string {
  return regex.length > 60 ? `${regex.slice(0, 57)}...` : regex;
}

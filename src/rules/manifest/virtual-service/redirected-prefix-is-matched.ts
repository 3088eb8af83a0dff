import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A redirect replaces a prefix only where paths are matched by prefix (Istio: validation.go validateHTTPRedirect, from 1.31). */
export const redirectedPrefixIsMatched = defineObjectRule<{ id: string; kind: string | undefined }>({
  code: 'MS5117',
  name: 'redirected-prefix-is-matched',
  severity: 'error',
  summary: ({ id, kind }) =>
    `a redirect of ${id} has \`prefixRewrite\`, but the path is matched ${kind === undefined ? 'without a `prefix`' : `by \`${kind}\``}`,
  why: 'Only a match by prefix says which part of the path is replaced; Istio rejects the VirtualService.',
  fix: 'Match `uri` by `prefix` in each alternative, or redirect by `uri`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 31 },
  check(object, report) {
    for (const part of routesOf(object.spec, ['http'])) {
      const { prefixRewrite = '' } = objectOr(part.route.redirect);
      if (prefixRewrite === '') continue;
      const related = [{ message: '`prefixRewrite` is written here', at: object.at(`${part.pointer}/redirect/prefixRewrite`, 'key') }];
      for (const { match, pointer } of matchesOf(part)) {
        if (!isObject(match.uri) || match.uri.prefix !== undefined) continue;
        const kind = ['exact', 'regex'].find((key) => objectOr(match.uri)[key] !== undefined);
        report({ params: { id: titleOf(object), kind }, pointer: `${pointer}/uri`, related });
      }
    }
  },
});

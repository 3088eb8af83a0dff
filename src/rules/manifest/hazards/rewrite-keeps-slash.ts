import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/**
 * A rewrite replaces just the prefix that was matched, and no match by path counts as the prefix `/` (Istio: route.go
 * applyHTTPRouteDestination; Envoy: prefix_rewrite). A prefix that ends in a slash takes the slash along.
 */
export const rewriteKeepsSlash = defineObjectRule<{ id: string; prefix: string; uri: string }>({
  code: 'MS5915',
  name: 'rewrite-keeps-slash',
  severity: 'warning',
  summary: ({ id, prefix, uri }) => `${id} rewrites \`${prefix}foo\` to \`${uri}foo\``,
  why: 'Envoy puts the new text in place of the prefix as it is, the slash at its end included, so no path beneath it stays right.',
  fix: 'Write a slash at the end of `rewrite.uri`, or match the prefix without it.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report) {
    for (const part of routesOf(object.spec, ['http'])) {
      const { uri, uriRegexRewrite } = objectOr(part.route.rewrite);
      if (typeof uri !== 'string' || uri === '' || uri.endsWith('/') || uriRegexRewrite !== undefined) continue;
      if (part.route.route === undefined) continue;
      const matches = matchesOf(part);
      const [prefix] = (matches.length === 0 ? [{}] : matches.map(({ match }) => match)).flatMap(({ uri: path }) => {
        if (path === undefined) return ['/'];
        const { prefix: written } = objectOr(path);
        return typeof written === 'string' && written.endsWith('/') ? [written] : [];
      });
      if (prefix !== undefined) report({ params: { id: titleOf(object), prefix, uri }, pointer: `${part.pointer}/rewrite/uri` });
    }
  },
});

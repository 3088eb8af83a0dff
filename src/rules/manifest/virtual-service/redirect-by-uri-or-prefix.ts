import { routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A redirect sets the whole path or replaces its matched beginning (Istio: validation.go validateHTTPRedirect, from 1.31). */
export const redirectByUriOrPrefix = defineObjectRule<{ id: string }>({
  code: 'MS5116',
  name: 'redirect-by-uri-or-prefix',
  severity: 'error',
  summary: ({ id }) => `a redirect of ${id} has both \`uri\` and \`prefixRewrite\``,
  why: 'Both say to which path; Istio rejects a redirect with two.',
  fix: 'Keep `uri` for one path, or `prefixRewrite` to keep what follows the matched prefix.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 31 },
  check(object, report) {
    for (const { route, pointer } of routesOf(object.spec, ['http'])) {
      const { uri = '', prefixRewrite = '' } = objectOr(route.redirect);
      if (uri === '' || prefixRewrite === '') continue;
      const related = [{ message: '`uri` is written here', at: object.at(`${pointer}/redirect/uri`, 'key') }];
      report({ params: { id: titleOf(object) }, pointer: `${pointer}/redirect/prefixRewrite`, part: 'key', related });
    }
  },
});

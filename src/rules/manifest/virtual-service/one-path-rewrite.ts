import { routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A path is rewritten as a whole or by a regex (Istio: validation.go validateHTTPRewrite, from 1.19). */
export const onePathRewrite = defineObjectRule<{ id: string }>({
  code: 'MS5119',
  name: 'one-path-rewrite',
  severity: 'error',
  summary: ({ id }) => `a rewrite of ${id} has both \`uri\` and \`uriRegexRewrite\``,
  why: 'Both say what becomes of the path; Istio rejects a rewrite with two.',
  fix: 'Keep one of them.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 19 },
  check(object, report) {
    for (const { route, pointer } of routesOf(object.spec, ['http'])) {
      const { uri = '', uriRegexRewrite } = objectOr(route.rewrite);
      if (uri === '' || !isObject(uriRegexRewrite)) continue;
      const related = [{ message: '`uri` is written here', at: object.at(`${pointer}/rewrite/uri`, 'key') }];
      report({ params: { id: titleOf(object) }, pointer: `${pointer}/rewrite/uriRegexRewrite`, part: 'key', related });
    }
  },
});

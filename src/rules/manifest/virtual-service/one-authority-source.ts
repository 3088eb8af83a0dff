import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A route names the authority it sends once: by `rewrite.authority` or by a request header (Istio: validation.go validateAuthorityRewrite). */
export const oneAuthoritySource = defineObjectRule<{ id: string }>({
  code: 'MS5004',
  name: 'one-authority-source',
  severity: 'error',
  summary: ({ id }) => `a route of ${id} sets the authority twice: by \`rewrite\` and by a request header`,
  why: 'Only one of them could be sent; Istio rejects the whole VirtualService.',
  fix: 'Keep `rewrite: {authority: …}` or `headers: {request: {set: {host: …}}}`. On one route an inherited word is switched off with `null`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 10 },
  check(object, report) {
    for (const [i, route] of listOr(object.spec.http).entries()) {
      if (isObject(route) && sources(route) > 1) report({ params: { id: titleOf(object) }, pointer: `/http/${i}/headers` });
    }
  },
});

function sources({ rewrite, headers }: JsonObject): number {
  const request = objectOr(objectOr(headers).request);
  const byHeader = [...Object.keys(objectOr(request.set)), ...Object.keys(objectOr(request.add))].filter(isAuthority);
  return byHeader.length + (named(objectOr(rewrite).authority) ? 1 : 0);
}

function named(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== '';
}

function isAuthority(header: string): boolean {
  return /^(host|:authority)$/i.test(header);
}

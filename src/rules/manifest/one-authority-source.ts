import { isObject, type Json, type JsonObject, listOr, objectOr } from '../../model/json.ts';
import { manifestId, originAt } from '../../model/manifest.ts';
import { defineRule } from '../rule.ts';
import type { ManifestSubject } from '../subjects.ts';

/** A route names the authority it sends once: by `rewrite.authority` or by a request header (Istio: validation.go validateAuthorityRewrite). */
export const oneAuthoritySource = defineRule({
  code: 'MS5004',
  name: 'one-authority-source',
  severity: 'error',
  summary: ({ id }: { id: string }) => `a route of ${id} sets the authority twice: by \`rewrite\` and by a request header`,
  why: 'Only one of them could be sent; Istio rejects the whole VirtualService.',
  fix: 'Keep `rewrite: {authority: …}` or `headers: {request: {set: {host: …}}}`. On one route an inherited word is switched off with `null`.',
  since: '0.1.0',
  check({ manifests }: ManifestSubject, report) {
    for (const manifest of manifests.filter(({ kind }) => kind === 'VirtualService')) {
      for (const [i, route] of listOr(objectOr(manifest.body.spec).http).entries()) {
        if (!isObject(route) || sources(route) < 2) continue;
        const at = originAt(manifest.provenance, `/spec/http/${i}/headers`)?.at ?? manifest.owner.origin.at;
        report({ params: { id: manifestId(manifest) }, at });
      }
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

import { routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { type JsonObject, objectOr } from '../../../model/json.ts';
import { listWords } from '../../../model/names.ts';
import { joinPointer, type Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';

/** A route names the authority it sends once: by `rewrite.authority` or by a request header (Istio: virtualservice.go validateAuthorityRewrite). */
export const oneAuthoritySource = defineObjectRule<{ id: string; sources: readonly string[] }>({
  code: 'MS5004',
  name: 'one-authority-source',
  severity: 'error',
  summary: ({ id, sources }) => `a route of ${id} sets the authority more than once: by ${listWords(sources)}`,
  why: 'Only one of them could be sent; Istio rejects the whole VirtualService.',
  fix: 'Keep `rewrite: {authority: …}` or `headers: {request: {set: {host: …}}}`. In an intent: an inherited word is switched off on one route with `null`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 10 },
  check(object, report) {
    for (const { route, pointer } of routesOf(object.spec, ['http'])) {
      const sources = sourcesIn(route, pointer);
      const [first, ...others] = sources;
      const last = others.at(-1);
      if (first === undefined || last === undefined) continue;
      const related = [{ message: 'it is set here, too', at: object.at(first.pointer, 'key') }];
      const params = { id: titleOf(object), sources: sources.map(({ words }) => words) };
      report({ params, pointer: last.pointer, part: 'key', related });
    }
  },
});

interface Source {
  readonly words: string;
  readonly pointer: Pointer;
}

function sourcesIn({ rewrite, headers }: JsonObject, pointer: Pointer): readonly Source[] {
  const { authority = '' } = objectOr(rewrite);
  const request = objectOr(objectOr(headers).request);
  const byHeader = ['set', 'add'].flatMap((operation) =>
    Object.keys(objectOr(request[operation]))
      .filter((header) => /^(?:host|:authority)$/i.test(header))
      .map((header) => ({
        words: `the request header \`${header}\``,
        pointer: joinPointer(pointer, 'headers', 'request', operation, header),
      })),
  );
  return [...(authority === '' ? [] : [{ words: '`rewrite`', pointer: `${pointer}/rewrite/authority` }]), ...byHeader];
}

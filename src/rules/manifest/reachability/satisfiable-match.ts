import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { tcpConditions, tlsConditions } from '../../../requests/connection-conditions.ts';
import { contradiction } from '../../../requests/find-request.ts';
import type { Condition, Literal } from '../../../requests/literal.ts';
import type { Pattern } from '../../../requests/pattern.ts';
import { boundCondition, type MatchReading } from '../../../requests/proxy-literals.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { closedHttpReach } from './http-reach.ts';
import { matchTitle, type TakerPlace } from './route-words.ts';
import { createTeller } from './words-told.ts';

/**
 * Some request can meet each match: as paths, methods and headers are, as its conditions stand together, and at the gateways to which
 * the VirtualService is bound (Istio: pilot/pkg/networking/core/route/route.go TranslateRouteMatch; it reports none of this).
 */
export const satisfiableMatch = defineMeshRule<{ id: string; match: string; reason: string }>({
  code: 'MS5853',
  name: 'satisfiable-match',
  severity: 'warning',
  summary: ({ id, match, reason }) => `no request can meet ${match} of ${id}: ${reason}`,
  why: 'The match is never true, so its route takes nothing by it, and those requests go wherever later routes send them.',
  fix: 'Correct the condition. A path begins with `/`, is compared without its query, and a regex must match all of it; `gateways` may only name gateways of the VirtualService, or `mesh` where it is bound to that.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(mesh, report) {
    const tell = createTeller(mesh);
    for (const { object, reach } of closedHttpReach(mesh)) {
      for (const alternative of reach.alternatives) {
        const words = alternative.fate.kind === 'impossible' ? tell(object, alternative) : undefined;
        if (words !== undefined) reportNever(object, alternative, [alternative.condition]);
      }
    }
    for (const object of mesh.ofKind('VirtualService'))
      for (const { part, pointer, conditions } of connectionMatches(object, mesh)) reportNever(object, { part, pointer }, conditions);

    function reportNever(object: MeshObject, { part, pointer }: TakerPlace, conditions: readonly Condition[]): void {
      const literals = neverMet(conditions);
      const places = literals.flatMap(({ at }) => at ?? []);
      const [place] = places;
      if (place === undefined) return;
      const related = places.slice(1).map((other) => ({ message: 'together with this', at: object.at(pointer + other) }));
      const params = { id: titleOf(object), match: matchTitle(part, pointer), reason: reasonOf(literals) };
      report(object, { params, pointer: pointer + place, related });
    }
  },
});

interface Alternative extends TakerPlace {
  /** Any of them would do. */
  readonly conditions: readonly Condition[];
}

function connectionMatches(object: MeshObject, mesh: Mesh): readonly Alternative[] {
  const parts = object.wellFormed ? routesOf(object.spec, ['tls', 'tcp']) : [];
  if (parts.length === 0) return [];
  const reading: MatchReading = { minor: mesh.environment.istio.minor, namespace: object.namespace };
  const bound = boundCondition(object.spec, object.namespace);
  return parts.flatMap((part) =>
    matchesOf(part).map(({ match, pointer }) => {
      const conditions = part.list === 'tls' ? tlsConditions(match, reading) : tcpConditions(match, reading);
      return { part, pointer, conditions: conditions.map((condition) => [...bound, ...condition]) };
    }),
  );
}

/** Where none of some conditions can be met: the literals that stand against one another in the first. */
function neverMet(conditions: readonly Condition[]): Condition {
  const contradictions = conditions.map((condition) => contradiction(condition));
  return contradictions.every((literals) => literals !== undefined) ? (contradictions[0] ?? []) : [];
}

function reasonOf(literals: Condition): string {
  const [first] = literals;
  if (first?.of === 'text' && first.dimension === 'gateway') return '`gateways` names none to which the VirtualService is bound';
  if (literals.length > 1) return `what it asks of ${subject(first)} contradicts itself`;
  const pattern = first?.of === 'text' || first?.of === 'claim' ? first.pattern : undefined;
  const noun = subject(first)
    .replace(/^the /, '')
    .replace(/^(header|parameter|claim|label) /, 'value of the $1 ');
  return `no ${noun} ${pattern === undefined || first?.negated === true ? 'is left' : likeness(pattern)}`;
}

function subject(literal: Literal | undefined): string {
  if (literal?.of === 'claim') return `the claim \`${literal.path.join('.')}\``;
  if (literal?.of !== 'text') return 'the address';
  const [sort = '', ...name] = literal.dimension.split(' ');
  const nouns: Readonly<Record<string, string>> = { query: 'the parameter', sni: 'the server name' };
  const noun = nouns[sort] ?? `the ${sort}`;
  return name.length === 0 ? noun : `${noun} \`${name.join(' ')}\``;
}

function likeness(pattern: Pattern): string {
  if (pattern.kind === 'regex') return `matches \`${pattern.regex}\``;
  if (pattern.kind === 'prefix') return `begins with \`${pattern.text}\``;
  return `is \`${(pattern.kind === 'among' ? pattern.texts : pattern.hosts).join('` or `')}\``;
}

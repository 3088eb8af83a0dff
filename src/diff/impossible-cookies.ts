import { objectOr } from '../model/json.ts';
import type { RouteOutcome } from '../model/route-outcome.ts';
import type { MeshRequest } from '../model/routing.ts';
import type { Condition } from '../requests/literal.ts';

/** Which cookies the routes of a place give out, and which of them the route that takes a request now asks for. */
export interface CookieSight {
  /** What answers set before and after: 'reviews-version=r1.v2.25'. */
  readonly given: readonly [before: ReadonlySet<string>, after: ReadonlySet<string>];
  readonly asked: Condition;
}

/**
 * Whether no browser can send a request: it keeps one cookie of a name, so it never sends two that answers of the same routes set; and nobody has one yet
 * that only answers to come will set.
 */
export function hasImpossibleCookies({ headers }: Pick<MeshRequest, 'headers'>, { given: [before, after], asked }: CookieSight): boolean {
  const sent = (headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const names = new Set([...before, ...after].map(nameOf));
  const known = sent.filter((pair) => names.has(nameOf(pair)));
  if (new Set(known.map(nameOf)).size < known.length) return true;
  const asksCookie = asked.some((literal) => literal.of === 'text' && literal.dimension === 'header cookie');
  return !asksCookie && known.some((pair) => after.has(pair) && !before.has(pair));
}

/** What answers of these outcomes set. */
export function givenCookies(outcomes: readonly RouteOutcome[]): ReadonlySet<string> {
  const set = outcomes.flatMap(({ shares }) =>
    shares.map(({ headers }) => objectOr(objectOr(objectOr(headers).response).add)['set-cookie']),
  );
  return new Set(set.flatMap((value) => (typeof value === 'string' ? [(value.split(';')[0] ?? '').trim()] : [])));
}

function nameOf(pair: string): string {
  return pair.split('=')[0] ?? '';
}

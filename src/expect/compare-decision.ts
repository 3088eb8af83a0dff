import { isList, isObject, type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import type { RouteDecision, RoutedDestination } from '../model/routing.ts';
import { decisionWords, destinationWords, failureWords, mirrorsOf, shareWords, valueWords } from './decision-words.ts';

/** An expectation that a decision does not meet, in words that continue 'GET http://reviews:9080/ …, expected …'. */
export interface Mismatch {
  /** '/to' */
  readonly pointer: Pointer;
  readonly found: string;
  readonly expected: string;
}

/** The full names that a host of an expectation may stand for. */
export type NamesOf = (host: string, decision: RouteDecision) => readonly string[];

/** What a decision lacks of what is expected; what the expectation does not name is not looked at. */
export function compareDecision(expect: JsonObject, decision: RouteDecision, namesOf: NamesOf): readonly Mismatch[] {
  return Object.entries(expect).flatMap(([key, wanted]): readonly Mismatch[] => {
    const met = check(key, wanted, expect, decision, namesOf);
    return met === undefined ? [] : [{ pointer: `/${key}`, ...met }];
  });
}

type Failed = Omit<Mismatch, 'pointer'> | undefined;

function check(key: string, wanted: Json, expect: JsonObject, decision: RouteDecision, namesOf: NamesOf): Failed {
  switch (key) {
    case 'to':
      return toFault(wanted, expect.failure !== undefined, decision, namesOf);
    case 'passthrough':
      return decision.kind === 'passthrough' ? undefined : { found: decisionWords(decision), expected: 'it to pass through' };
    case 'failure':
      return failureFault(wanted, decision);
    case 'redirect':
      return partFault('redirect', wanted, decision.kind === 'redirect' ? decision.redirect : undefined, decision);
    case 'directResponse':
      return partFault('direct response', wanted, decision.kind === 'direct-response' ? decision.directResponse : undefined, decision);
    case 'mirror':
      return mirrorFault(wanted, decision, namesOf);
    default:
      return partFault(key, wanted, decision.onTheWay[key], decision);
  }
}

interface WantedDestination {
  readonly host?: string;
  /** null = none. */
  readonly subset?: string | null;
  readonly port?: number;
  readonly share: number;
}

function toFault(to: Json, mayFail: boolean, decision: RouteDecision, namesOf: NamesOf): Failed {
  const wanted = wantedDestinations(to);
  const expected = wanted.map((one) => wantedWords(one, wanted.length === 1)).join(' and ');
  if (decision.kind !== 'route') return { found: decisionWords(decision), expected };
  const left = [...decision.destinations];
  for (const one of wanted) {
    const index = left.findIndex((found) => fits(one, found, (host) => namesOf(host, decision)));
    const [found] = index < 0 ? [] : left.splice(index, 1);
    if (found === undefined) return { found: decisionWords(decision), expected };
    if (found.failure !== undefined && !mayFail)
      return {
        found: `${decisionWords(decision)}, where ${destinationWords(found, false)} fails: ${failureWords(found.failure)}`,
        expected,
      };
  }
  return left.length === 0 ? undefined : { found: decisionWords(decision), expected: `${expected} alone` };
}

function wantedDestinations(to: Json): readonly WantedDestination[] {
  if (typeof to === 'string') return [{ subset: to, share: 100 }];
  if (isList(to)) return to.map((one) => wantedDestination(objectOr(one)));
  const map = objectOr(to);
  const shares = Object.entries(map).filter(([key]) => !longFormKeys.has(key));
  if (shares.length === 0) return [wantedDestination(map)];
  // Beside shares a host and a port are those of all of them.
  const { host, port } = wantedDestination(map);
  const whole = { ...(host === undefined ? {} : { host }), ...(port === undefined ? {} : { port }) };
  return shares.flatMap(([subset, share]) => (typeof share === 'number' && share > 0 ? [{ ...whole, subset, share }] : []));
}

const longFormKeys: ReadonlySet<string> = new Set(['host', 'subset', 'port', 'share']);

function wantedDestination({ host, subset, port, share }: JsonObject): WantedDestination {
  return {
    ...(typeof host === 'string' ? { host } : {}),
    ...(typeof subset === 'string' || subset === null ? { subset } : {}),
    ...(typeof port === 'number' ? { port } : {}),
    share: typeof share === 'number' ? share : 100,
  };
}

function fits(
  { host, subset, port, share }: WantedDestination,
  found: RoutedDestination,
  namesOf: (host: string) => readonly string[],
): boolean {
  return (
    (host === undefined || namesOf(host).includes(found.host)) &&
    (subset === undefined || (subset ?? undefined) === found.subset) &&
    (port === undefined || port === found.port) &&
    Math.abs(share - found.percent) < 0.01
  );
}

function wantedWords({ host, subset, port, share }: WantedDestination, isOnly: boolean): string {
  const at = `${host ?? ''}${port === undefined ? '' : host === undefined ? `port ${port}` : `:${port}`}`;
  const version = typeof subset === 'string' ? subset : subset === null && at === '' ? 'no version' : '';
  const whole = [version, at].filter((word) => word !== '').join(' of ') || 'one destination';
  return isOnly && share === 100 ? whole : `${whole} ${shareWords(share)}`;
}

function failureFault(wanted: Json, decision: RouteDecision): Failed {
  const failures = decision.kind === 'failure' ? [decision.failure] : decision.destinations.map(({ failure }) => failure);
  if (wanted === null)
    return failures.some((one) => one !== undefined) ? { found: decisionWords(decision), expected: 'no failure' } : undefined;
  const isSo = failures.length > 0 && failures.every((one) => one !== undefined && (one.status === wanted || one.flag === wanted));
  return isSo ? undefined : { found: decisionWords(decision), expected: `failure ${String(wanted)}` };
}

function mirrorFault(wanted: Json, decision: RouteDecision, namesOf: NamesOf): Failed {
  const mirrors = mirrorsOf(decision.onTheWay);
  const found = mirrors.length === 0 ? 'is not mirrored' : `is mirrored to ${mirrors.map(valueWords).join(' and ')}`;
  if (wanted === null) return mirrors.length === 0 ? undefined : { found, expected: 'no mirror' };
  const { host, ...rest } = typeof wanted === 'string' ? { subset: wanted } : objectOr(wanted);
  const isSo = mirrors.some(
    (one) => includes(rest, one) && (typeof host !== 'string' || sharesName(host, String(one.host), (name) => namesOf(name, decision))),
  );
  return isSo ? undefined : { found, expected: `a mirror to ${valueWords(wanted)}` };
}

function sharesName(wanted: string, written: string, namesOf: (host: string) => readonly string[]): boolean {
  return namesOf(written).some((name) => namesOf(wanted).includes(name));
}

function partFault(word: string, wanted: Json, found: Json | undefined, decision: RouteDecision): Failed {
  if (wanted === null) return found === undefined ? undefined : { found: `has the ${word} ${valueWords(found)}`, expected: `no ${word}` };
  if (found !== undefined && includes(wanted, found)) return undefined;
  const isOther = word === 'redirect' || word === 'direct response' || decision.kind !== 'route';
  const has = found !== undefined ? `has the ${word} ${valueWords(found)}` : isOther ? decisionWords(decision) : `has no ${word}`;
  return { found: has, expected: `the ${word} ${valueWords(wanted)}` };
}

/** Whether everything that is wanted is there; durations are compared as such. */
export function includes(wanted: Json, found: Json): boolean {
  if (isObject(wanted))
    return (
      isObject(found) &&
      Object.entries(wanted).every(([key, part]) => (part === null ? found[key] === undefined : includesPart(part, found[key])))
    );
  if (isList(wanted))
    return isList(found) && wanted.length === found.length && wanted.every((part, i) => includesPart(part, listOr(found)[i]));
  if (typeof wanted === 'string' && typeof found === 'string') return wanted === found || isSameTime(wanted, found);
  return sameJson(wanted, found);
}

function includesPart(wanted: Json, found: Json | undefined): boolean {
  return found !== undefined && includes(wanted, found);
}

const milliseconds: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function isSameTime(a: string, b: string): boolean {
  const time = timeOf(a);
  return time !== undefined && time === timeOf(b);
}

function timeOf(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
    (sum, [, number, unit = '']) => sum + Number(number) * (milliseconds[unit] ?? 0),
    0,
  );
}

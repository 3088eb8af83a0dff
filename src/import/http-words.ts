import { type JsonObject, objectOr } from '../model/json.ts';
import { sameEntries, withoutOwnPort } from './entry-relations.ts';
import { ownFields } from './field-words.ts';
import { type Fields, type HttpEntry, withOpenEnd } from './http-entry.ts';
import { pinsAtEnd, pinWords } from './pin-words.ts';
import { type Inherited, routeWords, withoutFields } from './route-words.ts';
import type { ServiceFrame } from './service-frame.ts';
import { type Shares, sharesIn, shareWords } from './shares.ts';
import { isUnsaid, type Unsaid, unsaid } from './unsaid.ts';

/** What a service says of its http requests, and what its exposures inherit of that. */
export interface HttpWords {
  readonly words: JsonObject;
  readonly inherited: Inherited;
}

/** The routes of a VirtualService for the mesh as words of the service: `stable`, `canary`, `split`, `pins`, `routes` and the fields of routes. */
export function httpWords(written: readonly HttpEntry[], frame: ServiceFrame): HttpWords | Unsaid {
  const entries = withOpenEnd(written);
  const last = entries.at(-1);
  if (last === undefined) return unsaid('/http', 'it has no route');
  if (last.match.length > 0)
    return unsaid(`${last.pointer}/match`, 'its last route does not take what is left; an intent answers every request of its service');
  const early = entries.slice(0, -1);
  const shares = last.name === undefined && last.answer === undefined ? sharesIn(last.legs, frame.fqdn) : undefined;
  const isKnown = last.legs.every(({ subset }) => subset === undefined || frame.versions.includes(subset));
  // Behind a route that takes every request stands only what the service says for everyone.
  const isLeftOver = shares?.kind === 'bare' && early.some(({ match }) => match.length === 0);
  if (shares === undefined || !isKnown || isLeftOver) return spelledOut(entries, frame);
  const pins = shares.kind === 'bare' ? [] : pinsAtEnd(early, frame);
  const canaryMirror = mirrorOfCanary(last, shares, frame);
  const fields = (canaryMirror === undefined ? undefined : withoutFields(last.fields, canaryMirror)) ?? last.fields;
  const inherited: Inherited = { shares, pins, fields, ...(canaryMirror === undefined ? {} : { canaryMirror }) };
  const routes = routeWords(early.slice(0, early.length - pins.length), inherited, frame);
  if (isUnsaid(routes)) return routes;
  const words = {
    ...withMirror(shareWords(shares), canaryMirror),
    ...(pins.length === 0 ? {} : { pins: pins.map((pin) => pinWords(pin, fields, frame)) }),
    ...(routes.length === 0 ? {} : { routes }),
    ...ownFields(fields, {}, frame),
  };
  return Object.keys(words).length === 0
    ? unsaid('/http', 'it only says what holds without it: all requests go to the host itself')
    : { words, inherited };
}

/** Copies for the canary of what the shares spread, where the last route makes such: both fields, and no other copies. */
function mirrorOfCanary({ fields }: HttpEntry, shares: Shares, { fqdn, qualify }: ServiceFrame): Fields | undefined {
  const { canary } = shareWords(shares);
  const { mirror, mirrorPercentage, mirrors } = fields;
  const { host, subset, port } = objectOr(mirror);
  const isForCanary = canary !== undefined && typeof host === 'string' && qualify(host) === fqdn && subset === objectOr(canary).version;
  const isShare = typeof objectOr(mirrorPercentage).value === 'number';
  return isForCanary && isShare && port === undefined && mirrors === undefined && mirror !== undefined && mirrorPercentage !== undefined
    ? { mirror, mirrorPercentage }
    : undefined;
}

function withMirror(words: JsonObject, canaryMirror: Fields | undefined): JsonObject {
  const share = objectOr(canaryMirror?.mirrorPercentage).value;
  return share === undefined ? words : { ...words, canary: { ...objectOr(words.canary), mirror: share } };
}

/** Where the last route says more than shares can: every route by itself. */
function spelledOut(entries: readonly HttpEntry[], frame: ServiceFrame): HttpWords | Unsaid {
  const inherited: Inherited = { pins: [], fields: {} };
  const routes = routeWords(entries, inherited, frame);
  return isUnsaid(routes) ? routes : { words: { routes }, inherited };
}

/**
 * A service with several ports has each http route once for each http port: the routes of one, and the ports; undefined where ports are
 * not told apart so. A single one is where others carry connections. Conditions on a port that stay in a match are conditions like any other.
 */
export function routesOfEachPort(
  entries: readonly HttpEntry[],
  fqdn: string,
  hasConnections: boolean,
): { readonly ports: readonly number[]; readonly entries: readonly HttpEntry[] } | undefined {
  const groups = new Map<number, HttpEntry[]>();
  for (const entry of entries) {
    const ports = new Set(entry.match.map(({ port }) => port));
    const [port] = ports;
    const isLedThere = entry.legs.every((leg) => leg.fqdn !== fqdn || leg.port === port);
    if (ports.size !== 1 || typeof port !== 'number' || !isLedThere) return undefined;
    groups.set(port, [...(groups.get(port) ?? []), withoutPort(entry, fqdn)]);
  }
  const [first, ...others] = [...groups.values()];
  if (first === undefined || (others.length === 0 && !hasConnections) || !others.every((other) => sameEntries(first, other)))
    return undefined;
  return { ports: [...groups.keys()], entries: first };
}

function withoutPort(entry: HttpEntry, fqdn: string): HttpEntry {
  const match = entry.match.map(({ port: _port, ...others }) => others);
  return { ...withoutOwnPort(entry, fqdn), match: match.some((one) => Object.keys(one).length === 0) ? [] : match };
}

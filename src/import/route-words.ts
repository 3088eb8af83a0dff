import { type Json, type JsonObject, sameJson } from '../model/json.ts';
import { type RouteField, routeFields } from '../model/words.ts';
import { intersectMatch } from '../requests/intersect-match.ts';
import { ownFields } from './field-words.ts';
import type { Fields, HttpEntry, Leg } from './http-entry.ts';
import type { ReadPin } from './pin-words.ts';
import type { ServiceFrame } from './service-frame.ts';
import { type Shares, sameShares, sharesIn, toWord } from './shares.ts';
import { isUnsaid, type Unsaid, unsaid } from './unsaid.ts';

/** What a route inherits that leads nowhere itself. */
export interface Inherited {
  /** Undefined where the service says nothing for everyone. */
  readonly shares?: Shares;
  readonly pins: readonly ReadPin[];
  readonly fields: Fields;
  /** What `canary.mirror` puts on every route with the shares, and on no pin. */
  readonly canaryMirror?: Fields;
}

/** Entries of `routes:` for the routes of a list, in their order. */
export function routeWords(entries: readonly HttpEntry[], inherited: Inherited, frame: ServiceFrame): readonly JsonObject[] | Unsaid {
  const words: JsonObject[] = [];
  for (let i = 0; i < entries.length; ) {
    const block = inheritingBlock(entries, i, inherited, frame);
    if (block !== undefined) {
      words.push(block.words);
      i += block.length;
      continue;
    }
    const entry = entries[i];
    const word = entry === undefined ? undefined : ownRoute(entry, inherited.fields, frame);
    if (word === undefined || isUnsaid(word)) return word ?? [];
    words.push(word);
    i += 1;
  }
  return words;
}

/** A route without `to`: it stands behind each pin, restricted to what it matches itself. */
function inheritingBlock(
  entries: readonly HttpEntry[],
  start: number,
  { shares, pins, fields, canaryMirror }: Inherited,
  frame: ServiceFrame,
): { readonly words: JsonObject; readonly length: number } | undefined {
  if (shares === undefined) return undefined;
  for (let end = start; end <= start + pins.length; end++) {
    const entry = entries[end];
    if (entry === undefined || entry.answer !== undefined) continue;
    if (entry.match.length === 0 && pins.length > 0) continue;
    if (!sameShares(sharesIn(entry.legs, frame.fqdn), shares)) continue;
    const said = canaryMirror === undefined ? entry.fields : withoutFields(entry.fields, canaryMirror);
    if (said === undefined) continue;
    const own = ownFields(said, fields, frame);
    const expected = pins.flatMap((pin) => restricted(pin, { ...entry, fields: said }, fields));
    const before = entries.slice(start, end);
    if (before.length === expected.length && before.every((one, i) => isSuch(one, expected[i])))
      return { words: { ...headOf(entry), ...own }, length: before.length + 1 };
  }
  return undefined;
}

type Expected = Pick<HttpEntry, 'name' | 'match' | 'legs' | 'fields'>;

/** A pin under the conditions of a route, as it is rendered; none where they never meet. */
function restricted({ entry: pin }: ReadPin, route: HttpEntry, inherited: Fields): readonly Expected[] {
  const match = route.match.flatMap((outer) =>
    pin.match.flatMap((inner) => {
      const met = intersectMatch(outer, inner);
      return met.kind === 'match' ? [met.match] : [];
    }),
  );
  if (match.length === 0) return [];
  const fields: { [field in RouteField]?: Json } = {};
  for (const field of routeFields) {
    // What the pin says itself it says here, too; where it says what all say, the route may say otherwise.
    const value = sameJson(pin.fields[field], inherited[field]) ? route.fields[field] : pin.fields[field];
    if (value !== undefined) fields[field] = value;
  }
  return [{ ...(route.name === undefined ? {} : { name: route.name }), match, legs: pin.legs, fields }];
}

function isSuch(entry: HttpEntry, expected: Expected | undefined): boolean {
  if (expected === undefined || entry.answer !== undefined || entry.name !== expected.name) return false;
  const [leg] = entry.legs;
  const [wanted] = expected.legs;
  const isLedAlike = entry.legs.length === 1 && leg?.fqdn === wanted?.fqdn && leg?.subset === wanted?.subset;
  return isLedAlike && sameJson(entry.match, expected.match) && routeFields.every((f) => sameJson(entry.fields[f], expected.fields[f]));
}

/** A route that says itself where it leads, or what it answers. */
function ownRoute(entry: HttpEntry, inherited: Fields, frame: ServiceFrame): JsonObject | Unsaid {
  const { answer, fields } = entry;
  const head = headOf(entry);
  if (answer !== undefined) {
    const { headers, corsPolicy } = inherited;
    const kept: Fields = { ...(headers === undefined ? {} : { headers }), ...(corsPolicy === undefined ? {} : { corsPolicy }) };
    return { ...head, [answer.word]: answer.value, ...ownFields(fields, kept, frame) };
  }
  const to = goalWord(entry, frame);
  return isUnsaid(to) ? to : { ...head, to: to.to, ...ownFields(fields, inherited, frame) };
}

function goalWord({ legs, pointer }: HttpEntry, frame: ServiceFrame): { readonly to: Json } | Unsaid {
  const { fqdn, versions } = frame;
  const [leg] = legs;
  if (leg === undefined) return unsaid(pointer, 'this route leads nowhere');
  if (legs.every((one) => one.fqdn === fqdn)) {
    const unknown = legs.find(({ subset }) => subset !== undefined && !versions.includes(subset));
    if (unknown !== undefined) return unsaid(`${pointer}/route`, `the version \`${unknown.subset}\` of ${unknown.host} is in no intent`);
    const shares = sharesIn(legs, fqdn);
    const to = shares === undefined ? undefined : toWord(shares);
    if (to !== undefined) return { to };
    if (shares === undefined) return unsaid(`${pointer}/route`, 'its weights are no percentages that sum to 100');
    return versions.length > 0
      ? unsaid(`${pointer}/route/0/destination`, `it leads to all versions of ${leg.host} at once, past their shares`)
      : { to: hostWord(leg) };
  }
  if (legs.length > 1) return unsaid(`${pointer}/route`, 'it shares its requests between different hosts');
  const { service, port, hasVersions } = frame.elsewhere(leg.fqdn);
  if (leg.subset === undefined && hasVersions)
    return unsaid(`${pointer}/route/0/destination`, `it leads to ${leg.host} past the versions that its intent speaks of`);
  if (leg.subset !== undefined || service === undefined) return { to: hostWord(leg) };
  return { to: { service, ...(leg.port === undefined || leg.port === port ? {} : { port: leg.port }) } };
}

function hostWord({ host, subset, port }: Leg): JsonObject {
  return { host, ...(subset === undefined ? {} : { subset }), ...(port === undefined ? {} : { port }) };
}

export function matchWord(match: readonly JsonObject[]): Json {
  const [only] = match;
  return only !== undefined && match.length === 1 ? only : match;
}

/** Fields without these; undefined where they are not among them. */
export function withoutFields(fields: Fields, others: Fields): Fields | undefined {
  const left: { [field in RouteField]?: Json } = {};
  for (const field of routeFields) {
    const value = fields[field];
    if (others[field] === undefined) {
      if (value !== undefined) left[field] = value;
    } else if (!sameJson(value, others[field])) return undefined;
  }
  return left;
}

function headOf({ name, match }: HttpEntry): JsonObject {
  return { ...(name === undefined ? {} : { name }), ...(match.length === 0 ? {} : { match: matchWord(match) }) };
}

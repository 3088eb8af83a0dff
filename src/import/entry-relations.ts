import { type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import { routeFields } from '../model/words.ts';
import { intersectMatch } from '../requests/intersect-match.ts';
import type { Fields, HttpEntry } from './http-entry.ts';

/** A route under one of further conditions; none where they never meet. */
export function restricted(entry: HttpEntry, within: readonly JsonObject[]): readonly HttpEntry[] {
  if (within.length === 0) return [entry];
  if (entry.match.length === 0) return [{ ...entry, match: within }];
  const match = within.flatMap((outer) =>
    entry.match.flatMap((inner) => {
      const met = intersectMatch(outer, inner);
      return met.kind === 'match' ? [met.match] : [];
    }),
  );
  return match.length === 0 ? [] : [{ ...entry, match }];
}

/** A route as it is written where the port of its own host need not be said. Copies go to the port that the request goes to. */
export function withoutOwnPort(entry: HttpEntry, fqdn: string): HttpEntry {
  const own = entry.legs.find((leg) => leg.fqdn === fqdn);
  const legs = entry.legs.map(({ port, ...leg }) => (leg.fqdn === fqdn || port === undefined ? leg : { ...leg, port }));
  const copied = (destination: Json | undefined): Json => {
    const { port, ...others } = objectOr(destination);
    const isOwn = others.host === fqdn || others.host === own?.host;
    return isOwn && own?.port !== undefined && objectOr(port).number === own.port ? others : objectOr(destination);
  };
  const { mirror, mirrors } = entry.fields;
  const fields: Fields = {
    ...entry.fields,
    ...(mirror === undefined ? {} : { mirror: copied(mirror) }),
    ...(mirrors === undefined
      ? {}
      : { mirrors: listOr(mirrors).map((one) => ({ ...objectOr(one), destination: copied(objectOr(one).destination) })) }),
  };
  return { ...entry, legs, fields };
}

export function sameEntries(a: readonly HttpEntry[], b: readonly HttpEntry[]): boolean {
  return a.length === b.length && a.every((one, i) => sameEntry(one, b[i]));
}

function sameEntry(a: HttpEntry, b: HttpEntry | undefined): boolean {
  if (b === undefined || a.name !== b.name || a.legs.length !== b.legs.length || a.answer?.word !== b.answer?.word) return false;
  const isLedAlike = a.legs.every((leg, i) => {
    const other = b.legs[i];
    return leg.fqdn === other?.fqdn && leg.subset === other.subset && leg.port === other.port && leg.weight === other.weight;
  });
  return isLedAlike && sameJson(a.answer?.value, b.answer?.value) && sameJson(a.match, b.match) && sameFields(a, b);
}

export function sameFields(a: Pick<HttpEntry, 'fields'>, b: Pick<HttpEntry, 'fields'>): boolean {
  return routeFields.every((field) => sameJson(a.fields[field], b.fields[field]));
}

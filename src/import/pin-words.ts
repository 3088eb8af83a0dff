import type { JsonObject } from '../model/json.ts';
import { ownFields } from './field-words.ts';
import type { Fields, HttpEntry } from './http-entry.ts';
import type { ServiceFrame } from './service-frame.ts';

/** A pin, with the route that it was. */
export interface ReadPin {
  readonly entry: HttpEntry;
  readonly version: string;
}

/** What a match may ask of who sends a request, in distinction from what the request is for. */
const senderKeys = new Set(['headers', 'withoutHeaders', 'queryParams', 'sourceLabels', 'sourceNamespace']);

/** The routes at the end of a list that each lead certain senders to one version: what stands behind them holds for everyone else. */
export function pinsAtEnd(entries: readonly HttpEntry[], frame: ServiceFrame): readonly ReadPin[] {
  const pins: ReadPin[] = [];
  for (const entry of [...entries].reverse()) {
    const version = pinnedVersion(entry, frame);
    if (version === undefined) break;
    pins.unshift({ entry, version });
  }
  return pins;
}

function pinnedVersion({ name, match, legs, answer }: HttpEntry, { fqdn, versions }: ServiceFrame): string | undefined {
  const [leg] = legs;
  if (name !== undefined || answer !== undefined || leg === undefined || legs.length > 1 || match.length === 0) return undefined;
  if (leg.fqdn !== fqdn || leg.subset === undefined || !versions.includes(leg.subset)) return undefined;
  return match.every((one) => Object.keys(one).every((key) => senderKeys.has(key))) ? leg.subset : undefined;
}

export function pinWords({ entry, version }: ReadPin, inherited: Fields, frame: ServiceFrame): JsonObject {
  return { ...whose(entry.match, frame), version, ...ownFields(entry.fields, inherited, frame) };
}

function whose(match: readonly JsonObject[], { userIn }: ServiceFrame): JsonObject {
  const users = match.flatMap((one) => userIn(one) ?? []);
  const [user] = users;
  if (user === undefined || users.length < match.length) return { match };
  return users.length === 1 ? { user } : { users };
}

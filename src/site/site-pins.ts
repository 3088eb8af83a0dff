import type { Intent } from '../model/intent.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import type { SitePin, SitePlace } from '../model/site.ts';

/** Who is pinned where, in the order in which pins are tried. `describe` says a match in words; `placeOf` finds the words of a pin. */
export function sitePins(
  { value }: Intent,
  describe: (match: JsonObject) => string,
  placeOf: (pointer: Pointer) => SitePlace | undefined,
): readonly SitePin[] {
  return listOr(value.pins).flatMap((pin, i): readonly SitePin[] => {
    if (!isObject(pin)) return [];
    const { users, match, version, ...more } = pin;
    const at = placeOf(`/pins/${i}`);
    return [{ who: whoWords(users, match, describe), version: String(version), more, ...(at === undefined ? {} : { at }) }];
  });
}

function whoWords(users: Json | undefined, match: Json | undefined, describe: (match: JsonObject) => string): string {
  const named = listOr(users).map(String);
  const asked = listOr(match).map((one) => describe(objectOr(one)) || 'every request');
  return [...(named.length === 0 ? [] : [named.join(', ')]), ...asked].join(', or ');
}

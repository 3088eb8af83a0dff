import type { Json } from '../model/json.ts';
import type { Origin } from '../model/origin.ts';
import type { Pointer } from '../model/pointer.ts';
import type { SiteValue } from '../model/site.ts';
import type { PlaceFinder } from './place-finder.ts';

/** A value of an intent with who said it, as `explain` answers it. */
interface ExplainedValue {
  readonly pointer: Pointer;
  readonly value: Json;
  readonly origin: Origin;
  readonly overridden: readonly Origin[];
}

/** Every word of an intent, with the lines that say it. */
export function siteValues(entries: readonly ExplainedValue[], places: PlaceFinder): readonly SiteValue[] {
  return entries.map(({ pointer, value, origin, overridden }) => {
    const at = places.line(origin.at);
    const by = origin.kind === 'intent' || origin.kind === 'environment' ? origin.kind : 'default';
    const over = overridden.flatMap((beneath) => places.line(beneath.at) ?? []);
    return { pointer, value, ...(at === undefined ? {} : { at }), by, over };
  });
}

import type { SiteValue } from '../model/site.ts';
import { Place } from './place.tsx';
import { placeWords } from './words.ts';

/** The layer that set a value, and those that it overrules. */
export function ValueSource({ value: { at, by, over } }: { readonly value: SiteValue }) {
  return (
    <span class="source small">
      {at === undefined ? <span class="mono">Mainsheet's default</span> : <Place place={at} />}
      {by === 'environment' && <span class="faint"> for all</span>}
      {over.map((place) => (
        <span key={placeWords(place)} class="faint">
          {' '}
          over <Place place={place} />
        </span>
      ))}
    </span>
  );
}

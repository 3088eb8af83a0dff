import type { SiteValue } from '../model/site.ts';
import { placeWords } from './words.ts';

/** The layer that set a value, and those that it overrules. */
export function ValueSource({ value: { at, by, over } }: { readonly value: SiteValue }) {
  return (
    <span class="source small">
      <span class="mono">{at === undefined ? "Mainsheet's default" : placeWords(at)}</span>
      {by === 'environment' && <span class="faint"> for all</span>}
      {over.map((place) => (
        <span key={placeWords(place)} class="faint mono">
          {' '}
          over {placeWords(place)}
        </span>
      ))}
    </span>
  );
}

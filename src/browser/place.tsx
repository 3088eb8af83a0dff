import type { SitePlace } from '../model/site.ts';
import { placeWords } from './words.ts';

/** A file and a line, which may be broken behind each folder. */
export function Place({ place }: { readonly place: SitePlace }) {
  return (
    <span class="mono place">
      {placeWords(place)
        .split(/(?<=\/)/)
        .map((part, i) => (
          <span key={i}>
            {part}
            <wbr />
          </span>
        ))}
    </span>
  );
}

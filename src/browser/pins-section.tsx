import type { SitePin } from '../model/site.ts';
import { flowWords } from '../report/flow-words.ts';
import { Place } from './place.tsx';

export function PinsSection({ pins }: { readonly pins: readonly SitePin[] }) {
  const hasMore = pins.some(({ more }) => Object.keys(more).length > 0);
  return (
    <section aria-labelledby="pins">
      <h2 id="pins">Pins</h2>
      <div class="scroller">
        <table>
          <caption class="for-readers">Who always gets which version; the first that fits holds</caption>
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">Version</th>
              {hasMore && <th scope="col">Besides</th>}
              <th scope="col">Said in</th>
            </tr>
          </thead>
          <tbody>
            {pins.map(({ who, version, more, at }, i) => (
              <tr key={i}>
                <td>{who}</td>
                <td>
                  <b>{version}</b>
                </td>
                {hasMore && (
                  <td>
                    {Object.entries(more).map(([word, value]) => (
                      <div key={word}>
                        <span class="faint">{word}</span> {typeof value === 'string' ? value : flowWords(value)}
                      </div>
                    ))}
                  </td>
                )}
                <td class="small">{at !== undefined && <Place place={at} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

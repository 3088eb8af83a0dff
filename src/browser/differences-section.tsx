import { useState } from 'preact/hooks';
import type { Site, SiteValue } from '../model/site.ts';
import { flowWords } from '../report/flow-words.ts';
import { comparedWords, dottedPointer } from '../site/differences.ts';
import { ValueSource } from './value-source.tsx';

/** What the intent says in each environment, and which layer says so: those words first that are not the same everywhere. */
export function DifferencesSection({ site, id }: { readonly site: Site; readonly id: string }) {
  const environments = site.environments.filter(({ intents }) => intents.some((intent) => intent.id === id));
  const isAlone = environments.length < 2;
  const columns = isAlone ? environments : site.environments;
  const words = comparedWords({ ...site, environments: columns }, id);
  const different = words.filter(({ differs }) => differs);
  const [isWhole, setWhole] = useState(isAlone);
  const told = isWhole ? words : different;
  return (
    <section aria-labelledby="differences">
      <h2 id="differences">{isAlone ? 'Every word' : 'Environments compared'}</h2>
      {!isAlone && (
        <p>
          {different.length === 0 ? 'They all say the same. ' : ''}
          <button type="button" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? 'Only what differs' : `All ${words.length} words`}
          </button>
        </p>
      )}
      {told.length > 0 && (
        <div class="scroller">
          <table class="compared">
            <caption class="for-readers">Words of the intent by environment, with the layer that set each</caption>
            <thead>
              <tr>
                <th scope="col">Word</th>
                {columns.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {told.map(({ pointer, values, differs }) => (
                <tr key={pointer} class={differs && isWhole ? 'differs' : ''}>
                  <th scope="row" class="mono">
                    {dottedPointer(pointer)}
                  </th>
                  {values.map((value, i) => (
                    <td key={columns[i]?.name ?? i}>
                      <Value value={value} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Value({ value }: { readonly value: SiteValue | undefined | null }) {
  if (value === null) return <span class="faint">not there</span>;
  if (value === undefined) return <span class="faint">–</span>;
  return (
    <>
      <span class="mono">{value.value === null ? "Istio's default" : flowWords(value.value)}</span>
      <br />
      <ValueSource value={value} />
    </>
  );
}

import type { SiteValue } from '../model/site.ts';
import { flowWords } from '../report/flow-words.ts';
import { dottedPointer } from '../site/differences.ts';
import { ValueSource } from './value-source.tsx';

/** Words that say how requests are treated, wherever they stand: at the service, a version, a port, a route. */
const policyWords =
  /(^|\/)(timeout|retries|fault|mirror|mirrors|mirrorPercentage|corsPolicy|headers|rewrite|loadBalancer|connectionPool|outlierDetection|tls|tunnel|proxyProtocol|retryBudget|resolution|location|originateTls|via)(\/|$)/;

export function PoliciesSection({ values }: { readonly values: readonly SiteValue[] }) {
  const told = values.filter(({ pointer }) => policyWords.test(pointer) && !/^\/(pins|rollout|patches|next)\//.test(pointer));
  return (
    <section aria-labelledby="policies">
      <h2 id="policies">Policies</h2>
      {told.length === 0 ? (
        <p class="empty">None is written: Istio's defaults hold.</p>
      ) : (
        <div class="scroller">
          <table>
            <caption class="for-readers">Timeouts, retries, load balancing and the like, and who said so</caption>
            <thead>
              <tr>
                <th scope="col">Word</th>
                <th scope="col">Value</th>
                <th scope="col">Said in</th>
              </tr>
            </thead>
            <tbody>
              {told.map((value) => (
                <tr key={value.pointer}>
                  <th scope="row" class="mono">
                    {dottedPointer(value.pointer)}
                  </th>
                  <td class="mono">{value.value === null ? "Istio's default" : flowWords(value.value)}</td>
                  <td>
                    <ValueSource value={value} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

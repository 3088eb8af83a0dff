import type { SiteFinding } from '../model/site.ts';
import { placeWords } from './words.ts';

export function FindingsSection({ findings, title }: { readonly findings: readonly SiteFinding[]; readonly title: string }) {
  return (
    <section aria-labelledby="findings">
      <h2 id="findings">{title}</h2>
      <ul class="findings">
        {findings.map(({ code, name, severity, message, why, fix, at }, i) => (
          <li key={`${code} ${i}`} class={severity}>
            <p>
              <b>
                {severity} {code}
              </b>{' '}
              <span class="faint">{name}</span> {message}
            </p>
            <p class="small">
              {why} {fix}
            </p>
            {at !== undefined && <p class="small faint mono">{placeWords(at)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

import type { SiteFinding } from '../model/site.ts';
import { Place } from './place.tsx';
import { Prose } from './prose.tsx';

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
              <span class="faint">{name}</span> <Prose text={message} />
            </p>
            <p class="small">
              <Prose text={`${why} ${fix}`} />
            </p>
            {at !== undefined && (
              <p class="small faint">
                <Place place={at} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

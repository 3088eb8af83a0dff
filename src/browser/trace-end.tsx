import type { RoutedDestination, RouteFailure } from '../model/routing.ts';
import type { TracedDecision } from '../report/decision-text.ts';
import { flowWords } from '../report/flow-words.ts';
import { visibleText } from '../report/visible-text.ts';
import { Place } from './place.tsx';
import { percentWords } from './words.ts';

interface TraceEndProps {
  readonly told: TracedDecision;
  /** The page of whoever has a host; undefined where no intent does. */
  readonly linkTo: (host: string) => string | undefined;
}

/** Where a request ends, at a glance. */
export function TraceEnd({ told: { decision, places }, linkTo }: TraceEndProps) {
  const { kind, destinations, failure, redirect, directResponse } = decision;
  const sources = decision.steps.flatMap(({ about }, i) => (about === 'destination' ? [places[i]] : []));
  if (kind === 'route')
    return (
      <table class="end">
        <caption>Goes to</caption>
        <thead class="for-readers">
          <tr>
            <th scope="col">Share</th>
            <th scope="col">Destination</th>
            <th scope="col">Said in</th>
          </tr>
        </thead>
        <tbody>
          {destinations.map((one, i) => {
            const place = sources[i];
            return (
              <tr key={i}>
                <td class="number">{percentWords(one.percent)}</td>
                <td>
                  <span class="meter" aria-hidden="true">
                    <span style={{ width: `${one.percent}%` }} />
                  </span>
                  <DestinationWords destination={one} link={linkTo(one.host)} />
                </td>
                <td class="small faint">{place !== undefined && <Place place={{ ...place, file: visibleText(place.file) }} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    );
  return (
    <p class={`end ${kind}`}>
      {kind === 'failure' && failure !== undefined && <FailureWords failure={failure} />}
      {kind === 'redirect' && <>Redirect {visibleText(flowWords(redirect ?? {}))}</>}
      {kind === 'direct-response' && <>Answered at once {visibleText(flowWords(directResponse ?? {}))}</>}
      {kind === 'passthrough' && <>Passed through to the address it was for</>}
    </p>
  );
}

interface DestinationProps {
  readonly destination: RoutedDestination;
  readonly link: string | undefined;
}

function DestinationWords({ destination: { host, subset, port, failure }, link }: DestinationProps) {
  const where = `${visibleText(host)}:${port}`;
  return (
    <>
      {subset !== undefined && <b>{visibleText(subset)} </b>}
      <span class="mono">{link === undefined ? where : <a href={link}>{where}</a>}</span>
      {failure !== undefined && (
        <div>
          <FailureWords failure={failure} />
        </div>
      )}
    </>
  );
}

function FailureWords({ failure: { status, flag, reason } }: { readonly failure: RouteFailure }) {
  return (
    <>
      <b class="bad">{status ?? 'reset'}</b> <span class="faint">{flag}</span> {visibleText(reason)}
    </>
  );
}

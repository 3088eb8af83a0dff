import type { SiteDestination, SiteIntent, SiteRoute } from '../model/site.ts';
import { flowWords } from '../report/flow-words.ts';
import { wayLines } from '../report/way-words.ts';
import { Place } from './place.tsx';
import { intentLink } from './routes.ts';
import type { VersionColors } from './shares.tsx';
import { TrafficPicture } from './traffic-picture.tsx';
import { percentWords } from './words.ts';

interface TrafficSectionProps {
  readonly intent: SiteIntent;
  readonly environment: string;
  readonly colorsOf: VersionColors;
}

/** Where requests come in, which route takes them, and where they end: as a picture, and as a table that says all of it. */
export function TrafficSection({ intent, environment, colorsOf }: TrafficSectionProps) {
  const { routes } = intent;
  return (
    <section aria-labelledby="traffic">
      <h2 id="traffic">Traffic</h2>
      <TrafficPicture intent={intent} colorsOf={colorsOf} />
      {routes.length === 0 ? (
        <p>No route is written: requests to {intent.hosts[0]} reach any of its pods.</p>
      ) : (
        <div class="scroller">
          <table class="wide">
            <caption>Routes, in the order in which a proxy tries them</caption>
            <thead>
              <tr>
                <th scope="col">Comes by</th>
                <th scope="col">Takes</th>
                <th scope="col">Goes to</th>
                <th scope="col">On the way</th>
                <th scope="col">Said in</th>
              </tr>
            </thead>
            <tbody>
              {routes.map((route, i) => (
                <RouteRow key={i} route={route} intent={intent} environment={environment} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function RouteRow({
  route,
  intent,
  environment,
}: {
  readonly route: SiteRoute;
  readonly intent: SiteIntent;
  readonly environment: string;
}) {
  const { gateways, matches, destinations, fields, at, name, object, hosts, protocol } = route;
  const named = hosts.filter((host) => !intent.hosts.includes(host));
  const { redirect, directResponse } = fields;
  return (
    <tr>
      <td>
        {gateways.join(', ')}
        {named.length > 0 && <div class="faint small">for {named.join(', ')}</div>}
      </td>
      <td>
        {name !== undefined && <b>{name} </b>}
        {protocol !== 'http' && <span class="faint">{protocol} </span>}
        {matches.length === 0
          ? protocol === 'http'
            ? 'every request'
            : 'every connection'
          : matches.map((match) => <div key={match}>{match}</div>)}
      </td>
      <td>
        {destinations.map((one, i) => (
          <div key={i}>
            {destinations.length > 1 && <>{percentWords(one.percent)} </>}
            <Destination destination={one} own={intent.id} environment={environment} />
          </div>
        ))}
        {redirect !== undefined && <>redirect {flowWords(redirect)}</>}
        {directResponse !== undefined && <>answered at once {flowWords(directResponse)}</>}
      </td>
      <td class="small">
        {wayLines(fields).map((line) => (
          <div key={line}>{line}</div>
        ))}
      </td>
      <td class="small" title={object}>
        {at === undefined ? object : <Place place={at} />}
      </td>
    </tr>
  );
}

function Destination({
  destination: { host, subset, port, id },
  own,
  environment,
}: {
  readonly destination: SiteDestination;
  readonly own: string;
  readonly environment: string;
}) {
  const where = `${host.replace(/\.svc\..*$/, '')}${port === undefined ? '' : `:${port}`}`;
  return (
    <>
      {subset !== undefined && <b>{subset} </b>}
      {id === undefined || id === own ? (
        <span class={id === own && subset !== undefined ? 'faint' : ''}>{where}</span>
      ) : (
        <a href={intentLink(environment, id)}>{where}</a>
      )}
    </>
  );
}

import type { Site, SiteIntent } from '../model/site.ts';
import { ChangesSection } from './changes-section.tsx';
import { DependencySection } from './dependency-section.tsx';
import { DifferencesSection } from './differences-section.tsx';
import { FindingsSection } from './findings-section.tsx';
import { MissingPage } from './missing-page.tsx';
import { PinsSection } from './pins-section.tsx';
import { PoliciesSection } from './policies-section.tsx';
import { RolloutSection } from './rollout-section.tsx';
import { intentLink, traceLink } from './routes.ts';
import { SharesBar, SharesWords, versionColors } from './shares.tsx';
import { TrafficSection } from './traffic-section.tsx';

interface IntentPageProps {
  readonly site: Site;
  readonly environmentName: string;
  readonly id: string;
}

/** An intent in one environment: of a service its traffic, and all that is said about it. */
export function IntentPage({ site, environmentName, id }: IntentPageProps) {
  const environment = site.environments.find(({ name }) => name === environmentName);
  const intent = environment?.intents.find((one) => one.id === id);
  if (environment === undefined || intent === undefined) return <MissingPage what={`${id} in ${environmentName}`} />;
  const everywhere = site.environments.map(({ name, intents }) => ({ name, intent: intents.find((one) => one.id === id) }));
  const colorsOf = versionColors(everywhere.flatMap(({ intent: one }) => one?.versions.map(({ name }) => name) ?? []));
  const { versions, pins, rollout, findings, kind, name } = intent;
  return (
    <>
      <div class="title">
        <h1 tabIndex={-1}>
          {name} <span class="in">in {environmentName}</span>
        </h1>
        {everywhere.length > 1 && (
          <nav class="tabs" aria-label="The same in other environments">
            {everywhere.map(({ name: other, intent: there }) =>
              there === undefined ? (
                <span key={other} class="faint" title={`not in ${other}`}>
                  {other}
                </span>
              ) : (
                <a key={other} href={intentLink(other, id)} aria-current={other === environmentName ? 'page' : undefined}>
                  {other}
                </a>
              ),
            )}
          </nav>
        )}
      </div>
      <p class="facts">
        {kind}
        {intent.namespace !== undefined && <> · namespace {intent.namespace}</>}
        {intent.hosts.length > 0 && (
          <>
            {' '}
            · <span class="mono">{intent.hosts.join(', ')}</span>
          </>
        )}
        {kind === 'service' && (
          <>
            {' '}
            · <a href={traceLink({ env: environmentName, url: requestTo(intent) })}>Trace a request to it</a>
          </>
        )}
      </p>
      {versions.length > 0 && (
        <div class="big-shares">
          <SharesBar versions={versions} colorsOf={colorsOf} />
          <SharesWords versions={versions} colorsOf={colorsOf} />
          <Idle intent={intent} />
          {intent.weights !== undefined && <span>{intent.weights} writes the shares in the cluster: these are what it starts from.</span>}
        </div>
      )}
      {(kind === 'service' || intent.routes.length > 0) && (
        <TrafficSection intent={intent} environment={environmentName} colorsOf={colorsOf} />
      )}
      {pins.length > 0 && <PinsSection pins={pins} />}
      {rollout !== undefined && <RolloutSection rollout={rollout} />}
      {kind !== 'train' && <PoliciesSection values={intent.values} />}
      {kind !== 'train' && <DependencySection environment={environment} id={id} />}
      {findings.length > 0 && <FindingsSection findings={findings} title="Findings" />}
      <DifferencesSection site={site} id={id} />
      <ChangesSection intent={intent} history={site.commit === undefined ? 'none' : site.isShallow ? 'shallow' : 'whole'} />
    </>
  );
}

/** A request that anyone would try first. */
function requestTo({ hosts: [host = ''], port }: SiteIntent): string {
  const short = host.replace(/\.svc\..*$/, '');
  return `http://${short}${port === undefined || port === 80 ? '' : `:${port}`}/`;
}

function Idle({ intent: { versions } }: { readonly intent: SiteIntent }) {
  const idle = versions.filter(({ role }) => role === 'idle');
  if (idle.length === 0) return null;
  return <span class="faint">without a share: {idle.map(({ name }) => name).join(', ')}</span>;
}

import type { IntentKind } from '../model/intent.ts';
import type { Site, SiteIntent } from '../model/site.ts';
import { isMoving } from '../site/matrix-rows.ts';
import { FindingsSection } from './findings-section.tsx';
import { MissingPage } from './missing-page.tsx';
import { StepsPicture } from './rollout-section.tsx';
import { intentLink, traceLink } from './routes.ts';
import { SharesWords, versionColors } from './shares.tsx';
import { countWords } from './words.ts';

const kindWords: Readonly<Record<Exclude<IntentKind, 'service'>, string>> = {
  external: 'External systems',
  gateway: 'Gateways',
  train: 'Trains',
};

/** What an environment holds besides its services, and what is on its way there. */
export function EnvironmentPage({ site, name }: { readonly site: Site; readonly name: string }) {
  const environment = site.environments.find((one) => one.name === name);
  if (environment === undefined) return <MissingPage what={`an environment ${name}`} />;
  const { intents, istio, namespace, findings } = environment;
  const services = intents.filter(({ kind }) => kind === 'service');
  const moving = services.filter((intent) => isMoving(intent));
  const warned = intents.filter((intent) => intent.findings.length > 0);
  return (
    <>
      <h1 tabIndex={-1}>{name}</h1>
      <p class="facts">
        Istio {istio}
        {namespace !== undefined && <> · namespace {namespace}</>} · {countWords(services.length, 'service')} ·{' '}
        <a href={traceLink({ env: name })}>Trace a request</a>
      </p>
      <section aria-labelledby="rollouts">
        <h2 id="rollouts">On the way</h2>
        {moving.length === 0 ? (
          <p class="empty">No version is on its way.</p>
        ) : (
          <div class="scroller">
            <table>
              <caption class="for-readers">
                Services of which two versions share the traffic, or are about to, and those whose old version still has to leave
              </caption>
              <thead>
                <tr>
                  <th scope="col">Service</th>
                  <th scope="col">From</th>
                  <th scope="col">To</th>
                  <th scope="col">Shares</th>
                  <th scope="col">Steps</th>
                </tr>
              </thead>
              <tbody>
                {moving.map((intent) => (
                  <MovingRow key={intent.id} intent={intent} environment={name} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
      {(['external', 'gateway', 'train'] as const).map((kind) => {
        const listed = intents.filter((intent) => intent.kind === kind);
        if (listed.length === 0) return null;
        return (
          <section key={kind} aria-labelledby={kind}>
            <h2 id={kind}>{kindWords[kind]}</h2>
            <ul class="names">
              {listed.map((intent) => (
                <li key={intent.id}>
                  <a href={intentLink(name, intent.id)}>{intent.name}</a>
                  {intent.hosts.length > 0 && <span class="faint"> {intent.hosts.join(', ')}</span>}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {warned.length > 0 && (
        <section aria-labelledby="warned">
          <h2 id="warned">Intents with findings</h2>
          <ul class="names">
            {warned.map((intent) => (
              <li key={intent.id}>
                <a href={intentLink(name, intent.id)}>{intent.name}</a>{' '}
                <span class="faint">{[...new Set(intent.findings.map((finding) => finding.name))].join(', ')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {findings.length > 0 && <FindingsSection findings={findings} title="Findings in words of the environment" />}
    </>
  );
}

function MovingRow({ intent, environment }: { readonly intent: SiteIntent; readonly environment: string }) {
  const { rollout, versions } = intent;
  const stable = versions.find(({ role }) => role === 'stable')?.name;
  const hasArrived = rollout?.phase === 'arrived';
  const canary = versions.find(({ role }) => role === 'canary')?.name;
  return (
    <tr>
      <th scope="row">
        <a href={intentLink(environment, intent.id)}>{intent.name}</a>
      </th>
      <td>{hasArrived ? rollout.previous : (rollout?.stable ?? stable)}</td>
      <td>{hasArrived ? `${rollout.stable}, all of it` : (rollout?.version ?? canary)}</td>
      <td>
        <SharesWords versions={versions} colorsOf={versionColors(versions.map((version) => version.name))} />
      </td>
      <td>{rollout === undefined ? <span class="faint">no plan</span> : <StepsPicture rollout={rollout} />}</td>
    </tr>
  );
}

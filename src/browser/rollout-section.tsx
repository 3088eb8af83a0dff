import type { SiteFreeze, SiteRollout, SiteStep } from '../model/site.ts';
import { dateWords, lengthWords, percentWords } from './words.ts';

const stateWords = { done: 'done', now: 'now', 'to come': 'to come' } as const;

export function RolloutSection({ rollout }: { readonly rollout: SiteRollout }) {
  return (
    <section aria-labelledby="rollout">
      <h2 id="rollout">Rollout</h2>
      <p>{sentence(rollout)}</p>
      {rollout.members !== undefined && (
        <ul>
          {rollout.members.map(({ service, stable, version, percent }) => (
            <li key={service}>
              <b>{service}</b> {stable}
              {version !== undefined && version !== stable && ` to ${version}`}
              {percent !== undefined && `, at ${percentWords(percent)}`}
            </li>
          ))}
        </ul>
      )}
      {rollout.freezes.length > 0 && (
        <ul aria-label="Freezes">
          {rollout.freezes.map((freeze, i) => (
            <li key={i}>{freezeWords(freeze)}</li>
          ))}
        </ul>
      )}
      <StepsPicture rollout={rollout} />
      <div class="scroller">
        <table>
          <caption class="for-readers">Steps of the plan</caption>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">State</th>
              <th scope="col">Share</th>
              <th scope="col">Soak</th>
              <th scope="col">Gates</th>
              <th scope="col">Approval</th>
            </tr>
          </thead>
          <tbody>
            {rollout.steps.map((step, i) => (
              <tr key={i} class={step.state === 'now' ? 'current' : ''} aria-current={step.state === 'now' ? 'step' : undefined}>
                <th scope="row">{i + 1}</th>
                <td>{stateWords[step.state]}</td>
                <td>{shareWords(step)}</td>
                <td>{step.soak === 0 ? <span class="faint">none</span> : lengthWords(step.soak)}</td>
                <td>{step.gates.length === 0 ? <span class="faint">none</span> : step.gates.join(', ')}</td>
                <td>{step.approve ? 'a person' : <span class="faint">as the settings say</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Whether one is open only a clock could tell. */
function freezeWords({ cron, timezone, length, reason }: SiteFreeze): string {
  return `No step in a freeze: for ${lengthWords(length)} from each "${cron}" (${timezone}) on${reason === undefined ? '' : `: ${reason}`}.`;
}

function shareWords({ percent, mirror }: SiteStep): string {
  const copy = mirror === undefined ? '' : `a copy of ${percentWords(mirror)}`;
  if (percent === 0 && copy !== '') return copy;
  return copy === '' ? percentWords(percent) : `${percentWords(percent)}, and ${copy}`;
}

function sentence({
  members,
  phase,
  stable,
  version,
  percent,
  isTrain,
  subject,
  since,
  commit,
  queued,
  hold,
  hasNext,
  previous,
  steps,
}: SiteRollout): string {
  const whose = isTrain ? ` with the train ${subject}` : '';
  const moved = percent === undefined ? '' : `, at ${percentWords(percent)}`;
  const parts = {
    idle: members === undefined ? `${stable} is stable; no version is on its way.` : 'It has not begun.',
    moving:
      members === undefined
        ? `From ${stable} to ${version ?? 'a new version'}${whose}${moved}.`
        : 'On the way; the steps are those of the service that is furthest behind.',
    returning: members === undefined ? `On the way back to ${stable}${whose}${moved}.` : 'On the way back.',
    arrived: `${stable} is stable; ${previous ?? 'the version before'} may still be gone back to.`,
  };
  const dated =
    since === undefined || phase === 'idle'
      ? ''
      : ` So since ${dateWords(since)}${commit === undefined ? '' : ` (${commit.slice(0, 10)})`}.`;
  const now = steps.find(({ state }) => state === 'now');
  const soaked =
    since !== undefined && phase === 'moving' && now !== undefined && now.soak > 0
      ? ` It soaks until ${dateWords(since + now.soak)} at least.`
      : '';
  return [
    parts[phase],
    dated,
    soaked,
    hold === undefined ? '' : ` A person holds it${hold === '' ? '' : `: ${hold}`}.`,
    hasNext ? ' Phases of a change are still to come.' : '',
    queued === undefined ? '' : ` ${queued} comes after it.`,
  ].join('');
}

/** Steps as a row of marks; a table or words beside it say the same. */
export function StepsPicture({ rollout: { steps } }: { readonly rollout: SiteRollout }) {
  const at = steps.findIndex(({ state }) => state === 'now');
  const done = steps.filter(({ state }) => state === 'done').length;
  const words =
    at >= 0
      ? `Step ${at + 1} of ${steps.length}`
      : done === steps.length
        ? `All ${steps.length} steps done`
        : `${steps.length} steps to come`;
  return (
    <span class="steps" role="img" aria-label={words}>
      {steps.map(({ state, percent, mirror }, i) => (
        <span key={i} class={`step ${state.replace(' ', '-')}`}>
          {percent === 0 && mirror !== undefined ? 'copy' : percent}
        </span>
      ))}
    </span>
  );
}

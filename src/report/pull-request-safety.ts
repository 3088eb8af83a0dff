import type { MetricPurpose } from '../model/measurement.ts';
import { listWords } from '../model/names.ts';
import type { PullRequestStory, StoryEnvironment, StoryGate, StoryStep, StoryWarning } from '../model/pull-request-story.ts';
import { changeHeadline, hasWaves, intentWords, objectWords } from './change-words.ts';
import type { FittedBlock } from './fitted-blocks.ts';
import { codeText, proseText } from './markdown-text.ts';

const marks: Readonly<Record<StoryStep['state'], string>> = { done: '●', now: '◉', 'to-come': '○' };
const stateWords: Readonly<Record<StoryStep['state'], string>> = { done: 'done', now: '**now**', 'to-come': 'to come' };

/** Where in its plan a rollout is: done ●, now ◉, to come ○. */
export function stepBlocks({ steps }: PullRequestStory): readonly FittedBlock[] {
  if (steps === undefined || steps.length === 0) return [];
  return [
    ['## Step', ''],
    {
      head: [steps.map(({ state }) => marks[state]).join(' '), '', '| | step | | |', '|---|---|---|---|'],
      items: steps.map(({ name, state, note }) => [
        `| ${marks[state]} | ${proseText(name)} | ${stateWords[state]} | ${note === undefined ? '' : proseText(note)} |`,
      ]),
      tail: [''],
      rank: 1,
      more: (count) => [`… and ${count} more steps`, ''],
    },
  ];
}

/** What was measured before this step was proposed. */
export function gateBlocks({ gates }: PullRequestStory): readonly FittedBlock[] {
  if (gates === undefined || gates.length === 0) return [];
  return [
    ['## Gates', ''],
    {
      head: ['| gate | verdict | measured | bound | samples | window |', '|---|---|---|---|---|---|'],
      items: gates.map((gate) => [gateRow(gate)]),
      tail: [''],
      rank: 1,
      more: (count) => [`… and ${count} more gates`, ''],
    },
  ];
}

function gateRow({ gate, outcome, detail, queries, definition }: StoryGate): string {
  const answered = (purpose: MetricPurpose) => {
    const answer = queries.find((query) => query.purpose === purpose)?.answer;
    return typeof answer === 'number' ? numberWords(answer) : answer;
  };
  const baseline = answered('baseline');
  const { min, max, over, minSamples } = definition;
  const bounds = [...(min === undefined ? [] : [`≥ ${numberWords(min)}`]), ...(max === undefined ? [] : [`≤ ${numberWords(max)}`])];
  const cells = [
    codeText(gate),
    outcome === 'pass' ? 'pass' : `**${outcome}**: ${proseText(detail)}`,
    `${answered('value') ?? 'nothing'}${baseline === undefined ? '' : ` (stable ${baseline})`}`,
    bounds.join(', '),
    `${answered('samples') ?? 'not counted'} (at least ${minSamples})`,
    `${over} s`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function numberWords(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** Phases with what follows, the proof, and warnings of the checks. */
export function safetyBlocks({ environments, replaced = [], restored = [] }: PullRequestStory): readonly FittedBlock[] {
  if (environments.length === 0) return [['## Safety', '', '- Nothing that is rendered changes', '']];
  return [
    ['## Safety', ''],
    ...replacedBlocks(replaced, restored),
    ...environments.flatMap((environment) => environmentBlocks(environment, environments.length > 1)),
  ];
}

function replacedBlocks(replaced: readonly string[], restored: readonly string[]): readonly FittedBlock[] {
  const files = (paths: readonly string[]) => paths.map((path) => codeText(path)).join(', ');
  const told = [
    ...(replaced.length === 0
      ? []
      : [
          `- **Edited by hand** on the base branch, and replaced: ${files(replaced)}. What is told here is told of what the intents said, without these edits`,
        ]),
    ...(restored.length === 0
      ? []
      : [`- **Can't be compiled** as it is on the base branch: ${files(restored)}. It goes back from what it was before`]),
  ];
  return told.length === 0 ? [] : [told];
}

function environmentBlocks(
  { name, plan, warnings, isIntroduced = false, isRecorded = false }: StoryEnvironment,
  isOneOfMany: boolean,
): readonly FittedBlock[] {
  if (plan === undefined)
    return [
      [`- ${codeText(name)} is no more: all that is rendered of it goes with this pull request`, ''],
      ...warningBlocks(warnings, isOneOfMany ? ` of ${codeText(name)}` : ''),
    ];
  const { phases, notes } = plan;
  const isWaved = phases.some(hasWaves);
  return [
    [
      isIntroduced
        ? `- ${codeText(name)} is new: ${plan.objects.length} objects come at once, and not every order of them is safe for a request that is made meanwhile`
        : `- ${proseText(changeHeadline({ ...plan, environment: name }))}`,
      ...(isWaved ? [waveLine] : []),
      ...(phases.length > 1 ? ['- Each phase is live before the next is merged: the next pull request follows this one.'] : []),
      isRecorded
        ? '- Not proven anew: the intents can not be compiled by this release, so the files are those of an earlier commit'
        : '- Proven: read back by a routing simulator, the manifests send every class of requests where the intents say',
      '',
    ],
    ...(phases.length < 2 && !isWaved
      ? []
      : [
          {
            head: ['| | phase | objects | intents |', '|---|---|---|---|'],
            items: phases.map(({ name: phase, objects, intents }, index) => [
              `| ${index === 0 ? '◉' : '○'} | ${phase} | ${some(objects.map(objectWords))} | ${some(intents.map(intentWords))} |`,
            ]),
            tail: [''],
            rank: 1,
            more: (count: number) => [`… and ${count} more phases`, ''],
          },
        ]),
    ...noteBlocks(notes),
    ...warningBlocks(warnings, isOneOfMany ? ` of ${codeText(name)}` : ''),
  ];
}

/** What waves rest on. */
const waveLine =
  '- **Argo CD alone keeps this order**, where one Application has the whole environment and prunes last (`PruneLast=true`). It waits two seconds after a wave, not until proxies know; Flux and kubectl know no waves';

/** Whether its order, in this pull request, is safe in waves alone: then a revert of it may not be, because that goes through them in the same order. */
export function goesInWaves({ plan }: StoryEnvironment): boolean {
  const [here] = plan?.phases ?? [];
  return here !== undefined && hasWaves(here);
}

function noteBlocks(notes: readonly string[]): readonly FittedBlock[] {
  return notes.length === 0 ? [] : [[...notes.map((note) => `> ${proseText(note)}`), '']];
}

function warningBlocks(warnings: readonly StoryWarning[], of: string): readonly FittedBlock[] {
  return [
    {
      head: [`Warnings${of}:`, ''],
      items: warnings.map(({ code, message, at }) => [
        `- ${codeText(code)} ${proseText(message)}${at === undefined ? '' : ` (${codeText(`${at.file}:${at.line}`)})`}`,
      ]),
      tail: [''],
      rank: 2,
      more: (count) => [`… and ${count} more warnings: ${codeText('mainsheet check')}`, ''],
    },
  ];
}

const most = 8;

function some(words: readonly string[]): string {
  const left = words.length - most;
  return [...words.slice(0, most).map((one) => codeText(one)), ...(left > 0 ? [`and ${left} more`] : [])].join('<br>');
}

/** How it is held, undone or stopped. */
export function wayBackLines({ commands, environments, trailer, renderedElsewhere }: PullRequestStory): readonly string[] {
  const names = listWords(environments.slice(0, most).map(({ name }) => codeText(name)));
  const revert = environments.some(goesInWaves)
    ? 'propose the intents as they were, which takes the phases that it needs. A bare revert of the merge commit may not be safe: its waves have the same order, which takes away first what routes still lead to'
    : renderedElsewhere === undefined
      ? `revert the merge commit. It holds intents and manifests together, so ${names === '' ? 'all' : names} is back as it was`
      : 'revert the merge commit; what it rendered follows with the next `mainsheet publish`';
  const hold = 'leave this pull request open, or make it a draft';
  return [
    '## Hold, roll back, stop',
    '',
    `- **Hold:** ${commands.hold === undefined ? hold : codeText(commands.hold, 1000)}`,
    `- **Roll back** once merged: ${commands.rollback === undefined ? revert : codeText(commands.rollback, 1000)}`,
    '- **Stop:** close this pull request. The same content is not proposed again; other content is',
    '- A commit of yours on this branch is kept: from then on nobody but you changes it',
    ...(trailer.step === undefined ? [] : [`- This is step ${codeText(trailer.step)}`]),
    '',
  ];
}

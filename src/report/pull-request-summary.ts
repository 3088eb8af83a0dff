import { listWords } from '../model/names.ts';
import type { PullRequestStory, StoryEnvironment } from '../model/pull-request-story.ts';
import { hasWaves, intentWords } from './change-words.ts';
import { codeText, markedText, proseText } from './markdown-text.ts';
import { changeWords, percentWords, placeTitle } from './outcome-words.ts';
import { goesInWaves } from './pull-request-safety.ts';
import { placedChanges } from './pull-request-traffic.ts';
import { timeWords } from './rollout-text.ts';

/** The first screen: who is affected, how much, whether it is safe, what follows, how to stop it. */
export function summaryLines(story: PullRequestStory): readonly string[] {
  return [
    headline(story),
    '',
    `- **Who:** ${who(story)}`,
    `- **How much:** ${howMuch(story)}`,
    `- **Safe:** ${listed(story, safeWords, 'nothing that is rendered changes, so there is nothing to apply')}`,
    ...(story.blocks === undefined || story.blocks.length === 0 ? [] : [`- **Not now:** ${blockWords(story.blocks)}`]),
    ...(story.waitsFor === undefined ? [] : [`- **When:** ${awaitedWords[story.waitsFor]}`]),
    `- **Next:** ${following(story)}`,
    `- **Stop:** ${stopWords(story)}`,
    '',
  ];
}

function blockWords(blocks: NonNullable<PullRequestStory['blocks']>): string {
  const reasons = blocks.map(({ kind, reason, until }) => {
    const what = kind === 'freeze' ? `a freeze (${reason})` : reason;
    return `${proseText(what)}${until === undefined ? '' : `, until ${timeWords(until)}`}`;
  });
  return `**a guardrail is in its way**: ${reasons.join('; ')}. Merge it when that has passed`;
}

const awaitedWords: Readonly<Record<NonNullable<PullRequestStory['waitsFor']>, string>> = {
  phase: '**merge only once the phase before is live (synced)**: until then requests may still be led to what this takes away or changes',
  base: '**merge only once what is on the base branch is live (synced)**: until then requests may still be led to what this takes away',
};

function headline({ environments }: PullRequestStory): string {
  const [top, environment] = environments
    .flatMap((one) => placedChanges(one).map((placed) => [placed, one.name] as const))
    .reduce<readonly [ReturnType<typeof placedChanges>[number] | undefined, string]>(
      (best, one) => (best[0] === undefined || one[0].change.shiftedPercent > best[0].change.shiftedPercent ? one : best),
      [undefined, ''],
    );
  if (top === undefined) return '**No request changes.**';
  const [before, after] = changeWords(top.change, top.place.host).map((words) => proseText(words));
  const where = `${codeText(environment)}, ${codeText(placeTitle(top.place))}`;
  if (top.change.shiftedPercent === 0) return `**${where}: no request moves; what holds on the way changes.**`;
  const whose = proseText(top.change.requests[0] ?? 'requests', 80);
  return `**${where}: ${percentWords(top.change.shiftedPercent)} moves.** ${whose}: ${before} → ${after}`;
}

const mostPlaces = 6;

function who({ environments }: PullRequestStory): string {
  const places = [...new Set(environments.flatMap(({ comparison }) => comparison.traffic.map(placeTitle)))];
  if (places.length === 0) return 'nobody';
  return `whoever calls ${listWords(some(places.map((place) => codeText(place))))}`;
}

function some(words: readonly string[]): readonly string[] {
  const left = words.length - mostPlaces;
  return left > 0 ? [...words.slice(0, mostPlaces), `${left} more`] : words;
}

function howMuch({ environments }: PullRequestStory): string {
  const changes = environments.flatMap(({ comparison }) => comparison.traffic.flatMap(({ classes }) => classes));
  if (changes.length === 0) return 'nothing';
  const most = Math.max(...changes.map(({ shiftedPercent }) => shiftedPercent));
  const lost = changes.filter(({ reachability }) => reachability === 'lost').length;
  const moved =
    most === 0
      ? 'no request moves'
      : `at most ${percentWords(most)} of a class of requests moves, in ${changes.length} ${changes.length === 1 ? 'class' : 'classes'}`;
  return `${moved}; ${lost === 0 ? 'nothing becomes unreachable' : `**${lost} ${lost === 1 ? 'class becomes' : 'classes become'} unreachable**`}`;
}

function listed(story: PullRequestStory, words: (environment: StoryEnvironment) => string, none: string): string {
  const { environments } = story;
  if (environments.length === 0) return none;
  if (environments.length === 1 && environments[0] !== undefined) return words(environments[0]);
  const told = new Map<string, string[]>();
  for (const environment of environments) {
    const text = words(environment);
    told.set(text, [...(told.get(text) ?? []), codeText(environment.name)]);
  }
  return [...told].map(([text, names]) => `${listWords(some(names))}: ${text}`).join('; ');
}

function safeWords({ plan, warnings, isIntroduced, isRecorded }: StoryEnvironment): string {
  if (plan === undefined) return 'the environment is no more: see that nothing applies it any longer';
  const { phases, objects } = plan;
  if (isIntroduced === true)
    return `proven: requests go where the intents say, once all ${objects.length} objects are there. Nothing of this environment stands before: until then a request may be answered as now, or by a part of them, so apply it before it is used`;
  if (isRecorded === true)
    return '**the intents can not be compiled by this release**: rendered files become what they were, byte for byte, when no canary had a share. They can be applied in every order; render anew once the intents compile';
  const count = objects.length;
  const safe = plan.isComplete ? 'safe in every order' : 'not found to be unsafe in any order';
  const waved = plan.isComplete ? "safe in Argo CD's sync waves" : "not found to be unsafe in Argo CD's sync waves";
  const isWaved = phases.some(hasWaves);
  const order = count < 2 ? '' : isWaved ? `, **${waved}, and only there**` : `, ${safe} of its ${count} objects`;
  const each = isWaved ? `${safe}, or **${waved}, and only there**` : safe;
  const way = phases.length > 1 ? `, in ${phases.length} phases of which each is ${each}` : order;
  const some = warnings.length === 0 ? '' : `; ${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'} below`;
  return `proven: requests go where the intents say${way}${some}`;
}

/** Phases that are still to come of what it changes, and then what its rollout goes on with. */
function following(story: PullRequestStory): string {
  const { follows, environments } = story;
  if (environments.every((environment) => phaseWords(environment, story) === ''))
    return follows === undefined ? 'nothing follows' : markedText(follows);
  const phases = listed(story, (environment) => phaseWords(environment, story) || 'nothing follows', '');
  if (follows === undefined) return phases === lastPhase ? `nothing follows: ${phases}` : phases;
  return `${phases}; then ${markedText(follows)}`;
}

const lastPhase = 'this is the last phase of its change';

function phaseWords({ plan }: StoryEnvironment, { waitsFor }: PullRequestStory): string {
  const [here, next, ...others] = plan?.phases ?? [];
  if (here === undefined || next === undefined) return waitsFor === 'phase' ? lastPhase : '';
  const more = others.length === 0 ? '' : `, then ${listWords(others.map(({ name }) => name))}`;
  const what = next.intents.slice(0, 2).map((intent) => codeText(intentWords(intent), 100));
  return `this is phase ${here.name}; once it is live, ${next.name}${more}${what.length === 0 ? '' : `: ${what.join(', ')}`}`;
}

function stopWords({ commands, environments }: PullRequestStory): string {
  const revert = environments.some(goesInWaves)
    ? 'propose the intents as they were; a bare revert of the merge may not be safe'
    : 'revert the merge';
  const back = commands.rollback === undefined ? revert : codeText(commands.rollback, 1000);
  return `close this pull request; until it is merged nothing happens. After the merge: ${back}`;
}

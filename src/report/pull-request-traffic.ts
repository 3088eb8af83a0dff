import type { PullRequestStory, StoryEnvironment } from '../model/pull-request-story.ts';
import type { TrafficChange, TrafficDiff } from '../model/traffic-diff.ts';
import { noChange } from './comparison-text.ts';
import type { FittedBlock } from './fitted-blocks.ts';
import { codeText, proseText } from './markdown-text.ts';
import { changeWords, percentWords, placeTitle, policyWords, reachabilityWords, shiftWords } from './outcome-words.ts';
import { mostRows, ranks } from './pull-request-ranks.ts';

/** A class of requests that changes, with the place where it is seen. */
export interface PlacedChange {
  readonly place: TrafficDiff;
  readonly change: TrafficChange;
}

/** What can no longer be reached first, then by the share that moves. */
export function placedChanges({ comparison }: StoryEnvironment): readonly PlacedChange[] {
  const all = comparison.traffic.flatMap((place) => place.classes.map((change) => ({ place, change })));
  return all.toSorted((a, b) => weight(b.change) - weight(a.change));
}

function weight({ shiftedPercent, reachability }: TrafficChange): number {
  return shiftedPercent + (reachability === 'lost' ? 1000 : 0);
}

/** What happens to traffic: a table for each environment, largest share first. */
export function trafficBlocks({ environments, commands }: PullRequestStory): readonly FittedBlock[] {
  return environments.flatMap((environment): readonly FittedBlock[] => {
    const title = environments.length === 1 ? '## Traffic' : `## Traffic of ${codeText(environment.name)}`;
    const { comparison } = environment;
    const changes = placedChanges(environment);
    return [
      [title, ''],
      ...(changes.length === 0 ? [[noChange(comparison), '']] : []),
      {
        head: ['| where | requests | before | after | moves | also |', '|---|---|---|---|---|---|'],
        items: changes.map((one) => [row(one)]),
        tail: [''],
        rank: (index) => (index < mostRows ? ranks.traffic : ranks.rest),
        more: (_, left) => [`… and ${leftWords(left.flatMap((index) => changes[index] ?? []))}: ${codeText(commands.more, 1000)}`, ''],
      },
      ...(comparison.notSimulated.length === 0
        ? []
        : [
            {
              head: ['Not simulated, so that what they do to requests is not told above:', ''],
              items: comparison.notSimulated.map((id) => [`- ${codeText(id)}`]),
              tail: [''],
              rank: ranks.warnings,
              more: (count: number) => [`… and ${count} more objects that are not simulated`, ''],
            },
          ]),
    ];
  });
}

/** Of the classes that have no row: how many, of how many services, and the worst that happens to one. */
function leftWords(left: readonly PlacedChange[]): string {
  const places = new Set(left.map(({ place }) => placeTitle(place))).size;
  const most = Math.max(0, ...left.map(({ change }) => change.shiftedPercent));
  const lost = left.filter(({ change }) => change.reachability === 'lost').length;
  return [
    `${left.length} more ${left.length === 1 ? 'class' : 'classes'} of requests to ${places} ${places === 1 ? 'service' : 'services'}`,
    most === 0 ? 'of which none moves' : `of which at most ${percentWords(most)} moves`,
    ...(lost === 0 ? [] : [`**${lost} unreachable**`]),
  ].join(', ');
}

const mostWords = 8;

function row({ place, change }: PlacedChange): string {
  const lost = reachabilityWords(change);
  const also = [
    ...(lost === undefined ? [] : [change.reachability === 'lost' ? `**${lost}**` : lost]),
    ...change.policies.map((policy) => proseText(policyWords(policy, place.host))),
    ...(change.witness.kind === 'undecided' ? [`undecided: ${proseText(change.witness.because)}`] : []),
  ];
  const cells = [
    codeText(placeTitle(place)),
    some(change.requests.map((words) => proseText(words))),
    ...changeWords(change, place.host).map((words) => proseText(words)),
    shiftWords(change),
    some(also),
  ];
  return `| ${cells.join(' | ')} |`;
}

function some(words: readonly string[]): string {
  const left = words.length - mostWords;
  return [...words.slice(0, mostWords), ...(left > 0 ? [`and ${left} more`] : [])].join('<br>');
}

import type { PullRequestStory } from '../model/pull-request-story.ts';
import type { RouteOutcome } from '../model/route-outcome.ts';
import { fencedText, shortened } from './markdown-text.ts';
import { percentWords, placeTitle } from './outcome-words.ts';
import { type PlacedChange, placedChanges } from './pull-request-traffic.ts';

const mostPlaces = 6;
const mostVersions = 8;

/** Services and their versions, with the shares before and after, as Mermaid; nothing where no share moves. */
export function pictureLines({ environments }: PullRequestStory): readonly string[] {
  const moved = environments.flatMap((environment) => {
    const changes = placedChanges(environment).filter(({ change }) => change.shiftedPercent > 0 && isDrawn(change.before, change.after));
    const first = new Map(changes.toReversed().map((one) => [placeTitle(one.place), one]));
    const name = environments.length === 1 ? '' : `${environment.name}: `;
    return [...first.values()].toReversed().map((one) => ({ name, ...one }));
  });
  if (moved.length === 0) return [];
  const lines = moved.slice(0, mostPlaces).flatMap(({ name, ...one }, index) => drawn(one, name, `p${index}`));
  return [...fencedText('mermaid', ['flowchart LR', ...lines]), ''];
}

function isDrawn(before: RouteOutcome, after: RouteOutcome): boolean {
  return before.shares.length > 0 || after.shares.length > 0;
}

/** Ids are generated; nothing of a name is in them. */
function drawn({ place, change }: PlacedChange, environment: string, id: string): readonly string[] {
  const [before, after] = [sharesOf(change.before), sharesOf(change.after)];
  const names = [...new Set([...before.keys(), ...after.keys()])].slice(0, mostVersions);
  const requests = change.requests[0] ?? '';
  return [
    `  ${id}["${label(`${environment}${place.name}:${place.port}`)}<br/>${label(requests)}"]`,
    ...names.flatMap((name, index) => {
      const [was, is] = [before.get(name) ?? 0, after.get(name) ?? 0];
      const arrow = was === is ? `"${label(percentWords(is))}"` : `"${label(`${percentWords(was)} → ${percentWords(is)}`)}"`;
      return [`  ${id} -->|${arrow}| ${id}v${index}["${label(name)}"]`];
    }),
  ];
}

function sharesOf({ shares }: RouteOutcome): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { host, subset, percent } of shares) {
    const name = `${host.split('.')[0] ?? host}${subset === undefined ? '' : ` ${subset}`}`;
    sums.set(name, (sums.get(name) ?? 0) + percent);
  }
  return sums;
}

/** Mermaid's own escapes for all but letters, digits and a few signs. */
function label(text: string): string {
  return [...shortened(text, 60)]
    .map((character) => (/^[A-Za-z0-9 .:→…-]$/.test(character) ? character : `#${character.codePointAt(0)};`))
    .join('');
}

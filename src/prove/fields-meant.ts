import { qualifiedHost } from '../istio/host.ts';
import { isObject, type Json, listOr, objectOr } from '../model/json.ts';
import type { SharedDestination } from '../model/read-back.ts';
import type { RouteFieldWords } from '../model/words.ts';
import { type Arrival, asCalled, destination, goalOf, ownDestinations, portNumber, sharesMeant } from './destinations-meant.ts';
import type { Party, World } from './world.ts';

const plainFields = ['rewrite', 'timeout', 'retries', 'fault', 'corsPolicy', 'headers'] as const;

/** What the words of a route mean on the way. `null` switches off what is inherited; absent = nothing is said. */
export interface FieldsMeant {
  readonly words: Readonly<Record<string, Json | undefined>>;
  /** Where requests are copied to, before `percentage` is taken of each share; null = nowhere. */
  readonly copies?: readonly SharedDestination[] | null;
  /** Of `mirrorPercentage`; null = all. */
  readonly percentage?: number | null;
}

export const noFields: FieldsMeant = { words: {} };

/** The HTTPRoute fields that a service, a route or a pin says. */
export function fieldsSaid(world: World, party: Party, words: RouteFieldWords, arrival: Arrival): FieldsMeant {
  const said: Record<string, Json | undefined> = {};
  for (const field of plainFields) if (words[field] !== undefined) said[field] = words[field];
  const { mirror, mirrors, mirrorPercentage } = words;
  if (mirror === undefined && mirrors === undefined && mirrorPercentage === undefined) return { words: said };
  const copies = copiesSaid(world, party, words, arrival);
  const percentage = isObject(mirrorPercentage) && typeof mirrorPercentage.value === 'number' ? mirrorPercentage.value : undefined;
  const off = mirrorPercentage === null || mirror === null || (copies !== undefined && percentage === undefined);
  return {
    words: said,
    ...(copies === undefined ? {} : { copies }),
    ...(percentage !== undefined ? { percentage } : off ? { percentage: null } : {}),
  };
}

function copiesSaid(world: World, party: Party, { mirror, mirrors }: RouteFieldWords, arrival: Arrival): FieldsMeant['copies'] | undefined {
  if (mirrors !== undefined && mirrors !== null)
    return listOr(mirrors).map((entry) => {
      const { destination: to, percentage } = objectOr(entry);
      const { host, subset, port } = objectOr(to);
      const full = qualifiedHost(String(host), party.home, world.environment.clusterDomain);
      const { value } = objectOr(percentage);
      const number = portNumber(port) ?? (full === party.host ? arrival.port : asCalled(arrival));
      return destination(full, typeof subset === 'string' ? subset : undefined, number, typeof value === 'number' ? value : 100);
    });
  if (mirror !== undefined && mirror !== null) return copiesTo(world, party, mirror, arrival);
  return mirror === null || mirrors === null ? null : undefined;
}

/** A copy goes where a route would lead; to another service, to its shares. */
function copiesTo(world: World, party: Party, mirror: Json, arrival: Arrival): readonly SharedDestination[] {
  const goal = goalOf(world, party, mirror);
  if (goal === undefined) return [];
  if (goal.kind === 'own') return goal.shares.map(([subset, percent]) => destination(party.host, subset, arrival.port, percent));
  if (goal.kind === 'party')
    return ownDestinations(goal.party, sharesMeant(goal.party), { ...arrival, port: goal.port ?? asCalled(arrival) });
  const port = goal.port ?? (goal.host === party.host ? arrival.port : asCalled(arrival));
  return [destination(goal.host, goal.subset, port, 100)];
}

/** What holds where both speak: the inner one, word by word; of the mirror words, whose says where copies go. */
export function innerOver(outer: FieldsMeant, inner: FieldsMeant): FieldsMeant {
  const copies = inner.copies === undefined ? outer.copies : inner.copies;
  const percentage = inner.copies === undefined && inner.percentage === undefined ? outer.percentage : inner.percentage;
  return {
    words: { ...outer.words, ...inner.words },
    ...(copies === undefined ? {} : { copies }),
    ...(percentage === undefined ? {} : { percentage }),
  };
}

/** Without what was switched off: `null` is no word for whoever stands further out. */
export function settled({ words, copies, percentage }: FieldsMeant): FieldsMeant {
  const said = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== null));
  return {
    words: said,
    ...(copies === undefined || copies === null ? {} : { copies }),
    ...(percentage === undefined || percentage === null ? {} : { percentage }),
  };
}

/** What an answer without a destination takes over: nothing that is about sending a request on. */
export function forAnswers({ words: { headers, corsPolicy } }: FieldsMeant): FieldsMeant {
  return { words: { ...(headers === undefined ? {} : { headers }), ...(corsPolicy === undefined ? {} : { corsPolicy }) } };
}

export function copiesOf({ copies, percentage }: FieldsMeant): readonly SharedDestination[] {
  const share = percentage ?? 100;
  return (copies ?? []).map((one) => ({ ...one, percent: (one.percent * share) / 100 }));
}

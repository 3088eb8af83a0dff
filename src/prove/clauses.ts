import type { Json, JsonObject } from '../model/json.ts';
import type { SharedDestination } from '../model/read-back.ts';
import type { PinWords, RouteWords } from '../model/words.ts';
import { type Arrival, asCalled, destination, goalOf, ownDestinations, sharesMeant } from './destinations-meant.ts';
import { type FieldsMeant, fieldsSaid, forAnswers, innerOver, noFields, settled } from './fields-meant.ts';
import { literally, type Remembered, rememberedBy } from './sticky-meant.ts';
import type { Party, Word, World } from './world.ts';

/** What happens to the requests that a clause takes. */
export type Outcome =
  | { readonly kind: 'route'; readonly destinations: readonly SharedDestination[] }
  | { readonly kind: 'redirect' | 'direct-response'; readonly answer: Json };

/** One thing that an intent says about requests; of several that a request fulfils the first counts. */
export interface Clause {
  /** All of these must hold, of each one alternative: the conditions of an exposure, of a route, of a pin. None = every request. */
  readonly within: readonly (readonly JsonObject[])[];
  readonly outcome: Outcome;
  readonly fields: FieldsMeant;
  readonly word: Word;
}

/** A list of routes and where it is written: the party's own, or an exposure's. */
export interface RoutesSaid {
  readonly routes: readonly RouteWords[];
  readonly pointer: string;
}

/**
 * What a party's words mean for the requests that arrive: its routes in their order, each without an answer of its own asking first the
 * pins and then the shares; behind them the same for everyone else.
 */
export function clausesOf(
  world: World,
  party: Party,
  arrival: Arrival,
  list?: RoutesSaid,
  passed: readonly Party[] = [],
): readonly Clause[] {
  const { routes, pointer } = list ?? { routes: party.words.routes ?? [], pointer: '/routes' };
  const inherited = settled(fieldsSaid(world, party, party.words, arrival));
  const clauses = routes.flatMap((route, i) => routeClauses(world, party, arrival, inherited, route, `${pointer}/${i}`, passed));
  const all = [...clauses, ...pinsAndShares(world, party, arrival, inherited, restWord(party))];
  return arrival.gateway ? all : all.flatMap(withoutClaims);
}

function restWord({ intent, words }: Party): Word {
  const word = words.split !== undefined ? 'split' : words.stable !== undefined ? 'stable' : intent.kind;
  return { intent, pointer: `/${word}` };
}

function pinsAndShares(world: World, party: Party, arrival: Arrival, fields: FieldsMeant, word: Word): readonly Clause[] {
  const pins = (party.words.pins ?? []).flatMap((pin, i): readonly Clause[] => {
    const match = pinned(world, pin);
    const destinations = ownDestinations(party, [[pin.version, 100]], arrival);
    const own = fieldsSaid(world, party, pin, arrival);
    const at = { intent: party.intent, pointer: `/pins/${i}` };
    return match.length === 0
      ? []
      : [{ within: [match], outcome: { kind: 'route', destinations }, fields: settled(innerOver(fields, own)), word: at }];
  });
  const copied = settled(innerOver(fields, copiedToCanary(party, arrival)));
  const everyone = { destinations: ownDestinations(party, sharesMeant(party), arrival), isCanary: false };
  const drawn = (rememberedBy(world, party, arrival) ?? [everyone]).map(
    ({ match, destinations, isCanary }: Remembered): Clause => ({
      within: match === undefined ? [] : [[match]],
      outcome: { kind: 'route', destinations },
      fields: isCanary ? settled(fields) : copied,
      word: match === undefined ? word : { intent: party.intent, pointer: '/canary/sticky', part: 'key' },
    }),
  );
  return [...pins, ...drawn];
}

function copiedToCanary({ host, words: { canary } }: Party, { port }: Arrival): FieldsMeant {
  if (canary?.version === undefined || canary.mirror === undefined || canary.mirror === 0) return noFields;
  return { words: {}, copies: [destination(host, canary.version, port, 100)], percentage: canary.mirror };
}

/** How requests of pinned users look, or what the pin itself asks of them. */
function pinned({ environment: { user } }: World, { users, match }: PinWords): readonly JsonObject[] {
  if (users === undefined) return match ?? [];
  if (user === undefined) return [];
  const header = user.by === 'header' ? user.name : user.by === 'claim' ? `@request.auth.claims.${user.name}` : 'cookie';
  return users.map((name) => ({
    headers: { [header]: user.by === 'cookie' ? { regex: `(.*; ?)?${literally(user.name)}=${literally(name)}(;.*)?` } : { exact: name } },
  }));
}

function routeClauses(
  world: World,
  party: Party,
  arrival: Arrival,
  inherited: FieldsMeant,
  route: RouteWords,
  pointer: string,
  passed: readonly Party[],
): readonly Clause[] {
  const word: Word = { intent: party.intent, pointer };
  const own = fieldsSaid(world, party, route, arrival);
  const within = route.match === undefined || route.match.length === 0 ? [] : [route.match];
  const under = (clauses: readonly Clause[]) => clauses.map((clause) => ({ ...clause, within: [...within, ...clause.within] }));
  const { redirect, directResponse, to } = route;
  if (redirect !== undefined && redirect !== null) return under([answerClause('redirect', redirect, inherited, own, word)]);
  if (directResponse !== undefined && directResponse !== null)
    return under([answerClause('direct-response', directResponse, inherited, own, word)]);
  if (to === undefined || to === null) return under(pinsAndShares(world, party, arrival, innerOver(inherited, own), word));
  return under(ledElsewhere(world, party, arrival, to, { inherited, own, word }, passed));
}

function answerClause(kind: 'redirect' | 'direct-response', answer: Json, inherited: FieldsMeant, own: FieldsMeant, word: Word): Clause {
  return { within: [], outcome: { kind, answer }, fields: settled(innerOver(forAnswers(inherited), own)), word };
}

interface Led {
  readonly inherited: FieldsMeant;
  readonly own: FieldsMeant;
  readonly word: Word;
}

/** To another service or external: what that one would answer itself. */
function ledElsewhere(
  world: World,
  party: Party,
  arrival: Arrival,
  to: Json,
  { inherited, own, word }: Led,
  passed: readonly Party[],
): readonly Clause[] {
  const goal = goalOf(world, party, to);
  if (goal === undefined) return [];
  const fields = settled(innerOver(inherited, own));
  if (goal.kind === 'own')
    return [{ within: [], outcome: { kind: 'route', destinations: ownDestinations(party, goal.shares, arrival) }, fields, word }];
  if (goal.kind === 'host') {
    const port = goal.port ?? arrival.port;
    return [{ within: [], outcome: { kind: 'route', destinations: [destination(goal.host, goal.subset, port, 100)] }, fields, word }];
  }
  if ([...passed, party].some(({ intent }) => intent === goal.party.intent)) return [];
  const there: Arrival = { gateway: arrival.gateway, port: goal.port ?? asCalled(arrival) };
  return clausesOf(world, goal.party, there, undefined, [...passed, party]).map((clause) => ({
    ...clause,
    word,
    fields:
      clause.outcome.kind === 'route'
        ? settled(innerOver(innerOver(inherited, clause.fields), own))
        : settled(innerOver(innerOver(forAnswers(inherited), clause.fields), forAnswers(own))),
  }));
}

/** Claims are seen by gateways alone: in the mesh no request has any. */
function withoutClaims(clause: Clause): readonly Clause[] {
  const within = clause.within.map((alternatives) => alternatives.filter((match) => !readsClaims(match)));
  if (within.some((alternatives) => alternatives.length === 0)) return [];
  return [{ ...clause, within }];
}

function readsClaims({ headers, withoutHeaders }: JsonObject): boolean {
  return [headers, withoutHeaders].some((map) => Object.keys(map ?? {}).some((name) => /^@request\.auth\.claims/i.test(name)));
}

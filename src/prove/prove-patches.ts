import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import type { ReadAnswer, ReadBack, ReadPoint, ReadRoutes } from '../model/read-back.ts';
import { describeRequest } from '../requests/request.ts';
import { compareRoutes, plainAt } from './compare-routes.ts';
import type { Clause } from './clauses.ts';
import { describeBoth } from './describe-answer.ts';
import type { Evidence } from './prove.ts';
import { patchKeepsDecisions } from './prove-diagnostics.ts';
import { sharedVantages, type Vantage, vantagesOf } from './vantages.ts';
import { placeOf, type Word, worldOf } from './world.ts';

/** What patches change for requests: the routes as they were drawn beside those that will be written. */
export function provePatches(loaded: LoadedEnvironment, { readBack: before }: Evidence, after: ReadBack): readonly Diagnostic[] {
  const world = worldOf(loaded);
  const { minor } = loaded.environment.istio;
  const ofParties = world.parties.map((party) => ({ intent: party.intent, vantages: vantagesOf(world, party).http }));
  const ofDoors = world.doors.map((door) => ({ intent: door.intent, vantages: sharedVantages(world, door) }));
  return [...ofParties, ...ofDoors].flatMap(({ intent, vantages }) => {
    const word: Word = { intent, pointer: intent.value.patches === undefined ? `/${intent.kind}` : '/patches/0' };
    return vantages.flatMap((vantage) => changeAt(vantage, word, before, after, minor));
  });
}

function changeAt({ at, host }: Vantage, word: Word, before: ReadBack, after: ReadBack, minor: number): readonly Diagnostic[] {
  const old = before.http(at);
  const [first] = compareRoutes(clausesFrom(old, word), after.http(at), at, minor);
  if (first?.request === undefined) return [];
  const both = describeBoth(first.meant, first.does, at.host);
  const request = `${describeRequest(first.request, plainAt(at))} to ${host}${where(at)}`;
  return [diagnose(patchKeepsDecisions, { params: { request, before: both.meant, after: both.does }, at: placeOf(word) })];
}

function where({ port, gateway }: ReadPoint): string {
  return gateway === undefined ? `:${port}` : `, port ${port} of ${gateway}`;
}

/** Routes read back, as clauses that others can be held against. */
function clausesFrom({ routes, otherwise }: ReadRoutes, word: Word): readonly Clause[] {
  const clauses = routes.map(({ match, answer }) => clauseFrom([[match]], answer, word));
  return otherwise.kind === 'failure' ? clauses : [...clauses, clauseFrom([], otherwise, word)];
}

function clauseFrom(within: Clause['within'], { kind, destinations, copies, words }: ReadAnswer, word: Word): Clause {
  const { redirect, directResponse, ...rest } = words;
  const fields = { words: rest, copies };
  const outcome: Clause['outcome'] =
    kind === 'redirect' ? { kind, answer: redirect ?? null } : kind === 'direct-response' ? { kind, answer: directResponse ?? null } : { kind: 'route', destinations };
  return { within, outcome, fields, word };
}

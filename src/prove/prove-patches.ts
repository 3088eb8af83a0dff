import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { Intent } from '../model/intent.ts';
import { stableJson } from '../model/json.ts';
import type { ReadAnswer, ReadBack, ReadDestination, ReadRoutes } from '../model/read-back.ts';
import { describeRequest } from '../requests/request.ts';
import type { Clause } from './clauses.ts';
import { compareRoutes, plainAt } from './compare-routes.ts';
import { describeBoth, where } from './describe-answer.ts';
import { patchKeepsDecisions } from './prove-diagnostics.ts';
import { sharedVantages } from './shared-host-vantages.ts';
import type { Vantage } from './vantage.ts';
import { vantagesOf } from './vantages.ts';
import { type Party, placeOf, type Word, type World } from './world.ts';

/** What patches change for requests: the routes and policies as they were drawn beside those that will be written. */
export function provePatches(world: World, before: ReadBack, after: ReadBack): readonly Diagnostic[] {
  const { minor } = world.environment.istio;
  const isPatched = ({ intent }: { readonly intent: Intent }) => intent.value.patches !== undefined;
  const parties = world.parties.filter(isPatched);
  const doors = world.doors.filter(isPatched);
  const vantages = [
    ...parties.flatMap((party) => vantagesOf(world, party).http.map((vantage) => ({ vantage, intent: party.intent }))),
    ...doors.flatMap((door) => sharedVantages(world, door).map((vantage) => ({ vantage, intent: door.intent }))),
  ];
  return [
    ...vantages.flatMap(({ vantage, intent }) => changeAt(vantage, patchesOf(intent), before, after, minor)),
    ...parties.flatMap((party) => changedPolicies(party, before, after)),
  ];
}

function patchesOf(intent: Intent): Word {
  return { intent, pointer: '/patches/0' };
}

function changeAt({ at, host }: Vantage, word: Word, before: ReadBack, after: ReadBack, minor: number): readonly Diagnostic[] {
  const [first] = compareRoutes(clausesFrom(before.http(at), word), after.http(at), at, minor);
  if (first?.request === undefined) return [];
  const both = describeBoth(first.meant, first.does, at.host);
  const request = `${describeRequest(first.request, plainAt(at))} to ${host}${where(at)}`;
  return [diagnose(patchKeepsDecisions, { params: { request, before: both.meant, after: both.does }, at: placeOf(word) })];
}

function changedPolicies(party: Party, before: ReadBack, after: ReadBack): readonly Diagnostic[] {
  const versions: readonly (string | undefined)[] = [undefined, ...Object.keys(party.words.versions ?? {})];
  const ports = party.ports.length === 0 ? [80] : party.ports.map(({ number }) => number);
  for (const host of party.hosts) {
    for (const version of versions) {
      for (const port of ports) {
        const [old, now] = [before, after].map((one) => policyText(one.destination(host, version, port, party.client)));
        if (old === undefined || now === undefined || old === now) continue;
        const request = `requests to ${version === undefined ? party.written : `${version} of ${party.written}`} on port ${port}`;
        return [diagnose(patchKeepsDecisions, { params: { request, before: old, after: now }, at: placeOf(patchesOf(party.intent)) })];
      }
    }
  }
  return [];
}

function policyText({ labels, policy }: ReadDestination): string {
  return labels === undefined ? 'no such subset' : stableJson({ labels, ...policy });
}

/** Routes read back, as clauses that others can be held against. */
function clausesFrom({ routes, otherwise }: ReadRoutes, word: Word): readonly Clause[] {
  const clauses = routes.map(({ match, answer }) => clauseFrom([[match]], answer, word));
  return otherwise.kind === 'failure' ? clauses : [...clauses, clauseFrom([], otherwise, word)];
}

function clauseFrom(within: Clause['within'], { kind, destinations, copies, words }: ReadAnswer, word: Word): Clause {
  const { redirect = null, directResponse = null, ...rest } = words;
  const fields = { words: rest, copies };
  const outcome = (): Clause['outcome'] => {
    if (kind === 'redirect') return { kind, answer: redirect };
    return kind === 'direct-response' ? { kind, answer: directResponse } : { kind: 'route', destinations };
  };
  return { within, outcome: outcome(), fields, word };
}

import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { intentTitle } from '../model/intent.ts';
import type { ManifestOwner } from '../model/manifest.ts';
import type { ReadAnswer, ReadRoutes } from '../model/read-back.ts';
import { describeRequest } from '../requests/request.ts';
import { compareRoutes, type Difference, plainAt } from './compare-routes.ts';
import { describeBoth, where } from './describe-answer.ts';
import { ownDestinations, sharesMeant } from './destinations-meant.ts';
import { type Evidence, relatedTo } from './evidence.ts';
import { faultyWords } from './faulty-words.ts';
import { renderDoesWhatIntentSays, renderIsProvable } from './prove-diagnostics.ts';
import { proveDoor, proveEntry } from './prove-objects.ts';
import { provePolicies } from './prove-policies.ts';
import { type Meant, meantBy, nothingMeant, sameAnswer } from './same-answer.ts';
import { sharedVantages } from './shared-host-vantages.ts';
import type { Line, Vantage } from './vantage.ts';
import { vantagesOf } from './vantages.ts';
import { type Door, type Party, placeOf, saysPolicy, saysRouting, type World } from './world.ts';

/**
 * Whether the manifests do what a service or external means: translation validation. The meaning is worked out from the intents' words
 * alone; templates and what was resolved for them have no part in it. `unprovenWords` lists the words that it does not compare,
 * docs/proof.md also what it compares in part.
 */
export function proveParty(party: Party, world: World, evidence: Evidence): readonly Diagnostic[] {
  const { minor } = world.environment.istio;
  const { readBack, templateLine } = evidence;
  const name = intentTitle(party.intent);
  const { http, lines } = vantagesOf(world, party);
  const counts = (title: string) => isOwner(evidence.ownerOf(title), party.intent);
  // Two intents for one host contradict each other where both speak, which other findings say: no manifest could do as both mean.
  const besides = world.besides(party);
  const isAlone = !besides.some(saysRouting);
  const own = isAlone ? http : http.filter(({ at }) => at.gateway !== undefined);
  return [
    ...own.flatMap((vantage) => proveVantage(name, vantage, evidence, minor, counts)),
    ...(isAlone ? lines : []).flatMap((line) => proveLine(name, line, evidence, counts)),
    ...(besides.some(saysPolicy) ? [] : provePolicies(party, readBack, templateLine, minor)),
    ...(besides.length === 0 ? proveEntry(party, readBack, templateLine) : []),
  ];
}

/** The same for a gateway: the hosts that it shares, and its servers. */
export function proveGateway(door: Door, world: World, evidence: Evidence): readonly Diagnostic[] {
  const counts = (title: string) => isOwner(evidence.ownerOf(title), door.intent);
  const name = intentTitle(door.intent);
  const { minor } = world.environment.istio;
  return [
    ...sharedVantages(world, door).flatMap((vantage) => proveVantage(name, vantage, evidence, minor, counts)),
    ...proveDoor(door, evidence.readBack, evidence.templateLine),
  ];
}

function isOwner(owner: ManifestOwner | undefined, intent: { kind: string; name: string; namespace?: string }): boolean {
  return owner?.kind === intent.kind && owner.name === intent.name && owner.namespace === intent.namespace;
}

function proveVantage(
  name: string,
  vantage: Vantage,
  evidence: Evidence,
  minor: number,
  counts: (title: string) => boolean,
): readonly Diagnostic[] {
  const at = vantage.at.gateway === undefined ? vantage.at : { ...vantage.at, counts };
  const read = evidence.readBack.http(at);
  const reached = read.served
    ? read
    : { ...read, routes: [], otherwise: { ...read.otherwise, failure: 'nothing: no server of the gateway is for it' } };
  const all = compareRoutes(vantage.clauses, reached, at, minor);
  const [first] = all;
  if (first === undefined) return [];
  const more = all.filter(({ request }) => request !== undefined).length - 1;
  const shown = all.find(({ request }) => request !== undefined) ?? first;
  return [differenceFinding(name, shown, vantage, evidence, more, reached, counts)];
}

function differenceFinding(
  name: string,
  difference: Difference,
  { at, clauses, word, host }: Vantage,
  { templateLine, sourcesOf }: Evidence,
  more: number,
  read: ReadRoutes,
  counts: (title: string) => boolean,
): Diagnostic {
  const { request, because = '', clause, meant, route, does } = difference;
  const both = describeBoth(meant, does, clause === undefined ? at.host : ownHost(meant, at.host));
  const others = clauses.map(meantBy);
  const sources =
    route === undefined
      ? [sourcesOf(counts, at.gateway !== undefined)]
      : faultyWords(meant, does, read, others).map((word) => route.source(word));
  const related = sources.flatMap((source) => relatedTo(source, templateLine));
  const place = placeOf(clause?.word ?? word);
  const hints = more > 0 ? [`${more} more ${more === 1 ? 'kind' : 'kinds'} of requests ${more === 1 ? 'differs' : 'differ'} here`] : [];
  if (request === undefined) return diagnose(renderIsProvable, { params: { name, because, ...both }, at: place, related });
  const told = `${describeRequest(request, plainAt(at))} to ${host}${where(at)}`;
  return diagnose(renderDoesWhatIntentSays, { params: { name, request: told, ...both }, at: place, related, hints });
}

/** Whose versions the answer names: at a gateway the host that is called is another one. */
function ownHost({ destinations }: Meant, called: string): string {
  return destinations.find(({ subset }) => subset !== undefined)?.host ?? called;
}

/** Callers that a connection is looked at for: those of the party's own namespace. */
function proveLine(
  name: string,
  { at, protocol, party, port, hop, word }: Line,
  { readBack, sourcesOf, templateLine }: Evidence,
  counts: (title: string) => boolean,
): readonly Diagnostic[] {
  const request = { ...plainAt(at), protocol };
  const does = readBack.connection(request);
  const arrival = { gateway: at.gateway !== undefined, port: port.number };
  const shares = ownDestinations(party, sharesMeant(party), arrival);
  const meant: Meant = { ...nothingMeant, kind: 'route', destinations: hop === undefined ? shares : [{ ...hop, percent: 100 }] };
  if (sameAnswer(withoutFailure(meant), does)) return [];
  const both = describeBoth(meant, does, party.host);
  const told = `${protocol === 'tls' ? 'a TLS connection' : 'a connection'} to ${at.host}${where(at)}`;
  return [
    diagnose(renderDoesWhatIntentSays, {
      params: { name, request: told, ...both },
      at: placeOf(word),
      related: relatedTo(sourcesOf(counts, at.gateway !== undefined), templateLine),
    }),
  ];
}

function withoutFailure({ failure: _, ...answer }: ReadAnswer | Meant): Meant {
  return answer;
}

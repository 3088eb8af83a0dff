import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { intentTitle } from '../model/intent.ts';
import type { ManifestOwner } from '../model/manifest.ts';
import type { ReadAnswer, ReadBack, ReadPoint, ReadRoutes, ReadSource } from '../model/read-back.ts';
import type { Place } from '../model/source.ts';
import { describeRequest } from '../requests/request.ts';
import { compareRoutes, type Difference, plainAt } from './compare-routes.ts';
import { describeBoth } from './describe-answer.ts';
import { ownDestinations, sharesMeant } from './destinations-meant.ts';
import { proveDoor, proveEntry } from './prove-objects.ts';
import { provePolicies } from './prove-policies.ts';
import { renderDoesWhatIntentSays, renderIsDecidable } from './prove-diagnostics.ts';
import { differences, type Meant, nothingMeant, sameAnswer } from './same-answer.ts';
import { type Line, sharedVantages, type Vantage, vantagesOf } from './vantages.ts';
import { placeOf, worldOf } from './world.ts';

/** What a proof compares with, besides the intents. */
export interface Evidence {
  /** Of the manifests that were drawn, before any patch. */
  readonly readBack: ReadBack;
  /** Which intent asked for a manifest, by the manifest's title. */
  readonly ownerOf: (title: string) => ManifestOwner | undefined;
  /** Where the counting VirtualServices say what they are bound to: the first of them. */
  readonly sourcesOf: (counts: (title: string) => boolean, atGateway: boolean) => ReadSource | undefined;
  /** The line of a template, as a place to show. */
  readonly templateLine: (file: string, line: number) => Place | undefined;
}

/**
 * Whether the manifests do what the intents mean, for every service, external, gateway and exposure: translation validation. The meaning
 * is worked out from the intents' words alone; templates and what was resolved for them have no part in it. See docs/proof.md for the
 * words that it does not cover.
 */
export function prove(loaded: LoadedEnvironment, evidence: Evidence): readonly Diagnostic[] {
  const world = worldOf(loaded);
  const { minor } = loaded.environment.istio;
  const { readBack, templateLine } = evidence;
  const findings: Diagnostic[] = [];
  for (const party of world.parties) {
    const name = intentTitle(party.intent);
    const { http, lines } = vantagesOf(world, party);
    const counts = (title: string) => isOwner(evidence.ownerOf(title), party.intent);
    for (const vantage of http) findings.push(...proveVantage(name, vantage, evidence, minor, counts));
    for (const line of lines) findings.push(...proveLine(name, line, evidence, counts));
    findings.push(...provePolicies(party, readBack, templateLine, minor));
    findings.push(...proveEntry(party, readBack, templateLine));
  }
  for (const door of world.doors) {
    const counts = (title: string) => isOwner(evidence.ownerOf(title), door.intent);
    const name = intentTitle(door.intent);
    for (const vantage of sharedVantages(world, door)) findings.push(...proveVantage(name, vantage, evidence, minor, counts));
    findings.push(...proveDoor(door, readBack, templateLine));
  }
  return findings;
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
  const reached = read.served ? read : { ...read, routes: [], otherwise: { ...read.otherwise, failure: 'nothing: no server of the gateway is for it' } };
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
  { at, word, host }: Vantage,
  { templateLine, sourcesOf }: Evidence,
  more: number,
  read: ReadRoutes,
  counts: (title: string) => boolean,
): Diagnostic {
  const { request, because = '', clause, meant, route, does } = difference;
  const both = describeBoth(meant, does, clause === undefined ? at.host : ownHost(meant, at.host));
  const related = relatedTo(route?.source(faultyWord(meant, does, read)) ?? sourcesOf(counts, at.gateway !== undefined), templateLine);
  const place = placeOf(clause?.word ?? word);
  const hints = more > 0 ? [`${more} more ${more === 1 ? 'kind' : 'kinds'} of requests ${more === 1 ? 'differs' : 'differ'} here`] : [];
  if (request === undefined) return diagnose(renderIsDecidable, { params: { name, because, ...both }, at: place, related });
  const told = `${describeRequest(request, plainAt(at))} to ${host}${where(at)}`;
  return diagnose(renderDoesWhatIntentSays, { params: { name, request: told, ...both }, at: place, related, hints });
}

/** Whose versions the answer names: at a gateway the host that is called is another one. */
function ownHost({ destinations }: Meant, called: string): string {
  return destinations.find(({ subset }) => subset !== undefined)?.host ?? called;
}

/** Where the template went wrong: where some route gives what is meant its conditions or order, otherwise what the route itself says. */
function faultyWord(meant: Meant, does: ReadAnswer, { routes }: ReadRoutes): string {
  if (routes.some(({ answer }) => sameAnswer(meant, answer))) return 'match';
  const [word = 'match'] = differences(meant, does);
  if (word === 'copies') return does.copies.length === 0 ? '' : 'mirror';
  if (word !== 'destinations') return word;
  const wrong = does.destinations.findIndex((one, i) => !sameAnswer({ ...meant, destinations: meant.destinations.slice(i, i + 1) }, { ...does, destinations: [one] }));
  const [said, given] = [meant.destinations[wrong], does.destinations[wrong]];
  const entry = `route/${Math.max(0, wrong)}`;
  if (said === undefined || given === undefined) return 'route';
  if (said.host !== given.host) return `${entry}/destination/host`;
  if (said.subset !== given.subset) return `${entry}/destination${given.subset === undefined ? '' : '/subset'}`;
  return said.port !== undefined && said.port !== given.port ? `${entry}/destination/port/number` : `${entry}/weight`;
}

/** The template's line. */
export function relatedTo(source: ReadSource | undefined, templateLine: Evidence['templateLine']): { message: string; at: Place }[] {
  if (source?.template === undefined) return [];
  const { template, manifest } = source;
  const at = templateLine(template.file, template.line);
  return at === undefined ? [] : [{ message: `line ${template.line} drew this part of ${manifest}`, at }];
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
  return [diagnose(renderDoesWhatIntentSays, { params: { name, request: told, ...both }, at: placeOf(word), related: relatedTo(sourcesOf(counts, at.gateway !== undefined), templateLine) })];
}

function where({ port, gateway }: ReadPoint): string {
  return gateway === undefined ? `:${port}` : `, port ${port} of ${gateway}`;
}

function withoutFailure({ failure: _, ...answer }: ReadAnswer | Meant): Meant {
  return answer;
}


import type { HostPort } from '../mesh/known-hosts.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { compact, type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import { withoutOwnPort } from './entry-relations.ts';
import { type ExposeWords, exposeWords, type OwnRouting } from './expose-words.ts';
import { readHttpEntries } from './http-entry.ts';
import { type HttpWords, httpWords, routesOfEachPort } from './http-words.ts';
import { l4Words } from './l4-words.ts';
import type { ObjectGroup } from './object-groups.ts';
import { noRule, type RuleWords, ruleWords } from './policy-words.ts';
import { layerOf, type NeededPort, portWords } from './port-words.ts';
import type { ServiceFrame } from './service-frame.ts';
import { sameShares, shareWords } from './shares.ts';
import { isUnsaid, type Unsaid, unknownKey, unsaid } from './unsaid.ts';

/** Objects of a group that its intent cannot say, each with what it is of it. */
export type Refused = ReadonlyMap<MeshObject, Unsaid>;

export interface SaidGroup {
  /** Words of routing, ports, versions and policies; not yet of names. */
  readonly words: JsonObject;
  readonly says: readonly MeshObject[];
  readonly refused: Refused;
}

export interface GroupSurroundings {
  readonly frame: Omit<ServiceFrame, 'versions'>;
  readonly known: readonly HostPort[] | undefined;
  /** Ports of the host that routes of the mesh lead to. */
  readonly led: ReadonlySet<number>;
  /** How `expose` of this group names the gateway of a VirtualService; undefined where it cannot. */
  readonly gatewayWord: (object: MeshObject) => string | undefined;
  /** The name that an exposure's VirtualService has unless it is told. */
  readonly exposedName: (gateway: string) => string;
}

/** What the objects of one host say, in words of its intent; what cannot be said is left out, with the place that stands in the way. */
export function serviceWords(group: ObjectGroup, around: GroupSurroundings): SaidGroup {
  const refused = new Map<MeshObject, Unsaid>();
  const { rule, routes } = group;
  const { known } = around;
  const policies = rule === undefined ? noRule : ruleWords(rule.spec);
  if (isUnsaid(policies) && rule !== undefined) refused.set(rule, policies);
  const said = isUnsaid(policies) ? noRule : policies;
  const frame: ServiceFrame = { ...around.frame, versions: [...said.versions.keys()] };
  const mesh = routes === undefined ? undefined : meshWords(routes, rule, frame, around);
  if (routes !== undefined && mesh !== undefined && isUnsaid(mesh)) refused.set(routes, mesh);
  const own = mesh === undefined || isUnsaid(mesh) ? silent(frame) : mesh;
  const exposed = group.exposures.flatMap((object): readonly (ExposeWords & { readonly object: MeshObject })[] => {
    const gateway = around.gatewayWord(object);
    const words =
      gateway === undefined ? unsaid('/gateways', 'its gateway has no name in intents') : exposeWords(object, own.routing, frame, known);
    if (isUnsaid(words)) refused.set(object, words);
    if (isUnsaid(words) || gateway === undefined) return [];
    const named = object.name === around.exposedName(gateway) ? {} : { name: object.name };
    return [{ object, port: words.port, layer: words.layer, words: { gateway, ...named, ...words.words } }];
  });
  const ports = portWords(neededPorts(said, own.ports, exposed, around), around.known);
  const isSeveral = exposed.length > 0 && ports.words.ports !== undefined;
  const expose: readonly Json[] = [
    ...own.joined,
    ...exposed.map(({ words, port }) =>
      isSeveral && Object.keys(ports.words.ports ?? {}).length > 1 ? withPort(words, ports.keyOf(port)) : words,
    ),
  ];
  const versions = [...said.versions].map(([name, words]): [string, JsonObject] => [name, keyedPorts(words, ports.keyOf)]);
  const { stable, canary, split, pins, routes: listed, ...fields } = own.words;
  const exportTo = (rule !== undefined && !refused.has(rule) ? rule : routes)?.spec.exportTo;
  return {
    words: {
      ...ports.words,
      ...(versions.length === 0 ? {} : { versions: versionsWord(versions) }),
      ...compact({ stable, canary, split, pins, routes: listed }),
      ...(expose.length === 0 ? {} : { expose: exposeWord(expose) }),
      ...said.policy,
      ...fields,
      ...compact({ exportTo }),
    },
    says: [rule, routes, ...group.exposures].filter((object) => object !== undefined).filter((object) => !refused.has(object)),
    refused,
  };
}

interface MeshWords {
  readonly words: JsonObject;
  readonly routing: OwnRouting;
  readonly ports: readonly Omit<NeededPort, 'words'>[];
  readonly joined: readonly string[];
}

/** Nothing is said for the mesh: every request goes to the host itself. */
function silent(frame: ServiceFrame): MeshWords {
  return { words: {}, routing: unrouted(frame), ports: [], joined: [] };
}

function unrouted({ fqdn }: ServiceFrame): OwnRouting {
  const everything = { pointer: '/http', match: [], legs: [{ host: fqdn, fqdn }], fields: {} };
  return { inherited: { shares: { kind: 'bare' }, pins: [], fields: {} }, entries: [everything], isSaid: false };
}

function meshWords(object: MeshObject, rule: MeshObject | undefined, frame: ServiceFrame, around: GroupSurroundings): MeshWords | Unsaid {
  const { spec } = object;
  const unknown = unknownKey(spec, ['hosts', 'gateways', 'http', 'tls', 'tcp', 'exportTo'], '');
  if (unknown !== undefined) return unknown;
  if (rule !== undefined && !sameJson(spec.exportTo, rule.spec.exportTo))
    return unsaid('/exportTo', `${rule.kind} ${rule.name} is exported otherwise`);
  const gateways = listOr(spec.gateways).filter((name) => name !== 'mesh');
  const joined = gateways.length === 0 ? undefined : around.gatewayWord(object);
  if (gateways.length > 0 && (joined === undefined || gateways.length > 1))
    return unsaid('/gateways', 'it holds for several gateways beside the mesh');
  const read = readHttpEntries(spec.http, frame.qualify);
  if (isUnsaid(read)) return read;
  const eachPort = routesOfEachPort(read, frame.fqdn, spec.tls !== undefined || spec.tcp !== undefined);
  const entries = eachPort?.entries ?? read.map((entry) => withoutOwnPort(entry, frame.fqdn));
  const ownPorts = new Set(read.flatMap(({ legs }) => legs.filter(({ fqdn }) => fqdn === frame.fqdn).map(({ port }) => port)));
  if (eachPort === undefined && ownPorts.size > 1) return unsaid('/http', 'its routes lead to several ports of the service');
  const http = entries.length === 0 ? undefined : httpWords(entries, frame);
  if (http !== undefined && isUnsaid(http)) return http;
  const l4 = l4Words(spec, listOr(spec.hosts).map(String), frame);
  if (isUnsaid(l4)) return l4;
  const shared = l4.shares === undefined ? {} : shareWords(l4.shares);
  if (http !== undefined && l4.ports.length > 0 && !sameShares(l4.shares, http.inherited.shares))
    return unsaid('/http', 'its http routes and its connections are shared out differently');
  const [port] = ownPorts;
  const httpPorts = eachPort?.ports ?? (port === undefined ? [] : [port]);
  return {
    words: { ...shared, ...(http === undefined ? {} : http.words) },
    routing: http === undefined ? unrouted(frame) : routingOf(http, entries),
    ports: [...httpPorts.map((number) => ({ number, layer: 'http' as const })), ...l4.ports],
    joined: joined === undefined ? [] : [joined],
  };
}

function routingOf(http: HttpWords, entries: OwnRouting['entries']): OwnRouting {
  const { stable, split } = http.words;
  return { inherited: http.inherited, entries, isSaid: stable !== undefined || split !== undefined };
}

function neededPorts(
  { ports, versions }: RuleWords,
  routed: readonly Omit<NeededPort, 'words'>[],
  exposed: readonly ExposeWords[],
  { known, led }: GroupSurroundings,
): readonly NeededPort[] {
  const layers = new Map([
    ...exposed.map(({ port, layer }) => [port, layer] as const),
    ...routed.map(({ number, layer }) => [number, layer] as const),
  ]);
  const ofVersions = [...versions.values()].flatMap((words) => Object.keys(objectOr(words.ports)).map(Number));
  const numbers = new Set([...layers.keys(), ...ports.keys(), ...ofVersions, ...exposed.map(({ port }) => port)]);
  const [only, ...others] = known ?? [];
  if (numbers.size === 0 && only !== undefined && others.length === 0) numbers.add(only.number);
  // An intent that names ports names all that any route leads to: there are no others for those who read it.
  if (numbers.size > 0) for (const number of led) numbers.add(number);
  return [...numbers].map((number) => ({ number, layer: layers.get(number) ?? layerOf(number, known), words: ports.get(number) ?? {} }));
}

function withPort({ gateway, name, hosts, ...others }: JsonObject, port: string): JsonObject {
  return compact({ gateway, name, hosts, port, ...others });
}

/** The ports of a version by the keys that the service has for them. */
function keyedPorts({ ports, ...words }: JsonObject, keyOf: (number: number) => string): JsonObject {
  if (ports === undefined) return words;
  return {
    ...words,
    ports: Object.fromEntries(Object.entries(objectOr(ports)).map(([number, policy]) => [keyOf(Number(number)), policy])),
  };
}

/** A list of names where each selects its pods by its name alone. */
function versionsWord(versions: readonly (readonly [string, JsonObject])[]): Json {
  return versions.every(([, words]) => Object.keys(words).length === 0) ? versions.map(([name]) => name) : Object.fromEntries(versions);
}

function exposeWord(expose: readonly Json[]): Json {
  const [only, ...others] = expose;
  return typeof only === 'string' && others.length === 0 ? only : expose;
}

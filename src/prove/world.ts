import { qualifiedHost } from '../istio/host.ts';
import { isTlsProtocol } from '../istio/listener-parts.ts';
import type { Environment, LoadedEnvironment } from '../model/environment.ts';
import { type Intent, originOf } from '../model/intent.ts';
import { type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { ManifestOwner } from '../model/manifest.ts';
import type { Pointer } from '../model/pointer.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { Place } from '../model/source.ts';
import {
  type ExternalWords,
  externalWords,
  gatewayWords,
  policyBlocks,
  type RoutingWords,
  routeFields,
  type ServiceWords,
  serviceWords,
} from '../model/words.ts';
import { type MeantPort, portsMeant } from './ports-meant.ts';

/** A service or an external as its own words describe it; an external with several hosts is one party for each. */
export interface Party {
  readonly intent: Intent;
  readonly words: RoutingWords & Pick<ServiceWords, 'expose'> & Pick<ExternalWords, 'originateTls' | 'via' | 'virtualService'>;
  /** The namespace of its objects: `default` where nothing names one. */
  readonly home: string;
  /** The namespace of callers that see it. */
  readonly client: string;
  readonly written: string;
  /** Fully qualified. */
  readonly host: string;
  readonly hosts: readonly string[];
  readonly ports: readonly MeantPort[];
}

/** A gateway, with the servers that its intent writes. */
export interface Door {
  readonly intent: Intent;
  /** 'namespace/name' of the object. */
  readonly id: string;
  readonly home: string;
  readonly servers: readonly DoorServer[];
}

export interface DoorServer {
  readonly number: number;
  readonly portName: string;
  /** What routes see, behind TLS that ends here. */
  readonly layer: 'http' | 'tls' | 'tcp';
  /** What is spoken to it, whether or not it ends here. */
  readonly isTls: boolean;
  readonly hosts: readonly string[];
}

export type IntentName = Pick<ManifestOwner, 'kind' | 'name' | 'namespace'>;

/** An intent, and what it describes. */
export interface Speaker {
  readonly intent: Intent;
  readonly party: Party | undefined;
  readonly door: Door | undefined;
}

/** The intents of an environment by the names that they call each other. */
export interface World {
  readonly environment: Environment;
  readonly parties: readonly Party[];
  readonly doors: readonly Door[];
  readonly party: (kind: 'service' | 'external', reference: string, home: string) => Party | undefined;
  readonly door: (reference: string, home: string) => Door | undefined;
  /** The service of a fully qualified host. */
  readonly ofHost: (host: string) => Party | undefined;
  /** Whose intent it is that asked for an object. */
  readonly speaker: (owner: IntentName) => Speaker | undefined;
  /** Others that are about a host of the party: what they say of it holds as well. */
  readonly besides: (party: Party) => readonly Party[];
}

export function worldOf({ environment, intents }: LoadedEnvironment): World {
  const homeOf = (intent: Intent): string =>
    typeof intent.value.namespace === 'string' ? intent.value.namespace : (environment.namespace ?? 'default');
  const known = describedIn(environment);
  const described = (intent: Intent): Described => {
    const before = known.get(intent) ?? describe(intent, homeOf(intent), environment);
    known.set(intent, before);
    return before;
  };
  const parties = intents.flatMap((intent) => described(intent).party ?? []);
  const doors = intents.flatMap((intent) => described(intent).door ?? []);
  const byName = new Map(intents.map((intent) => [nameKey(intent), intent]));
  const partyFor = finder(parties, ({ intent }) => `${intent.kind} ${intent.name}`);
  const doorFor = finder(doors, ({ intent }) => `gateway ${intent.name}`);
  let byHost: ReadonlyMap<string, Party> | undefined;
  const named = new Map<string, Party[]>();
  for (const party of parties) for (const host of party.hosts) named.set(host, [...(named.get(host) ?? []), party]);
  return {
    environment,
    parties,
    doors,
    party: (kind, reference, home) => partyFor(kind, reference, home),
    door: (reference, home) => doorFor('gateway', reference, home),
    ofHost: (host) => {
      byHost ??= new Map(parties.filter(({ intent }) => intent.kind === 'service').map((party) => [party.host, party]));
      return byHost.get(host);
    },
    speaker: (owner) => {
      const intent = byName.get(nameKey(owner));
      return intent === undefined ? undefined : { intent, ...described(intent) };
    },
    besides: (party) => party.hosts.flatMap((host) => (named.get(host) ?? []).filter((other) => other !== party)),
  };
}

type Described = Pick<Speaker, 'party' | 'door'>;

/** The same intent is the same party or door, whatever stands beside it. */
const describedIn = rememberedFor((_environment: Environment) => new WeakMap<Intent, Described>());

function describe(intent: Intent, home: string, environment: Environment): Described {
  return { party: partyOf(intent, home, environment), door: intent.kind === 'gateway' ? doorOf(intent, home) : undefined };
}

function nameKey({ kind, name, namespace = '' }: IntentName): string {
  return `${kind} ${namespace}/${name}`;
}

/** A name is first one of the caller's own namespace, then the only one of that name; 'namespace/name' is exact. */
function finder<T extends { readonly home: string; readonly intent: Intent }>(
  all: readonly T[],
  keyOf: (one: T) => string,
): (kind: string, reference: string, home: string) => T | undefined {
  const byKey = new Map<string, T[]>();
  for (const one of all) byKey.set(keyOf(one), [...(byKey.get(keyOf(one)) ?? []), one]);
  return (kind, reference, home) => {
    const named = byKey.get(`${kind} ${reference}`) ?? [];
    if (named.length > 0) return named.find((one) => one.home === home) ?? (named.length === 1 ? named[0] : undefined);
    const slash = reference.indexOf('/');
    return byKey.get(`${kind} ${reference.slice(slash + 1)}`)?.find((one) => slash > 0 && one.home === reference.slice(0, slash));
  };
}

function partyOf(intent: Intent, home: string, { clusterDomain }: Environment): Party | undefined {
  if (intent.kind !== 'service' && intent.kind !== 'external') return undefined;
  if (intent.kind === 'service') {
    const words = serviceWords(intent);
    const { host: written = intent.name, ports } = words;
    const host = qualifiedHost(written, home, clusterDomain);
    return { intent, words, home, client: clientOf(words, home), written, host, hosts: [host], ports: portsMeant(ports) };
  }
  const words = externalWords(intent);
  const [written] = words.hosts ?? [];
  if (written === undefined) return undefined;
  return {
    intent,
    words,
    home,
    client: clientOf(words, home),
    written,
    host: written,
    hosts: words.hosts ?? [],
    ports: portsMeant(words.ports),
  };
}

function clientOf({ exportTo = [] }: RoutingWords, home: string): string {
  const [first] = exportTo;
  return first === undefined || exportTo.some((space) => space === '*' || space === '.' || space === home) ? home : first;
}

/** The party for just one of its hosts. */
export function withHost(party: Party, host: string): Party {
  return party.host === host ? party : { ...party, host, written: host };
}

function doorOf(intent: Intent, own: string): Door {
  const { names, servers } = gatewayWords(intent);
  const slash = intent.name.indexOf('/');
  const home = slash < 0 ? own : intent.name.slice(0, slash);
  const written: readonly JsonObject[] = servers ?? [];
  return { intent, home, id: `${home}/${names?.Gateway ?? intent.name.slice(slash + 1)}`, servers: written.map(doorServer) };
}

const httpProtocols = ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTPS', 'HTTP_PROXY'];

function doorServer({ port, tls, hosts }: JsonObject): DoorServer {
  const { number, name, protocol } = objectOr(port);
  const { mode } = objectOr(tls);
  const passes = mode === 'PASSTHROUGH' || mode === 'AUTO_PASSTHROUGH';
  const layer = passes ? 'tls' : httpProtocols.includes(String(protocol).toUpperCase()) ? 'http' : 'tcp';
  const isTls = isTlsProtocol(String(protocol).toUpperCase());
  return { number: Number(number), portName: String(name), layer, isTls, hosts: listOr(hosts).map(String) };
}

/** A word of an intent: where a finding about it points. Looked up only then. */
export interface Word {
  readonly intent: Intent;
  readonly pointer: Pointer;
  readonly part?: 'key';
}

export function placeOf({ intent, pointer, part }: Word): Place | undefined {
  return originOf(intent, pointer, part ?? 'value').at ?? originOf(intent, `/${intent.kind}`).at;
}

const routingWords = ['stable', 'split', 'canary', 'pins', 'routes', ...routeFields] as const;

export function saysRouting({ words }: Party): boolean {
  return routingWords.some((word) => words[word] !== undefined) || words.via !== undefined || words.originateTls !== undefined;
}

export function saysPolicy({ words, ports }: Party): boolean {
  const blocks = [words, ...ports.map((port) => port.words)].some((one) => policyBlocks.some((block) => one[block] !== undefined));
  return blocks || words.versions !== undefined || words.originateTls !== undefined;
}

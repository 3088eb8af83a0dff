import { hostWithin } from '../istio/host.ts';
import { servedHosts } from '../istio/served-hosts.ts';
import type { ReadPoint } from '../model/read-back.ts';
import { gatewayWords, type ExposureWords } from '../model/words.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { fieldsSaid, innerOver, settled } from './fields-meant.ts';
import { type MeantPort, portNamed } from './ports-meant.ts';
import { type Door, type DoorServer, type Party, type Word, withHost, type World } from './world.ts';

/** A place where http requests are looked at, and what intents mean for those that arrive there. */
export interface Vantage {
  readonly at: ReadPoint;
  readonly clauses: readonly Clause[];
  /** What the whole vantage exists for. */
  readonly word: Word;
  /** As people call the host: the intent's own words. */
  readonly host: string;
}

/** A connection that no http route has a say in. */
export interface Line {
  readonly at: ReadPoint;
  readonly protocol: 'tls' | 'tcp';
  readonly party: Party;
  readonly port: MeantPort;
  /** Where `via` leads first. */
  readonly hop?: { readonly host: string; readonly port: number };
  readonly word: Word;
}

export interface Vantages {
  readonly http: readonly Vantage[];
  readonly lines: readonly Line[];
}

/** Every place that a service or external is reached at: in the mesh on each port, at gateways on each server. */
export function vantagesOf(world: World, party: Party): Vantages {
  const parties = party.hosts.map((host) => withHost(party, host));
  const hop = hopOf(world, party);
  const mesh = parties.flatMap((one) => meshHttp(world, one, hop));
  const lines = parties.flatMap((one) => meshLines(one, hop));
  const doors = exposed(world, party);
  return { http: [...mesh, ...doors.http], lines: [...lines, ...doors.lines] };
}

function meshHttp(world: World, party: Party, hop: Hop | undefined): readonly Vantage[] {
  const { client, host, written, intent, hosts } = party;
  const http = party.ports.filter(({ layer }) => layer === 'http').map(({ number }) => number);
  const ports = party.ports.length === 0 ? portsAskedFor(party) : http;
  const word: Word = { intent, pointer: `/${intent.kind}` };
  return ports.flatMap((port): readonly Vantage[] => {
    const clauses = clausesOf(world, party, { gateway: false, port });
    const at = { host, port, namespace: client, ...(hosts.length > 1 ? { authorities: [host, `${host}:${port}`] } : {}) };
    if (hop === undefined) return [{ at, clauses, word, host: written }];
    const [inside, outside] = throughHop(clauses, hop, port);
    const beyond = { ...at, port: hop.port ?? port, namespace: party.home, gateway: hop.gateway };
    return [
      { at, clauses: inside, word, host: written },
      { at: beyond, clauses: outside, word, host: written },
    ];
  });
}

/** Of a service that names no port any will do, and those that its conditions name. */
function portsAskedFor({ words: { routes = [], pins = [] } }: Party): readonly number[] {
  const asked = [...routes, ...pins].flatMap(({ match = [] }) => match.flatMap(({ port }) => (typeof port === 'number' && port > 0 ? [port] : [])));
  return [...new Set([80, ...asked])];
}

interface Hop {
  readonly host: string;
  readonly port?: number;
  /** 'namespace/name' of the Gateway on the egress proxies. */
  readonly gateway: string;
}

function hopOf({ environment }: World, { words, intent, home }: Party): Hop | undefined {
  const via = words.via;
  if (via === undefined || typeof via.service !== 'string') return undefined;
  const [service = '', before] = via.service.split('/').reverse();
  const namespace = typeof via.namespace === 'string' ? via.namespace : (before ?? 'istio-system');
  return {
    host: `${service}.${namespace}.svc.${environment.clusterDomain}`,
    ...(typeof via.port === 'number' ? { port: via.port } : {}),
    gateway: `${home}/${words.names?.Gateway ?? `${intent.name}-egress`}`,
  };
}

/** What changes or copies a request holds where it leaves the mesh; everything else where the caller's proxy sends it off. */
function throughHop(clauses: readonly Clause[], hop: Hop, port: number): readonly [readonly Clause[], readonly Clause[]] {
  const destinations = [{ host: hop.host, port: hop.port ?? port, percent: 100 }];
  const inside = clauses.map((clause): Clause => {
    if (clause.outcome.kind !== 'route') return clause;
    const { rewrite: _, ...words } = clause.fields.words;
    return { ...clause, outcome: { kind: 'route', destinations }, fields: { words } };
  });
  const outside = clauses
    .filter(({ outcome }) => outcome.kind === 'route')
    .map((clause): Clause => {
      const { words, ...copies } = clause.fields;
      return { ...clause, fields: { ...copies, words: words.rewrite === undefined ? {} : { rewrite: words.rewrite } } };
    });
  return [inside, outside];
}

function meshLines(party: Party, hop: Hop | undefined): readonly Line[] {
  const { client, written, ports, words } = party;
  // A single TCP port has no host to tell requests by; Istio finds it by address, which only the service itself knows.
  return ports.flatMap((port): readonly Line[] => {
    if (port.layer === 'http') return [];
    const word = sharesWord(party);
    const at = { host: concrete(written), port: port.number, namespace: client };
    const shared = { protocol: port.layer, party, port, word };
    if (hop === undefined || words.via === undefined) return [{ ...shared, at }];
    const number = hop.port ?? port.number;
    return [
      { ...shared, at, hop: { host: hop.host, port: number } },
      { ...shared, at: { ...at, port: number, gateway: hop.gateway } },
    ];
  });
}

export function concrete(host: string): string {
  return host.startsWith('*') ? `a${host === '*' ? '.example.com' : host.slice(1)}` : host;
}

function sharesWord({ intent, words }: Party): Word {
  const word = words.split !== undefined ? 'split' : words.stable !== undefined ? 'stable' : intent.kind;
  return { intent, pointer: `/${word}` };
}

/** The exposures of a service; several on one gateway, port and host are one vantage. */
function exposed(world: World, party: Party): Vantages {
  const http = new Map<string, Vantage>();
  const lines: Line[] = [];
  for (const [i, words] of (party.words.expose ?? []).entries()) {
    const door = world.door(words.gateway, party.home);
    if (door === undefined || isShared(world, door, party, words)) continue;
    const word: Word = { intent: party.intent, pointer: `/expose/${i}` };
    const entry = exposureOf(door, party, words);
    if (entry === undefined) continue;
    const { port, servers, hosts } = entry;
    for (const host of hosts) {
      for (const server of servers) {
        const [met] = server.hosts === undefined ? [host] : meeting(host, server.hosts, party.home, door.home);
        if (met === undefined) continue;
        const at = { host, port: server.number, namespace: party.home, gateway: door.id };
        if (server.layer !== 'http') {
          lines.push({ at: { ...at, host: concrete(met) }, protocol: server.layer, party, port, word });
          continue;
        }
        const key = JSON.stringify([door.id, server.number, host]);
        const clauses = exposureClauses(world, party, words, `/expose/${i}`, port.number);
        const known = http.get(key);
        http.set(key, { at, clauses: [...(known?.clauses ?? []), ...clauses], word: known?.word ?? word, host });
      }
    }
  }
  return { http: [...http.values()], lines };
}

const ownWords = ['hosts', 'match', 'server', 'port', 'routes', 'name'] as const;

function isShared(world: World, door: Door, party: Party, { hosts }: ExposureWords): boolean {
  if (hosts !== undefined) return false;
  const items = Object.values(gatewayWords(door.intent).hosts ?? {}).flat();
  return items.some(({ service }) => world.party('service', service, door.home)?.intent === party.intent);
}

export function exposureClauses(world: World, party: Party, words: ExposureWords, pointer: string, port: number): readonly Clause[] {
  const list = words.routes === undefined ? undefined : { routes: words.routes, pointer: `${pointer}/routes` };
  const { match = [] } = words;
  const clauses = clausesOf(world, party, { gateway: true, port }, list);
  return match.length === 0 ? clauses : clauses.map((clause) => ({ ...clause, within: [match, ...clause.within] }));
}

interface Exposed {
  readonly port: MeantPort;
  readonly servers: readonly (Pick<DoorServer, 'number' | 'layer'> & { readonly hosts?: readonly string[] })[];
  readonly hosts: readonly string[];
}

/** Which port is reached, by which servers and under which hosts. */
function exposureOf(door: Door, party: Party, words: ExposureWords): Exposed | undefined {
  const { ports } = party;
  const layers = (['http', 'tls', 'tcp'] as const).filter((layer) => door.servers.some((server) => server.layer === layer && isFor(server, party, door)));
  const reachable = ports.length > 1 && layers.length > 0 ? ports.filter((port) => layers.some((layer) => leadsTo(layer, port))) : ports;
  const port = words.port === undefined ? (reachable.length === 1 ? reachable[0] : undefined) : portNamed(ports, words.port);
  if (port === undefined) return undefined;
  const says = ownWords.some((word) => words[word] !== undefined);
  if (!says && port.layer === 'http' && door.servers.every(({ layer }) => layer === 'http'))
    return { port, servers: door.servers, hosts: [party.host.toLowerCase()] };
  if (door.servers.length === 0) return { port, servers: [{ number: 80, layer: 'http' }], hosts: lowered(words.hosts ?? []) };
  const servers = chosenServers(door, party, port, words, layers);
  const hosts = words.hosts ?? servedHosts(servers.flatMap((server) => hostsFor(server, party, door))).hosts;
  return { port, servers, hosts: lowered(hosts) };
}

function lowered(hosts: readonly string[]): readonly string[] {
  return hosts.map((host) => host.toLowerCase());
}

function chosenServers(
  door: Door,
  party: Party,
  port: MeantPort,
  { server }: ExposureWords,
  layers: readonly DoorServer['layer'][],
): readonly DoorServer[] {
  if (server !== undefined) {
    const byName = door.servers.filter(({ portName }) => portName === String(server));
    const named = byName.length > 0 ? byName : door.servers.filter(({ number }) => number === Number(server));
    return named.filter(({ layer }) => layer === named[0]?.layer);
  }
  const fitting = layers.filter((layer) => leadsTo(layer, port));
  const layer = port.layer === 'http' ? 'http' : fitting[0];
  return door.servers.filter((one) => one.layer === layer && isFor(one, party, door));
}

/** Http leads to http and, encrypted again, to TLS; everything else to what is not http. */
function leadsTo(layer: DoorServer['layer'], port: MeantPort): boolean {
  return layer === 'http' ? port.layer !== 'tcp' : port.layer !== 'http';
}

function isFor(server: DoorServer, party: Party, door: Door): boolean {
  return hostsFor(server, party, door).length > 0;
}

function hostsFor({ hosts }: DoorServer, { home }: Party, door: Door): readonly string[] {
  return hosts.flatMap((written) => hostFor(written, home, door.home) ?? []);
}

/** 'namespace/host' is for VirtualServices of that namespace, './host' for those of the gateway's own. */
function hostFor(written: string, namespace: string, doorHome: string): string | undefined {
  const slash = written.indexOf('/');
  if (slash < 0) return written;
  const space = written.slice(0, slash);
  return space === '*' || (space === '.' ? doorHome : space) === namespace ? written.slice(slash + 1) : undefined;
}

/** What a host has in common with those that a server serves: the narrower of each two. */
function meeting(host: string, served: readonly string[], namespace: string, doorHome: string): readonly string[] {
  return served.flatMap((written) => {
    const own = hostFor(written, namespace, doorHome);
    if (own === undefined) return [];
    if (hostWithin(host, own)) return [host];
    return hostWithin(own, host) ? [own] : [];
  });
}

/** The hosts that a gateway shares among services: each item in turn, what the service itself says before what the item says. */
export function sharedVantages(world: World, door: Door): readonly Vantage[] {
  const lists = Object.entries(gatewayWords(door.intent).hosts ?? {});
  return lists.flatMap(([host, items]) => {
    const clauses = items.flatMap((item, i): readonly Clause[] => {
      const party = world.party('service', item.service, door.home);
      if (party === undefined) return [];
      const index = (party.words.expose ?? []).findIndex((one) => world.door(one.gateway, party.home) === door && isShared(world, door, party, one));
      const exposure: ExposureWords = party.words.expose?.[index] ?? { gateway: door.intent.name };
      const port = portNamed(party.ports, item.port ?? exposure.port)?.number;
      if (port === undefined) return [];
      const own = exposureClauses(world, party, exposure, `/expose/${index}`, port);
      const outer = settled(fieldsSaid(world, { ...party, home: door.home }, item, { gateway: true, port }));
      const { match = [] } = item;
      const word: Word = { intent: door.intent, pointer: `/hosts/${host.replaceAll('~', '~0').replaceAll('/', '~1')}/${i}` };
      return own.map((clause) => ({
        ...clause,
        within: match.length === 0 ? clause.within : [match, ...clause.within],
        fields: innerOver(outer, clause.fields),
        ...(party.intent === door.intent ? { word } : {}),
      }));
    });
    const numbers = door.servers.length === 0 ? [80] : serverNumbers(door, host.toLowerCase());
    const word: Word = { intent: door.intent, pointer: `/hosts/${host}`, part: 'key' };
    return numbers.map((port) => ({ at: { host: host.toLowerCase(), port, namespace: door.home, gateway: door.id }, clauses, word, host }));
  });
}

function serverNumbers(door: Door, host: string): readonly number[] {
  const http = door.servers.filter(({ layer, hosts }) => layer === 'http' && meeting(host, hosts, door.home, door.home).length > 0);
  return [...new Set(http.map(({ number }) => number))];
}


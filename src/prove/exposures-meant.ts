import { servedHosts } from '../istio/served-hosts.ts';
import { type ExposureWords, gatewayWords } from '../model/words.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { type MeantPort, portNamed } from './ports-meant.ts';
import { hostsFor, isFor, leadsTo, meeting } from './served-by.ts';
import { concrete, type Line, type Vantage, type Vantages } from './vantage.ts';
import type { Door, DoorServer, Party, Word, World } from './world.ts';

/** The exposures of a service; several on one gateway, port and host are one vantage. */
export function exposed(world: World, party: Party): Vantages {
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
          lines.push({ at: { ...at, host: concrete(met) }, protocol: server.isTls ? 'tls' : 'tcp', party, port, word });
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

/** The hosts under which a service is reached at each gateway, as its exposures say; undefined where they can't be told. */
export function exposedHosts(world: World, party: Party): ReadonlyMap<string, readonly string[]> | undefined {
  const hosts = new Map<string, readonly string[]>();
  for (const words of party.words.expose ?? []) {
    const door = world.door(words.gateway, party.home);
    if (door === undefined) return undefined;
    if (isShared(world, door, party, words)) continue;
    const entry = exposureOf(door, party, words);
    if (entry === undefined) return undefined;
    hosts.set(door.id, [...(hosts.get(door.id) ?? []), ...entry.hosts]);
  }
  return hosts;
}

const ownWords = ['hosts', 'match', 'server', 'port', 'routes', 'name'] as const;

export function isShared(world: World, door: Door, party: Party, { hosts }: ExposureWords): boolean {
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
  readonly servers: readonly (Pick<DoorServer, 'number' | 'layer' | 'isTls'> & { readonly hosts?: readonly string[] })[];
  readonly hosts: readonly string[];
}

/** Which port is reached, by which servers and under which hosts. */
function exposureOf(door: Door, party: Party, words: ExposureWords): Exposed | undefined {
  const { ports } = party;
  const layers = (['http', 'tls', 'tcp'] as const).filter((layer) =>
    door.servers.some((server) => server.layer === layer && isFor(server, party, door)),
  );
  const reachable = ports.length > 1 && layers.length > 0 ? ports.filter((port) => layers.some((layer) => leadsTo(layer, port))) : ports;
  const port = words.port === undefined ? (reachable.length === 1 ? reachable[0] : undefined) : portNamed(ports, words.port);
  if (port === undefined) return undefined;
  const says = ownWords.some((word) => words[word] !== undefined);
  if (!says && port.layer === 'http' && door.servers.every(({ layer }) => layer === 'http'))
    return { port, servers: door.servers, hosts: [party.host.toLowerCase()] };
  if (door.servers.length === 0) return { port, servers: [{ number: 80, layer: 'http', isTls: false }], hosts: lowered(words.hosts ?? []) };
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

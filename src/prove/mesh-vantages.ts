import { type Clause, clausesOf } from './clauses.ts';
import { concrete, type Line, type Vantage } from './vantage.ts';
import type { Party, Word, World } from './world.ts';

/** Calls within the mesh: each http port, and with `via` once more where they leave it. */
export function meshHttp(world: World, party: Party, hop: Hop | undefined): readonly Vantage[] {
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
  const asked = [...routes, ...pins].flatMap(({ match = [] }) =>
    match.flatMap(({ port }) => (typeof port === 'number' && port > 0 ? [port] : [])),
  );
  return [...new Set([80, ...asked])];
}

export interface Hop {
  readonly host: string;
  readonly port?: number;
  /** 'namespace/name' of the Gateway on the egress proxies. */
  readonly gateway: string;
}

export function hopOf({ environment }: World, { words, intent, home }: Party): Hop | undefined {
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

export function meshLines(party: Party, hop: Hop | undefined): readonly Line[] {
  const { client, home, host, written, ports, words } = party;
  // A single TCP port has no host to tell requests by; Istio finds it by address, which only the service itself knows.
  return ports.flatMap((port): readonly Line[] => {
    // Of a short name Istio reads no more into an SNI; from elsewhere nobody calls it so.
    if (port.layer === 'http' || (port.layer === 'tls' && client !== home && host !== written)) return [];
    const word = sharesWord(party);
    const at = { host: concrete(port.layer === 'tls' ? written : host), port: port.number, namespace: client };
    const shared = { protocol: port.layer, party, port, word };
    if (hop === undefined || words.via === undefined) return [{ ...shared, at }];
    const number = hop.port ?? port.number;
    return [
      { ...shared, at, hop: { host: hop.host, port: number } },
      { ...shared, at: { ...at, port: number, gateway: hop.gateway } },
    ];
  });
}

function sharesWord({ intent, words }: Party): Word {
  const word = words.split !== undefined ? 'split' : words.stable !== undefined ? 'stable' : intent.kind;
  return { intent, pointer: `/${word}` };
}

import type { IntentKind, Move } from '../model/intent.ts';
import { isList, isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { joinPointer } from '../model/pointer.ts';

/** A value whose short forms are written out, and where each moved piece stood. */
export interface LongForm {
  readonly value: JsonObject;
  readonly moves: readonly Move[];
}

type Rewrite = (value: JsonObject, moves: Move[]) => JsonObject;

const rewrites: Readonly<Record<IntentKind, readonly Rewrite[]>> = {
  service: [portToPorts, portsToMap, versionsToMap, pinsToLong, routesToLong, exposeToLong, rolloutToLong, patchesToLong],
  external: [portsToMap, versionsToMap, pinsToLong, routesToLong, originateTlsToMap, viaToMap, rolloutToLong, patchesToLong],
  gateway: [serversToLong, sharedHostsToLong, patchesToLong],
  train: [rolloutToLong],
};

/**
 * Writes the short forms of the intent language out (`versions: [v1]` → `versions: {v1: {}}`), so that layers in different forms
 * merge as the same map. Returns the same object where nothing was short.
 */
export function expandShortForms(kind: IntentKind, value: JsonObject): LongForm {
  const moves: Move[] = [];
  const long = rewrites[kind].reduce((current, rewrite) => rewrite(current, moves), value);
  return { value: long, moves };
}

function replaceKey(value: JsonObject, key: string, replacement: Json, as = key): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => (name === key ? [as, replacement] : [name, item])));
}

function portToPorts(value: JsonObject, moves: Move[]): JsonObject {
  if (value.port === undefined || isObject(value.ports)) return value;
  moves.push({ from: '/port', to: '/ports/http' }, { from: '/port', to: '/ports/http/number' });
  return replaceKey(value, 'port', value.port === null ? null : { http: { number: value.port } }, 'ports');
}

function portsToMap(value: JsonObject, moves: Move[]): JsonObject {
  if (!isObject(value.ports)) return value;
  let changed = false;
  const ports: Record<string, Json> = {};
  for (const [key, port] of Object.entries(value.ports)) {
    const place = joinPointer('/ports', key);
    if (typeof port === 'number') {
      ports[key] = { number: port };
      moves.push({ from: place, to: `${place}/number` });
      changed = true;
    } else ports[key] = port;
  }
  return changed ? replaceKey(value, 'ports', ports) : value;
}

function versionsToMap(value: JsonObject, moves: Move[]): JsonObject {
  if (!isList(value.versions)) return value;
  const versions: Record<string, Json> = {};
  for (const [index, name] of value.versions.entries()) {
    versions[String(name)] = {};
    moves.push({ from: `/versions/${index}`, to: joinPointer('/versions', String(name)) });
  }
  return replaceKey(value, 'versions', versions);
}

/** `match: {…}` is a list of one. */
function matchToList(item: JsonObject, place: string, moves: Move[]): JsonObject {
  if (!isObject(item.match)) return item;
  moves.push({ from: `${place}/match`, to: `${place}/match/0` });
  return replaceKey(item, 'match', [item.match]);
}

function mapItems(value: JsonObject, key: string, rewriteItem: (item: Json, place: string) => Json): JsonObject {
  const list = value[key];
  if (!isList(list)) return value;
  return replaceKey(
    value,
    key,
    list.map((item, index) => rewriteItem(item, `/${key}/${index}`)),
  );
}

function pinsToLong(value: JsonObject, moves: Move[]): JsonObject {
  return mapItems(value, 'pins', (pin, place) => {
    if (!isObject(pin)) return pin;
    const long = matchToList(pin, place, moves);
    if (typeof long.user !== 'string') return long;
    moves.push({ from: `${place}/user`, to: `${place}/users/0` });
    return replaceKey(long, 'user', [long.user], 'users');
  });
}

function routesToLong(value: JsonObject, moves: Move[]): JsonObject {
  return mapItems(value, 'routes', (route, place) => (isObject(route) ? matchToList(route, place, moves) : route));
}

function exposeToLong(value: JsonObject, moves: Move[]): JsonObject {
  if (value.expose === undefined || value.expose === null) return value;
  const single = !isList(value.expose);
  const entries = isList(value.expose) ? value.expose : [value.expose];
  const long = entries.map((entry, index) => {
    const place = `/expose/${index}`;
    if (single) moves.push({ from: '/expose', to: place });
    if (typeof entry === 'string') {
      moves.push({ from: single ? '/expose' : place, to: `${place}/gateway` });
      return { gateway: entry };
    }
    if (!isObject(entry)) return entry;
    const withMatch = matchToList(entry, place, moves);
    if (!isList(withMatch.routes)) return withMatch;
    return mapItems(withMatch, 'routes', (route, inner) => (isObject(route) ? matchToList(route, place + inner, moves) : route));
  });
  return replaceKey(value, 'expose', long);
}

function originateTlsToMap(value: JsonObject, moves: Move[]): JsonObject {
  if (typeof value.originateTls !== 'boolean') return value;
  moves.push({ from: '/originateTls', to: '/originateTls/form' });
  return replaceKey(value, 'originateTls', value.originateTls ? { form: 'target-port' } : null);
}

function viaToMap(value: JsonObject, moves: Move[]): JsonObject {
  if (typeof value.via !== 'string') return value;
  moves.push({ from: '/via', to: '/via/service' });
  return replaceKey(value, 'via', { service: value.via });
}

const shortServers = { http: 'HTTP', https: 'HTTPS', tls: 'TLS', tcp: 'TCP' } as const;

function serversToLong(value: JsonObject, moves: Move[]): JsonObject {
  const taken = new Set(listOr(value.servers).flatMap((server) => (isObject(server) ? [objectOr(server.port).name ?? server.name] : [])));
  return mapItems(value, 'servers', (server, place) =>
    isObject(server) && server.port === undefined ? longServer(server, place, moves, taken) : server,
  );
}

/** The protocol; where another server has that name already (Istio wants port names unique in a Gateway) with the port, then a count. */
function freeName(protocol: string, number: Json, taken: Set<Json | undefined>): string {
  const candidates = [protocol, `${protocol}-${String(number)}`];
  let name = candidates.find((candidate) => !taken.has(candidate));
  for (let count = 2; name === undefined; count++)
    if (!taken.has(`${protocol}-${String(number)}-${count}`)) name = `${protocol}-${String(number)}-${count}`;
  taken.add(name);
  return name;
}

function longServer(server: JsonObject, place: string, moves: Move[], taken: Set<Json | undefined>): JsonObject {
  const short = Object.entries(shortServers).find(([key]) => server[key] !== undefined);
  if (short === undefined) return server;
  const [key, protocol] = short;
  moves.push({ from: `${place}/${key}`, to: `${place}/port` });
  const { [key]: number = null, name, credentialName, mode, hosts, tls, ...rest } = server;
  const port = { number, name: typeof name === 'string' ? name : freeName(key, number, taken), protocol };
  const shortTls: Record<string, Json> = {};
  if (key === 'https') shortTls.mode = mode ?? 'SIMPLE';
  if (key === 'tls') shortTls.mode = mode ?? 'PASSTHROUGH';
  if (credentialName !== undefined) {
    shortTls.credentialName = credentialName;
    moves.push({ from: `${place}/credentialName`, to: `${place}/tls/credentialName` });
  }
  const allTls = { ...shortTls, ...(isObject(tls) ? tls : {}) };
  return { port, hosts: hosts ?? ['*'], ...(Object.keys(allTls).length > 0 ? { tls: allTls } : {}), ...rest };
}

/** `{prefix: /api, service: api}` is `{match: [{uri: {prefix: /api}}], service: api}`. */
function sharedHostsToLong(value: JsonObject, moves: Move[]): JsonObject {
  if (!isObject(value.hosts)) return value;
  const hosts: Record<string, Json> = {};
  for (const [host, items] of Object.entries(value.hosts)) {
    const base = joinPointer('/hosts', host);
    hosts[host] = isList(items) ? items.map((item, index) => (isObject(item) ? longShared(item, `${base}/${index}`, moves) : item)) : items;
  }
  return replaceKey(value, 'hosts', hosts);
}

function longShared(item: JsonObject, place: string, moves: Move[]): JsonObject {
  for (const key of ['prefix', 'exact'] as const) {
    const path = item[key];
    if (path === undefined) continue;
    moves.push({ from: `${place}/${key}`, to: `${place}/match` });
    return replaceKey(item, key, [{ uri: { [key]: path } }], 'match');
  }
  return matchToList(item, place, moves);
}

/** `steps: [5, …]` is `steps: [{percent: 5}, …]`. */
export function rolloutToLong(value: JsonObject, moves: Move[]): JsonObject {
  if (!isObject(value.rollout) || !isList(value.rollout.steps)) return value;
  const steps = value.rollout.steps.map((step, index) => {
    if (typeof step !== 'number') return step;
    moves.push({ from: `/rollout/steps/${index}`, to: `/rollout/steps/${index}/percent` });
    return { percent: step };
  });
  return replaceKey(value, 'rollout', replaceKey(value.rollout, 'steps', steps));
}

function patchesToLong(value: JsonObject, moves: Move[]): JsonObject {
  return mapItems(value, 'patches', (patch, place) => {
    if (!isObject(patch) || typeof patch.target !== 'string') return patch;
    moves.push({ from: `${place}/target`, to: `${place}/target/kind` });
    return replaceKey(patch, 'target', { kind: patch.target });
  });
}

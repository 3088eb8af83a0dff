import type { RouteList } from '../istio/virtual-service-parts.ts';
import type { HostPort } from '../mesh/known-hosts.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import { restricted, sameEntries, sameFields, withoutOwnPort } from './entry-relations.ts';
import { type HttpEntry, readHttpEntries, readLegs, withOpenEnd } from './http-entry.ts';
import type { Inherited } from './route-words.ts';
import { matchWord, routeWords } from './route-words.ts';
import type { ServiceFrame } from './service-frame.ts';
import { sameShares, sharesIn } from './shares.ts';
import { isUnsaid, type Unsaid, unknownKey, unsaid } from './unsaid.ts';

/** What a service's own words make of any request that reaches it. */
export interface OwnRouting {
  readonly inherited: Inherited;
  /** Its routes, destinations without the port. */
  readonly entries: readonly HttpEntry[];
  /** Whether it says `stable` or `split`: then that stands behind every list of routes. */
  readonly isSaid: boolean;
}

/** A VirtualService of one gateway as an entry of `expose`, without its gateway and name, and the port that it leads to. */
export interface ExposeWords {
  readonly words: JsonObject;
  readonly port: number;
  /** What the port carries, as far as the routes tell. */
  readonly layer: RouteList;
}

export function exposeWords(
  { spec }: MeshObject,
  own: OwnRouting,
  frame: ServiceFrame,
  known: readonly HostPort[] | undefined,
): ExposeWords | Unsaid {
  const unknown = unknownKey(spec, ['hosts', 'gateways', 'http', 'tls', 'tcp'], '');
  if (unknown !== undefined) return unknown;
  if (spec.http === undefined) return exposedConnections(spec, own, frame);
  if (spec.tls !== undefined || spec.tcp !== undefined) return unsaid('/http', 'it routes both requests and connections');
  const entries = readHttpEntries(spec.http, frame.qualify);
  if (isUnsaid(entries)) return entries;
  const ports = entries.flatMap(({ legs }) => legs.filter(({ fqdn }) => fqdn === frame.fqdn).map(({ port }) => port));
  const [only] = known?.length === 1 ? known : [];
  const port = ports[0] ?? only?.number;
  if (port === undefined)
    return unsaid('/http', 'its routes name no port, as those that an intent writes for a gateway do, and no Service tells it');
  if (ports.some((other) => other !== ports[0])) return unsaid('/http', 'its routes lead to several ports of the service');
  const portless = entries.map((entry) => withoutOwnPort(entry, frame.fqdn));
  const asWritten = listedWords(portless, own, frame);
  const routing = isUnsaid(asWritten) ? listedWords(withOpenEnd(portless), own, frame) : asWritten;
  return isUnsaid(routing) ? routing : { words: { hosts: listOr(spec.hosts), ...routing }, port, layer: 'http' };
}

function listedWords(entries: readonly HttpEntry[], own: OwnRouting, frame: ServiceFrame): JsonObject | Unsaid {
  const last = entries.at(-1);
  if (last === undefined) return unsaid('/http', 'it has no route');
  const { match } = last;
  const within: JsonObject = match.length === 0 ? {} : { match: matchWord(match) };
  if (
    sameEntries(
      entries,
      own.entries.flatMap((entry) => restricted(entry, match)),
    )
  )
    return within;
  const early = entries.slice(0, -1);
  const outside = early.find((entry) => !sameJson(restricted(entry, match)[0]?.match, entry.match));
  if (match.length > 0 && outside !== undefined)
    return unsaid(`${last.pointer}/match`, 'its last route does not take what is left by those before it');
  const { pins, shares, fields } = own.inherited;
  const isRest =
    last.name === undefined &&
    sameShares(sharesIn(last.legs, frame.fqdn), shares) &&
    sameFields(last, { fields: { ...fields, ...own.inherited.canaryMirror } });
  if (isRest) {
    const pinned = pins.flatMap((pin) => restricted(pin.entry, match));
    const front = early.slice(0, early.length - pinned.length);
    if (!sameEntries(early.slice(front.length), pinned)) return unsaid(last.pointer, 'the pins of the service do not hold there');
    const routes = routeWords(front, own.inherited, frame);
    return isUnsaid(routes) ? routes : { ...within, routes };
  }
  if (own.isSaid) return unsaid(last.pointer, 'it leads elsewhere than the service does inside the mesh');
  const routes = routeWords([...early, { ...last, match: [] }], { ...(shares === undefined ? {} : { shares }), pins: [], fields }, frame);
  return isUnsaid(routes) ? routes : { ...within, routes };
}

/** Connections of a gateway go where the service's own shares lead. Which of its servers they come through follows from what they are. */
function exposedConnections(spec: JsonObject, { inherited }: OwnRouting, frame: ServiceFrame): ExposeWords | Unsaid {
  const ports = new Set<number | undefined>();
  for (const layer of ['tls', 'tcp'] as const)
    for (const [i, route] of listOr(spec[layer]).entries()) {
      const { match: _match, route: list, ...others } = objectOr(route);
      const pointer = `/${layer}/${i}`;
      const legs = readLegs(list, `${pointer}/route`, frame.qualify);
      if (isUnsaid(legs)) return legs;
      const unknown = unknownKey(others, [], pointer);
      if (unknown !== undefined) return unknown;
      if (!sameShares(sharesIn(legs, frame.fqdn), inherited.shares))
        return unsaid(`${pointer}/route`, 'it leads connections elsewhere than the service does inside the mesh');
      for (const { port } of legs) ports.add(port);
    }
  const [port, ...others] = ports;
  if (port === undefined || others.length > 0) return unsaid('', 'its connections lead to several ports of the service, or name none');
  const layer = spec.tls === undefined ? 'tcp' : 'tls';
  return { words: { hosts: listOr(spec.hosts) }, port, layer };
}

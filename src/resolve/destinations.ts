import { qualifiedHost } from '../istio/host.ts';
import { originOf } from '../model/intent.ts';
import { isObject, type Json, type JsonObject, objectOr } from '../model/json.ts';
import { type Origin, type Traced, traced } from '../model/origin.ts';
import type { Pointer } from '../model/pointer.ts';
import type { Address } from '../model/source.ts';
import type { ResolveContext } from './context.ts';
import { destinationSpeaksHttp, portOfDestination } from './port-diagnostics.ts';
import type { Port } from './ports.ts';
import { externalByItsGateway, knownDestination, noBareHostOfVersions } from './reference-diagnostics.ts';
import type { Goal } from './route-draft.ts';
import { hostSeenFrom, type Target } from './service.ts';
import { sharesOf, splitShares, versionNamed } from './shares.ts';

/** Where `to` (or `mirror`) leads: 'v2', {v1: 80, v2: 20}, {service}, {external} or {host}. Undefined after a report. */
export function destinationGoal(context: ResolveContext, target: Target, to: Json, pointer: Pointer): Goal | undefined {
  if (typeof to === 'string') return { kind: 'shares', target, shares: [{ subset: versionNamed(context, target, to, pointer) }] };
  if (!isObject(to)) return undefined;
  if (typeof to.service === 'string' || typeof to.external === 'string') return intentGoal(context, target, to, pointer);
  if (typeof to.host === 'string') return hostGoal(context, target, to, pointer);
  const split = Object.fromEntries(Object.entries(to).filter((entry): entry is [string, number] => typeof entry[1] === 'number'));
  return { kind: 'shares', target, shares: splitShares(context, target, split, pointer) };
}

function intentGoal(context: ResolveContext, from: Target, to: JsonObject, pointer: Pointer): Goal | undefined {
  const kind = typeof to.service === 'string' ? 'service' : 'external';
  const target = namedTarget(context, from, kind, String(to[kind]), `${pointer}/${kind}`);
  if (target === undefined) return undefined;
  if (isObject(target.intent.value.via))
    context.report(externalByItsGateway, { params: { name: target.intent.name }, at: originOf(from.intent, `${pointer}/${kind}`).at });
  const port = destinationPort(context, from, target, to, pointer);
  const host = hostSeenFrom(target, from.namespace);
  return { kind: 'shares', target: { ...target, host }, shares: sharesOf(context, target), ...(port === undefined ? {} : { port }) };
}

/** The service or external that an intent names, with a finding where there is none. */
export function namedTarget(
  context: ResolveContext,
  from: Target,
  kind: 'service' | 'external',
  name: string,
  pointer: Pointer,
): Target | undefined {
  const intent = context.index.find(kind, name, from.namespace);
  if (intent !== undefined) return kind === 'service' ? context.service(intent) : context.external(intent);
  const hints = context.index.hints(kind, name);
  context.report(knownDestination, { params: { kind, name }, at: originOf(from.intent, pointer).at, hints });
  return undefined;
}

/** A destination on another host always carries its port: the caller's own port may not exist there (Istio: route.go GetDestinationCluster). */
function destinationPort(
  context: ResolveContext,
  from: Target,
  target: Target,
  to: JsonObject,
  pointer: Pointer,
): Traced<number> | undefined {
  const origin = originOf(from.intent, to.port === undefined ? pointer : `${pointer}/port`);
  const port = portMeant(target.ports, to.port);
  if (port !== undefined) return arrivingPort(context, target, port, origin);
  // A number is taken at its word where the target names no ports at all.
  if (typeof to.port === 'number' && target.ports.length === 0) return traced(to.port, origin);
  if (target.ports.length > 0)
    context.report(portOfDestination, { params: { name: target.intent.name, known: target.ports.map(({ key }) => key) }, at: origin.at });
  return undefined;
}

/** The port of that key, name or number; without one, the only http port, or the only port. */
function portMeant(ports: readonly Port[], wanted: Json | undefined): Port | undefined {
  if (wanted !== undefined) return ports.find(({ key, number, words }) => key === wanted || number === wanted || words.name === wanted);
  const http = ports.filter((port) => port.layer === 'http');
  const candidates = http.length > 0 ? http : ports;
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Where a request of an http route arrives: where the target itself would send it, and never in the clear at a TLS port. */
function arrivingPort(context: ResolveContext, target: Target, port: Port, origin: Origin): Traced<number> {
  const rewrites = objectOr(target.intent.value.originateTls).form === 'rewrite' && port.layer === 'http';
  const outside = rewrites ? target.ports.find(({ layer }) => layer === 'tls') : undefined;
  const encrypted = outside !== undefined || [target.words.tls, port.words.tls].some((tls) => tls !== undefined && tls !== null);
  if (port.layer === 'tls' && !encrypted) {
    const params = { name: target.intent.name, port: port.number, protocol: port.protocol };
    context.report(destinationSpeaksHttp, { params, at: origin.at });
  }
  return outside === undefined ? traced(port.number, port.origin) : traced(outside.number, outside.origin);
}

function hostGoal(context: ResolveContext, target: Target, to: JsonObject, pointer: Pointer): Goal {
  const host = String(to.host);
  const origin = originOf(target.intent, `${pointer}/host`);
  if (to.subset === undefined) reportBareHost(context, target, host, origin.at);
  const written = portNumber(to.port);
  const known = written === undefined ? portMeant(serviceOf(context, target, host)?.ports ?? [], undefined) : undefined;
  const port =
    written !== undefined
      ? traced(written, originOf(target.intent, `${pointer}/port`))
      : known === undefined
        ? undefined
        : traced(known.number, known.origin);
  return {
    kind: 'host',
    host: traced(host, origin),
    ...(typeof to.subset === 'string' ? { subset: traced(to.subset, originOf(target.intent, `${pointer}/subset`)) } : {}),
    ...(port === undefined ? {} : { port }),
  };
}

/** The bare host of a service with versions leads past its pins and percentages. */
export function reportBareHost(context: ResolveContext, target: Target, host: string, at: Address | undefined): void {
  const twin = serviceOf(context, target, host);
  if (twin !== undefined && twin.versions.length > 0)
    context.report(noBareHostOfVersions, { params: { host, name: twin.intent.name }, at });
}

function serviceOf(context: ResolveContext, target: Target, host: string): Target | undefined {
  return context.serviceOfHost(qualifiedHost(host, target.namespace, context.environment.clusterDomain));
}

/** `8080`, or Istio's own `{number: 8080}`. */
function portNumber(port: Json | undefined): number | undefined {
  if (typeof port === 'number') return port;
  return isObject(port) && typeof port.number === 'number' ? port.number : undefined;
}

import { qualifiedHost } from '../istio/names.ts';
import { originOf } from '../model/intent.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { didYouMean } from '../model/names.ts';
import { type Traced, traced } from '../model/origin.ts';
import type { Pointer } from '../model/pointer.ts';
import type { ResolveContext } from './context.ts';
import { portOfDestination } from './port-diagnostics.ts';
import { knownDestination, noBareHostOfVersions } from './reference-diagnostics.ts';
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
  const known = context.index.names(kind);
  context.report(knownDestination, { params: { kind, name }, at: originOf(from.intent, pointer).at, hints: didYouMean(name, known) });
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
  if (typeof to.port === 'number') return traced(to.port, origin);
  const candidates =
    typeof to.port === 'string'
      ? target.ports.filter((port) => port.key === to.port)
      : target.ports.filter((port) => port.layer === 'http');
  const [only] = candidates.length === 1 ? candidates : target.ports;
  if (only !== undefined && (candidates.length === 1 || target.ports.length === 1)) return traced(only.number, only.origin);
  if (target.ports.length > 0) {
    context.report(portOfDestination, { params: { name: target.intent.name, known: target.ports.map((port) => port.key) }, at: origin.at });
  }
  return undefined;
}

function hostGoal(context: ResolveContext, target: Target, to: JsonObject, pointer: Pointer): Goal {
  const host = String(to.host);
  const origin = originOf(target.intent, `${pointer}/host`);
  const { clusterDomain } = context.environment;
  const fqdn = qualifiedHost(host, target.namespace, clusterDomain);
  const twin = to.subset === undefined ? context.serviceOfHost(fqdn) : undefined;
  if (twin !== undefined && twin.versions.length > 0) {
    context.report(noBareHostOfVersions, { params: { host, name: twin.intent.name }, at: origin.at });
  }
  const port = portNumber(to.port);
  return {
    kind: 'host',
    host: traced(host, origin),
    ...(typeof to.subset === 'string' ? { subset: traced(to.subset, originOf(target.intent, `${pointer}/subset`)) } : {}),
    ...(port === undefined ? {} : { port: traced(port, originOf(target.intent, `${pointer}/port`)) }),
  };
}

/** `8080`, or Istio's own `{number: 8080}`. */
function portNumber(port: Json | undefined): number | undefined {
  if (typeof port === 'number') return port;
  return isObject(port) && typeof port.number === 'number' ? port.number : undefined;
}

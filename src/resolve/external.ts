import { namespaceOfHost, slugOfHost } from '../istio/host.ts';
import { originOf } from '../model/intent.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import { byDefault, derived, type Traced, traced } from '../model/origin.ts';
import { joinPointer } from '../model/pointer.ts';
import type { HttpRoute, ObjectName, ResolvedDestinationRule, ResolvedServiceEntry, ResolvedServicePort } from '../model/resolved.ts';
import type { ResolveContext } from './context.ts';
import { destinationRule, placedByHost } from './destination-policy.ts';
import { namedOr, objectName } from './object-name.ts';
import { originatesFromHttp } from './port-diagnostics.ts';
import type { Port } from './ports.ts';
import { externalHasPorts, ruleReachesClients } from './reference-diagnostics.ts';
import type { ExternalTarget } from './service.ts';

/** The ServiceEntry that makes an external known to the mesh. */
export function externalEntry(context: ResolveContext, target: ExternalTarget): ResolvedServiceEntry {
  const { intent, words } = target;
  const list = (word: 'addresses' | 'exportTo' | 'subjectAltNames') =>
    (words[word] ?? []).map((item, i) => traced(item, originOf(intent, `/${word}/${i}`)));
  const optional = (word: 'location' | 'endpoints' | 'workloadSelector') => {
    const value = words[word] as Json | undefined;
    return value === undefined ? {} : { [word]: traced(value, originOf(intent, `/${word}`)) };
  };
  if (words.ports === undefined || Object.keys(words.ports).length === 0)
    context.report(externalHasPorts, { params: { name: intent.name }, at: originOf(intent, '/external').at });
  return {
    ...placedByHost(context, target, objectName(context, target, namedOr(intent, words, 'ServiceEntry'))),
    hosts: target.hosts,
    addresses: list('addresses'),
    ports: target.ports.map((port) => entryPort(target, port)),
    ...optional('location'),
    resolution:
      words.resolution === undefined ? defaultResolution(target) : traced<Json>(words.resolution, originOf(intent, '/resolution')),
    ...optional('endpoints'),
    ...optional('workloadSelector'),
    exportTo: list('exportTo'),
    subjectAltNames: list('subjectAltNames'),
  };
}

/** A wildcard is no name that DNS could answer; without endpoints Istio rejects it (validation.go ValidateServiceEntry). */
function defaultResolution({ hosts, words }: ExternalTarget): Traced {
  if (words.endpoints === undefined && hosts.some(isWildcard))
    return traced<Json>('NONE', byDefault('a wildcard has no address to look up'));
  return traced<Json>('DNS', byDefault('an external is found by DNS'));
}

function entryPort(target: ExternalTarget, port: Port): ResolvedServicePort {
  const { intent, words } = target;
  const place = joinPointer('/ports', port.key);
  const name = port.words.name ?? (/^\d+$/.test(port.key) ? `${port.protocol.toLowerCase()}-${port.key}` : port.key);
  const targetPort =
    port.words.targetPort !== undefined
      ? traced(port.words.targetPort, originOf(intent, `${place}/targetPort`))
      : originationForm(words.originateTls) === 'target-port' && port === insidePort(target)
        ? traced(outsidePort(target), derived(originOf(intent, '/originateTls'), 'plain inside, TLS outside'))
        : undefined;
  return {
    number: traced(port.number, port.origin),
    name: traced(
      name,
      originOf(intent, port.words.name === undefined ? place : `${place}/name`, port.words.name === undefined ? 'key' : 'value'),
    ),
    protocol: traced(port.protocol, derived(port.protocolOrigin, 'the protocol that the port is named for')),
    ...(targetPort === undefined ? {} : { targetPort }),
  };
}

export function originationForm(originateTls: JsonObject | undefined): 'target-port' | 'rewrite' | undefined {
  if (originateTls === undefined) return undefined;
  return originateTls.form === 'rewrite' ? 'rewrite' : 'target-port';
}

/** The port whose requests leave encrypted: the first http port. */
function insidePort({ ports }: ExternalTarget): Port | undefined {
  return ports.find((port) => port.layer === 'http');
}

function outsidePort(target: ExternalTarget): number {
  return target.ports.find((port) => port.layer === 'tls')?.number ?? 443;
}

/** The target with the TLS that `originateTls` asks for on the port it asks for. */
export function withOriginatedTls(context: ResolveContext, target: ExternalTarget): ExternalTarget {
  const { intent, words, ports } = target;
  const form = originationForm(words.originateTls);
  if (form === undefined) return target;
  const origin = originOf(intent, '/originateTls');
  const inside = insidePort(target);
  const outside = ports.find((port) => port.layer === 'tls');
  if (inside === undefined || (form === 'rewrite' && outside === undefined))
    context.report(originatesFromHttp, { params: { form }, at: origin.at });
  const { form: _form, ...settings } = words.originateTls ?? {};
  const mode = { mode: 'SIMPLE', ...settings };
  // The two-port form is Bookinfo's, to the letter; in the other form Envoy would send the inside name unless told (auto SNI came with 1.21).
  const tls =
    form === 'rewrite' || settings.sni !== undefined || target.host.value.startsWith('*') ? mode : { ...mode, sni: target.host.value };
  const wanted = form === 'rewrite' ? outside : inside;
  return { ...target, ports: ports.map((port) => (port === wanted ? { ...port, addedTls: traced<Json>(tls, origin) } : port)) };
}

/** One rule per host: a DestinationRule names one. The first host's rule carries the external's own name. */
export function externalRules(context: ResolveContext, target: ExternalTarget): readonly ResolvedDestinationRule[] {
  return target.hosts.flatMap((host, i) => {
    const ofHost = withOriginatedTls(context, { ...target, host });
    const rule = destinationRule(context, ofHost, host, ruleName(context, target, host, i));
    return rule === undefined ? [] : [rule];
  });
}

function ruleName(context: ResolveContext, target: ExternalTarget, host: Traced<string>, index: number): ObjectName {
  const own = namedOr(target.intent, target.words, 'DestinationRule');
  if (index === 0) return objectName(context, target, own);
  return objectName(context, target, traced(`${own.value}-${slugOfHost(host.value)}`, derived(host.origin, 'one rule for each host')));
}

/** `originateTls: {form: rewrite}`: what arrives on the http port leaves on the https port. */
export function rewrittenPort(target: ExternalTarget, routes: readonly HttpRoute[]): readonly HttpRoute[] {
  if (originationForm(target.words.originateTls) !== 'rewrite') return routes;
  const outside = target.ports.find((port) => port.layer === 'tls');
  if (outside === undefined) return routes;
  const port = traced(outside.number, outside.origin);
  return routes.map((route) => ({
    ...route,
    destinations: route.destinations.map((destination) =>
      destination.host.value === target.host.value ? { ...destination, port } : destination,
    ),
  }));
}

/** One ServiceEntry stands where its first host belongs: further hosts that belong elsewhere say who will not see them. */
export function reportForeignHosts(context: ResolveContext, target: ExternalTarget, entry: ResolvedServiceEntry): void {
  const namespace = entry.namespace?.value;
  for (const host of target.hosts.slice(1)) {
    const home = namespaceOfHost(host.value, context.environment.clusterDomain);
    if (home === undefined || namespace === undefined || home === namespace) continue;
    context.report(ruleReachesClients, { params: { host: host.value, home, namespace }, at: host.origin.at });
  }
}

export function isWildcard(host: Traced<string>): boolean {
  return host.value.startsWith('*');
}

/** The proxies that `via` names: 'service' or 'namespace/service', by default in istio-system, where Istio's own charts install them. */
export interface EgressProxy {
  readonly service: string;
  readonly namespace: string;
  readonly selector: JsonObject;
  readonly port?: number;
}

export function viaWords(via: JsonObject | undefined): EgressProxy | undefined {
  if (via === undefined || typeof via.service !== 'string') return undefined;
  const { namespace, selector, port } = via;
  const [service = '', before] = via.service.split('/').reverse();
  return {
    service,
    namespace: typeof namespace === 'string' ? namespace : (before ?? 'istio-system'),
    // Istio's own charts label the proxies of `istio-egressgateway` with istio: egressgateway.
    selector: isObject(selector) ? selector : { istio: service.replace(/^istio-/, '') },
    ...(typeof port === 'number' ? { port } : {}),
  };
}

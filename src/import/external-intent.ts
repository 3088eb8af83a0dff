import type { HostPort } from '../mesh/known-hosts.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { compact, type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import { withoutOwnPort } from './entry-relations.ts';
import { readHttpEntries } from './http-entry.ts';
import { httpWords } from './http-words.ts';
import { l4Words } from './l4-words.ts';
import type { ObjectGroup } from './object-groups.ts';
import { type RuleWords, ruleWords } from './policy-words.ts';
import { layerOf, portWords } from './port-words.ts';
import type { ServiceFrame } from './service-frame.ts';
import type { SaidGroup } from './service-intent.ts';
import { shareWords } from './shares.ts';
import { isUnsaid, type Unsaid, unknownKey, unsaid } from './unsaid.ts';

const entryKeys = [
  ...['hosts', 'addresses', 'ports', 'location', 'resolution', 'endpoints', 'workloadSelector', 'exportTo', 'subjectAltNames'],
];

/** A ServiceEntry, and what is said of its host, in words of an `external:`; what cannot be said is left out. */
export function externalWords(group: ObjectGroup, entry: MeshObject, around: Omit<ServiceFrame, 'versions'>): SaidGroup {
  const refused = new Map<MeshObject, Unsaid>();
  const { rule, routes } = group;
  for (const object of group.exposures) refused.set(object, unsaid('/gateways', 'an external is not exposed on gateways'));
  const { spec } = entry;
  const ports = listOr(spec.ports).map(objectOr);
  const unknown = unknownKey(spec, entryKeys, '') ?? oddPort(ports);
  if (unknown !== undefined) {
    for (const object of [entry, rule, routes]) if (object !== undefined) refused.set(object, unknown);
    return { words: {}, says: [], refused };
  }
  const policies = rule === undefined ? noRule : externalRule(rule, entry);
  if (isUnsaid(policies) && rule !== undefined) refused.set(rule, policies);
  const said = isUnsaid(policies) ? noRule : policies;
  const frame: ServiceFrame = { ...around, versions: [...said.versions.keys()] };
  const routing = routes === undefined ? {} : routedWords(routes, entry, frame);
  if (routes !== undefined && isUnsaid(routing)) refused.set(routes, routing);
  const known = ports.map((port): HostPort => ({ number: Number(port.number), name: String(port.name), protocol: String(port.protocol) }));
  const strangers = [...said.ports.keys()].find((number) => !known.some((port) => port.number === number));
  if (strangers !== undefined && rule !== undefined)
    refused.set(rule, unsaid('/trafficPolicy', `it has a policy for port ${strangers}, which the ServiceEntry has not`));
  const needed = known.map(({ number }, i) => ({
    number,
    layer: layerOf(number, known),
    words: compact({ targetPort: ports[i]?.targetPort, ...(said.ports.get(number) ?? {}) }),
  }));
  const { words: written } = portWords(needed, known);
  const { hosts, addresses, location, resolution, endpoints, workloadSelector, exportTo, subjectAltNames } = spec;
  const versions = [...said.versions];
  return {
    words: {
      hosts: listOr(hosts),
      ...compact({ addresses }),
      ...longPorts(written),
      ...compact({ location, resolution: resolutionWord(resolution, endpoints, hosts), endpoints, workloadSelector, subjectAltNames }),
      ...(versions.length === 0 ? {} : { versions: Object.fromEntries(versions) }),
      ...said.policy,
      ...(isUnsaid(routing) ? {} : routing),
      ...compact({ exportTo }),
    },
    says: [entry, rule, routes].filter((object) => object !== undefined).filter((object) => !refused.has(object)),
    refused,
  };
}

const noRule: RuleWords = { policy: {}, ports: new Map(), versions: new Map() };

/** Without a word an external is looked up by DNS, a wildcard not at all; Istio's own default is NONE. */
function resolutionWord(resolution: Json | undefined, endpoints: Json | undefined, hosts: Json | undefined): Json | undefined {
  const isWildcard = listOr(hosts).some((host) => String(host).startsWith('*'));
  const unspoken = endpoints === undefined && isWildcard ? 'NONE' : 'DNS';
  const meant = resolution ?? 'NONE';
  return meant === unspoken ? undefined : meant;
}

/** An external has no `port`. */
function longPorts(words: JsonObject): JsonObject {
  return words.port === undefined ? words : { ports: { http: words.port } };
}

function oddPort(ports: readonly JsonObject[]): Unsaid | undefined {
  for (const [i, port] of ports.entries()) {
    const unknown = unknownKey(port, ['number', 'name', 'protocol', 'targetPort'], `/ports/${i}`);
    if (unknown !== undefined) return unknown;
  }
  return ports.length === 0 ? unsaid('', 'it has no ports, and an external names some') : undefined;
}

function externalRule(rule: MeshObject, entry: MeshObject): RuleWords | Unsaid {
  if (!sameJson(rule.spec.exportTo, entry.spec.exportTo)) return unsaid('/exportTo', `ServiceEntry ${entry.name} is exported otherwise`);
  if (listOr(entry.spec.hosts).length > 1)
    return unsaid('/host', 'the ServiceEntry has several hosts, and an intent would write a rule for each');
  return ruleWords(rule.spec);
}

function routedWords(routes: MeshObject, entry: MeshObject, frame: ServiceFrame): JsonObject | Unsaid {
  const { spec } = routes;
  const unknown = unknownKey(spec, ['hosts', 'gateways', 'http', 'tls', 'tcp', 'exportTo'], '');
  if (unknown !== undefined) return unknown;
  if (listOr(spec.gateways).some((gateway) => gateway !== 'mesh')) return unsaid('/gateways', 'an external is not exposed on gateways');
  if (!sameJson(spec.exportTo, entry.spec.exportTo)) return unsaid('/exportTo', `ServiceEntry ${entry.name} is exported otherwise`);
  const hosts = listOr(entry.spec.hosts).map(String);
  const read = readHttpEntries(spec.http, frame.qualify);
  if (isUnsaid(read)) return read;
  const entries = read.map((one) => withoutOwnPort(one, frame.fqdn));
  const l4 = l4Words(spec, hosts, frame);
  if (isUnsaid(l4)) return l4;
  const isPlain =
    entries.length === 1 &&
    entries.every(
      (one) => one.match.length === 0 && Object.keys(one.fields).length === 0 && one.legs.length === 1 && one.legs[0]?.subset === undefined,
    );
  const http = entries.length === 0 || isPlain ? undefined : httpWords(entries, frame);
  if (http !== undefined && isUnsaid(http)) return http;
  const shares = l4.shares === undefined ? {} : shareWords(l4.shares);
  const words = { ...shares, ...(http === undefined ? {} : http.words) };
  return Object.keys(words).length === 0 || (l4.ports.length > 0 && Object.keys(shares).length === 0)
    ? { ...words, virtualService: true }
    : words;
}

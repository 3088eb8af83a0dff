import type { HostPort } from '../mesh/known-hosts.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { compact, type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import { externalRoutes, type RoutedExternal } from './external-routes.ts';
import type { ObjectGroup } from './object-groups.ts';
import { type ExternalPort, originatedTls } from './originated-tls.ts';
import { noRule, type RuleWords, ruleWords } from './policy-words.ts';
import { layerOf, portWords } from './port-words.ts';
import type { ServiceFrame } from './service-frame.ts';
import type { SaidGroup } from './service-intent.ts';
import { isUnsaid, type Unsaid, unknownKey, unsaid } from './unsaid.ts';

const entryKeys: readonly string[] = [
  ...['hosts', 'addresses', 'ports', 'location', 'resolution', 'endpoints', 'workloadSelector', 'exportTo', 'subjectAltNames'],
];

/** A ServiceEntry, and what is said of its host, in words of an `external:`; what cannot be said is left out. */
export function externalWords(group: ObjectGroup, entry: MeshObject, around: Omit<ServiceFrame, 'versions'>): SaidGroup {
  const refused = new Map<MeshObject, Unsaid>();
  const { rule, routes } = group;
  for (const object of group.exposures) refused.set(object, unsaid('/gateways', 'an external is not exposed on gateways'));
  const { spec } = entry;
  const written = listOr(spec.ports).map(objectOr);
  const unknown = unknownKey(spec, entryKeys, '') ?? oddPort(written);
  if (unknown !== undefined) {
    for (const object of [entry, rule, routes]) if (object !== undefined) refused.set(object, unknown);
    return { words: {}, says: [], refused };
  }
  const known = written.map(
    (port): HostPort => ({ number: Number(port.number), name: String(port.name), protocol: String(port.protocol) }),
  );
  const policies = rule === undefined ? noRule : externalRule(rule, entry, known);
  if (isUnsaid(policies) && rule !== undefined) refused.set(rule, policies);
  const said = isUnsaid(policies) ? noRule : policies;
  const ports = known.map(({ number }, i): ExternalPort => {
    const words = compact({ targetPort: written[i]?.targetPort, ...said.ports.get(number) });
    return { number, layer: layerOf(number, known), words };
  });
  const frame: ServiceFrame = { ...around, versions: [...said.versions.keys()] };
  const routed = routes === undefined ? { words: {}, ports } : externalRoutes(routes, entry, ports, frame);
  if (routes !== undefined && isUnsaid(routed)) refused.set(routes, routed);
  const { words: routing, ports: left, originateTls }: RoutedExternal = isUnsaid(routed) ? { words: {}, ports } : routed;
  const originated = originateTls === undefined ? originatedTls(left, around.fqdn) : undefined;
  const { hosts, addresses, location, resolution, endpoints, workloadSelector, exportTo, subjectAltNames } = spec;
  const versions = [...said.versions];
  return {
    words: {
      hosts: listOr(hosts),
      ...compact({ addresses }),
      ...longPorts(portWords(originated?.ports ?? left, known).words),
      ...compact({ originateTls: originateTls ?? originated?.word }),
      ...compact({ location, resolution: resolutionWord(resolution, endpoints, hosts), endpoints, workloadSelector, subjectAltNames }),
      ...(versions.length === 0 ? {} : { versions: Object.fromEntries(versions) }),
      ...said.policy,
      ...routing,
      ...compact({ exportTo }),
    },
    says: [entry, rule, routes].filter((object) => object !== undefined).filter((object) => !refused.has(object)),
    refused,
  };
}

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

function externalRule(rule: MeshObject, entry: MeshObject, known: readonly HostPort[]): RuleWords | Unsaid {
  if (!sameJson(rule.spec.exportTo, entry.spec.exportTo)) return unsaid('/exportTo', `ServiceEntry ${entry.name} is exported otherwise`);
  if (listOr(entry.spec.hosts).length > 1)
    return unsaid('/host', 'the ServiceEntry has several hosts, and an intent would write a rule for each');
  const words = ruleWords(rule.spec);
  if (isUnsaid(words)) return words;
  const strange = [...words.ports.keys()].find((number) => !known.some((port) => port.number === number));
  return strange === undefined ? words : unsaid('/trafficPolicy', `it has a policy for port ${strange}, which the ServiceEntry has not`);
}

import { type Intent, originOf } from '../model/intent.ts';
import type { Json } from '../model/json.ts';
import { byDefault, derived, type Traced, traced } from '../model/origin.ts';
import { joinPointer, type Pointer } from '../model/pointer.ts';
import type {
  ObjectName,
  PolicyBlocks,
  ResolvedDestinationRule,
  ResolvedPolicy,
  ResolvedPortPolicy,
  ResolvedSubset,
} from '../model/resolved.ts';
import { type HostPolicyBlock, hostPolicyBlocks, type PolicyBlock, type PolicyWords, policyBlocks } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { loadBalancerSettings } from './load-balancer.ts';
import { namedOr, objectName } from './object-name.ts';
import { knownVersionPort, resetNeedsPorts } from './port-diagnostics.ts';
import type { Port } from './ports.ts';
import { ruleReachesClients } from './reference-diagnostics.ts';
import { homeNamespace, type Target } from './service.ts';

/** A block that is said: its value, or null for "Istio's default". */
type Said = { readonly [block in PolicyBlock]?: Traced };

/** The DestinationRule of a target: its subsets and policies. Undefined when it has neither. */
export function destinationRule(
  context: ResolveContext,
  target: Target,
  host: Traced<string> = target.host,
  name?: ObjectName,
): ResolvedDestinationRule | undefined {
  const { intent, words } = target;
  const policy = topPolicy(context, target);
  const subsets = Object.keys(words.versions ?? {}).map((version) => subsetOf(context, target, version));
  if (policy === undefined && subsets.length === 0) return undefined;
  const exportTo = (words.exportTo ?? []).map((namespace, i) => traced(namespace, originOf(intent, `/exportTo/${i}`)));
  const placed = name ?? objectName(context, target, namedOr(intent, words, 'DestinationRule'));
  return { ...placedByHost(context, target, placed), host, exportTo, ...(policy === undefined ? {} : { trafficPolicy: policy }), subsets };
}

/**
 * Every client finds a rule in the namespace of its host (Istio: push_context.go destinationRule: client, service, root namespace).
 * Where this environment owns that namespace the rule goes there; elsewhere it reaches only its own namespace's clients.
 */
export function placedByHost(context: ResolveContext, target: Target, placed: ObjectName): ObjectName {
  const home = homeNamespace(target, context.environment.clusterDomain);
  if (home === undefined || placed.namespace === undefined || home === placed.namespace.value) return placed;
  const ownNamespace = typeof target.intent.value.namespace === 'string' && originOf(target.intent, '/namespace').kind === 'intent';
  if (!ownNamespace && context.index.owns(home)) {
    return { ...placed, namespace: traced(home, derived(target.host.origin, 'it stands in the namespace of its host')) };
  }
  const params = { host: target.host.value, home, namespace: placed.namespace.value };
  context.report(ruleReachesClients, { params, at: target.host.origin.at });
  return placed;
}

function topPolicy(context: ResolveContext, target: Target): ResolvedPolicy | undefined {
  const { intent, words, ports } = target;
  const top = readBlocks(intent, words, '');
  const portLevelSettings = ports
    .filter((port) => port.addedTls !== undefined || speaks(port.words))
    .map((port) => portPolicy(context, port, [top, portBlocks(intent, port)]));
  const host = hostBlocks(intent, words);
  const policy = { ...written(top), ...(host === undefined ? {} : { host }), portLevelSettings };
  return Object.keys(policy).length === 1 && portLevelSettings.length === 0 ? undefined : policy;
}

function hostBlocks(
  intent: Intent,
  words: { readonly [block in HostPolicyBlock]?: Json },
): { readonly [block in HostPolicyBlock]?: Traced } | undefined {
  const said = hostPolicyBlocks.filter((block) => words[block] !== undefined && words[block] !== null);
  if (said.length === 0) return undefined;
  return Object.fromEntries(said.map((block) => [block, traced(words[block] ?? null, originOf(intent, `/${block}`))]));
}

function subsetOf(context: ResolveContext, target: Target, version: string): ResolvedSubset {
  const { intent, words, ports } = target;
  const place = joinPointer('/versions', version);
  const spec = words.versions?.[version] ?? {};
  const labels =
    spec.labels === undefined
      ? traced({ version }, derived(originOf(intent, place, 'key'), 'a version is labelled by its name'))
      : traced(spec.labels, originOf(intent, `${place}/labels`));
  const top = readBlocks(intent, words, '');
  const own = readBlocks(intent, spec, place);
  for (const key of Object.keys(spec.ports ?? {})) {
    if (!ports.some((port) => port.key === key)) {
      context.report(knownVersionPort, {
        params: { key, known: ports.map((port) => port.key) },
        at: originOf(intent, joinPointer(`${place}/ports`, key), 'key').at,
      });
    }
  }
  const reset = policyBlocks.filter((block) => own[block]?.value === null && (top[block]?.value ?? null) !== null);
  for (const block of ports.length === 0 ? reset : [])
    context.report(resetNeedsPorts, { params: { block, name: intent.name }, at: originOf(intent, `${place}/${block}`).at });
  const portLevelSettings = ports.flatMap((port) => {
    const versionPort = spec.ports?.[port.key];
    const resets = policyBlocks.some(
      (block) => own[block]?.value === null && (top[block]?.value ?? portBlocks(intent, port)[block]?.value ?? null) !== null,
    );
    if (versionPort === undefined && !resets) return [];
    const versionPortBlocks = versionPort === undefined ? {} : readBlocks(intent, versionPort, joinPointer(`${place}/ports`, port.key));
    return [portPolicy(context, port, [top, portBlocks(intent, port), own, versionPortBlocks])];
  });
  const blocks = written(own);
  const name = traced(version, originOf(intent, place, 'key'));
  // Istio reads a tunnel from the subset that a connection is routed to, and not from above it (tunnelingconfig/apply.go).
  const { tunnel } = hostBlocks(intent, words) ?? {};
  return Object.keys(blocks).length === 0 && portLevelSettings.length === 0 && tunnel === undefined
    ? { name, labels }
    : { name, labels, trafficPolicy: { ...blocks, ...(tunnel === undefined ? {} : { host: { tunnel } }), portLevelSettings } };
}

/** A port's entry, complete: Istio takes nothing from above once a port speaks (util.go MergeSubsetTrafficPolicy). */
function portPolicy(context: ResolveContext, port: Port, layers: readonly Said[]): ResolvedPortPolicy {
  const said: Said = Object.assign({}, ...layers);
  const blocks = written(said);
  const number = traced(port.number, port.origin);
  if (Object.keys(blocks).length > 0) return { port: number, ...blocks };
  // An entry that says nothing is invalid (validation.go validatePortTrafficPolicies), so the mesh's default is spelled out.
  const simple = context.environment.istio.minor >= 14 ? 'LEAST_REQUEST' : 'ROUND_ROBIN';
  return {
    port: number,
    loadBalancer: traced<Json>({ simple }, byDefault(`Istio's default load balancing in ${context.environment.istio.text}`)),
  };
}

function portBlocks(intent: Intent, port: Port): Said {
  const said = readBlocks(intent, port.words, joinPointer('/ports', port.key));
  return port.addedTls === undefined || said.tls !== undefined ? said : { ...said, tls: port.addedTls };
}

function readBlocks(intent: Intent, words: PolicyWords, pointer: Pointer): Said {
  const said: Partial<Record<PolicyBlock, Traced>> = {};
  for (const block of policyBlocks) {
    const value = words[block];
    if (value === undefined) continue;
    said[block] = traced(block === 'loadBalancer' ? loadBalancerSettings(value) : value, originOf(intent, `${pointer}/${block}`));
  }
  return said;
}

function speaks(words: PolicyWords): boolean {
  return policyBlocks.some((block) => words[block] !== undefined);
}

function written(said: Said): PolicyBlocks {
  const blocks: Partial<Record<PolicyBlock, Traced>> = {};
  for (const block of policyBlocks) {
    const value = said[block];
    if (value !== undefined && value.value !== null) blocks[block] = value;
  }
  return blocks;
}

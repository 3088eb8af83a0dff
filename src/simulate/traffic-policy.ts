import type { MeshObject } from '../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';

/** The DestinationRules of one host and namespace as Istio merges them. */
export interface MergedRule {
  readonly subsets: ReadonlyMap<string, JsonObject>;
  readonly trafficPolicy: JsonObject;
  readonly rules: readonly MeshObject[];
  /** Rules that say different things of the same, so that their age decides. */
  readonly rivals: readonly MeshObject[];
}

/** Of the rules of one host and namespace those that a proxy uses, and the leads of others that it may use instead. */
export interface RulesInForce {
  readonly rules: readonly MeshObject[];
  /** Rules of which only the newest group counts, so that their age decides. */
  readonly rivals: readonly MeshObject[];
}

/**
 * One with a workloadSelector is for the pods that it selects, and goes before the others there (sidecar.go DestinationRule). Since 1.24
 * rules that are exported differently are not merged: the newest group holds (destination_rule.go mergeDestinationRule); here the last.
 */
export function rulesInForce(rules: readonly MeshObject[], labels: Readonly<Record<string, string>>, minor: number): RulesInForce {
  const chosen = rules.find((rule) => isSelective(rule) && Object.entries(selectorOf(rule)).every(([key, value]) => labels[key] === value));
  if (chosen !== undefined)
    return { rules: rules.filter((rule) => isSelective(rule) && sameJson(selectorOf(rule), selectorOf(chosen))), rivals: [] };
  const plain = rules.filter((rule) => !isSelective(rule));
  if (minor < 24) return { rules: plain, rivals: [] };
  const groups = new Map<string, MeshObject[]>();
  for (const rule of plain) {
    const audience = [...new Set(listOr(rule.spec.exportTo).map((word) => (word === '.' ? rule.namespace : String(word))))].sort().join();
    groups.set(audience, [...(groups.get(audience) ?? []), rule]);
  }
  const all = [...groups.values()];
  return { rules: all.at(-1) ?? [], rivals: all.length > 1 ? all.flatMap(([first]) => first ?? []) : [] };
}

function isSelective({ spec }: MeshObject): boolean {
  return isObject(spec.workloadSelector);
}

function selectorOf({ spec }: MeshObject): JsonObject {
  return objectOr(objectOr(spec.workloadSelector).matchLabels);
}

/** Subsets add up; of two of one name, and of two policies, the older wins; here the first (destination_rule.go mergeDestinationRule). */
export function mergeRules(rules: readonly MeshObject[]): MergedRule {
  const subsets = new Map<string, JsonObject>();
  const rivals = new Set<MeshObject>();
  const owners = new Map<string, MeshObject>();
  let policy: { readonly value: JsonObject; readonly from: MeshObject } | undefined;
  for (const rule of rules) {
    for (const subset of listOr(rule.spec.subsets).filter(isObject)) {
      const name = String(subset.name);
      const owner = owners.get(name);
      if (owner === undefined) {
        owners.set(name, rule);
        subsets.set(name, subset);
      } else if (owner !== rule && !sameJson(subsets.get(name), subset)) rivals.add(owner).add(rule);
    }
    const { trafficPolicy } = rule.spec;
    if (!isObject(trafficPolicy)) continue;
    if (policy === undefined) policy = { value: trafficPolicy, from: rule };
    else if (!sameJson(policy.value, trafficPolicy)) rivals.add(policy.from).add(rule);
  }
  return { subsets, trafficPolicy: policy?.value ?? {}, rules, rivals: [...rivals] };
}

const blocks = ['loadBalancer', 'connectionPool', 'outlierDetection', 'tls'] as const;
const wholes = ['proxyProtocol', 'retryBudget'] as const;

/**
 * What holds on a port, for a subset or for none. An entry for the port replaces the level it stands on, and what it leaves out or cannot
 * say falls to the defaults; a subset replaces block by block (util.go MergeSubsetTrafficPolicy, GetPortLevelTrafficPolicy). A tunnel is
 * read from the rule itself: that of the subset, or, where none is routed to, that of the host, whatever is said for ports
 * (tunnelingconfig/apply.go).
 */
export function effectivePolicy({ trafficPolicy, subsets }: MergedRule, port: number, subset: string | undefined): JsonObject {
  const top = onPort(trafficPolicy, port) ?? pick(trafficPolicy, [...blocks, ...wholes]);
  const own = subset === undefined ? {} : objectOr(subsets.get(subset)?.trafficPolicy);
  const ofPort = onPort(own, port);
  const replaced = ofPort === undefined ? { ...pick(top, blocks), ...pick(own, blocks) } : ofPort;
  const whole = { ...pick(top, wholes), ...(ofPort === undefined ? pick(own, wholes) : {}) };
  return { ...replaced, ...pick(subset === undefined ? trafficPolicy : own, ['tunnel']), ...whole };
}

function onPort(policy: JsonObject, port: number): JsonObject | undefined {
  const entry = listOr(policy.portLevelSettings).find((one) => objectOr(objectOr(one).port).number === port);
  return isObject(entry) ? pick(entry, blocks) : undefined;
}

function pick(policy: JsonObject, keys: readonly string[]): JsonObject {
  const picked: Record<string, Json> = {};
  for (const key of keys) if (policy[key] !== undefined) picked[key] = policy[key];
  return picked;
}

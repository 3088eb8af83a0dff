import { isObject, type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import type { Pointer } from '../model/pointer.ts';
import { hostPolicyBlocks, policyBlocks } from '../model/words.ts';
import { isUnsaid, type Unsaid, unknownKey, unsaid } from './unsaid.ts';

/** What a DestinationRule says, in words of an intent. */
export interface RuleWords {
  /** The words of policies for the whole host. */
  readonly policy: JsonObject;
  /** Words of its ports, by number; the lists are in the order of the rule. */
  readonly ports: ReadonlyMap<number, JsonObject>;
  /** By name, in the order of the rule; each `ports` keyed by number. */
  readonly versions: ReadonlyMap<string, JsonObject>;
}

/** Of a host that no rule is about. */
export const noRule: RuleWords = { policy: {}, ports: new Map(), versions: new Map() };

type Blocks = JsonObject;

const portKeys = ['port', ...policyBlocks];

export function ruleWords(spec: JsonObject): RuleWords | Unsaid {
  const unknown = unknownKey(spec, ['host', 'trafficPolicy', 'subsets', 'exportTo'], '');
  if (unknown !== undefined) return unknown;
  const policy = objectOr(spec.trafficPolicy);
  const strange = unknownKey(policy, [...policyBlocks, ...hostPolicyBlocks, 'portLevelSettings'], '/trafficPolicy');
  if (strange !== undefined) return strange;
  const top = blocksOf(policy);
  const ports = portWords(policy.portLevelSettings, '/trafficPolicy/portLevelSettings', () => top);
  if (isUnsaid(ports)) return ports;
  // An entry of a port is complete: it inherits nothing.
  const entries = listOr(policy.portLevelSettings).map(objectOr);
  const atPort = (number: number): Blocks => blocksOf(entries.find((entry) => objectOr(entry.port).number === number) ?? policy);
  const versions = new Map<string, JsonObject>();
  for (const [i, subset] of listOr(spec.subsets).entries()) {
    const words = versionWords(objectOr(subset), `/subsets/${i}`, { tunnel: policy.tunnel, atPort });
    if (isUnsaid(words)) return words;
    versions.set(String(objectOr(subset).name), words);
  }
  return { policy: wordsOf(policy, [...policyBlocks, ...hostPolicyBlocks]), ports, versions };
}

interface Above {
  readonly tunnel: Json | undefined;
  readonly atPort: (number: number) => Blocks;
}

function versionWords(subset: JsonObject, pointer: Pointer, { tunnel, atPort }: Above): JsonObject | Unsaid {
  const policy = objectOr(subset.trafficPolicy);
  const unknown =
    unknownKey(subset, ['name', 'labels', 'trafficPolicy'], pointer) ??
    unknownKey(policy, [...policyBlocks, 'tunnel', 'portLevelSettings'], `${pointer}/trafficPolicy`);
  if (unknown !== undefined) return unknown;
  if (!sameJson(policy.tunnel, tunnel)) return unsaid(`${pointer}/trafficPolicy`, 'one version has a tunnel of its own');
  const own = blocksOf(policy);
  const within = `${pointer}/trafficPolicy/portLevelSettings`;
  const ports = portWords(policy.portLevelSettings, within, (number) => ({ ...atPort(number), ...own }));
  if (isUnsaid(ports)) return ports;
  const { labels } = subset;
  return {
    ...(sameJson(labels, { version: subset.name ?? '' }) ? {} : { labels: objectOr(labels) }),
    ...wordsOf(own, policyBlocks),
    ...(ports.size === 0 ? {} : { ports: Object.fromEntries([...ports].map(([number, words]) => [String(number), words])) }),
  };
}

/** Entries of `portLevelSettings`, less what lies beneath: null gives back Istio's default. */
function portWords(
  list: Json | undefined,
  pointer: Pointer,
  beneath: (number: number) => Blocks,
): ReadonlyMap<number, JsonObject> | Unsaid {
  const ports = new Map<number, JsonObject>();
  for (const [i, entry] of listOr(list).entries()) {
    const unknown = unknownKey(objectOr(entry), portKeys, `${pointer}/${i}`);
    if (unknown !== undefined) return unknown;
    const { number } = objectOr(objectOr(entry).port);
    if (typeof number !== 'number' || ports.has(number)) return unsaid(`${pointer}/${i}/port`, 'a port is spoken of twice');
    const inherited = beneath(number);
    const blocks = blocksOf(objectOr(entry));
    const words: Record<string, Json> = {};
    for (const block of policyBlocks) {
      const value = blocks[block];
      if (!sameJson(value, inherited[block])) words[block] = value === undefined ? null : blockWord(block, value);
    }
    // An entry that says what holds anyway is still an entry.
    const [first] = policyBlocks.filter((block) => blocks[block] !== undefined);
    if (Object.keys(words).length === 0 && first !== undefined) words[first] = blockWord(first, blocks[first] ?? null);
    ports.set(number, words);
  }
  return ports;
}

function blocksOf(policy: JsonObject): Blocks {
  return Object.fromEntries(policyBlocks.flatMap((block) => (policy[block] === undefined ? [] : [[block, policy[block] ?? null]])));
}

function wordsOf(policy: JsonObject, blocks: readonly string[]): JsonObject {
  const said = blocks.filter((block) => policy[block] !== undefined);
  return Object.fromEntries(said.map((block) => [block, blockWord(block, policy[block] ?? null)]));
}

function blockWord(block: string, value: Json): Json {
  return block === 'loadBalancer' ? loadBalancerWord(value) : value;
}

/** `ROUND_ROBIN`, `{hash: …}`, or Istio's own form where that says more. */
function loadBalancerWord(settings: Json): Json {
  if (!isObject(settings)) return settings;
  const { simple, consistentHash, ...rest } = settings;
  if (typeof simple === 'string' && Object.keys(settings).length === 1) return simple;
  const hash = isObject(consistentHash) ? hashWord(consistentHash) : undefined;
  return hash === undefined || simple !== undefined ? settings : { hash, ...rest };
}

function hashWord(settings: JsonObject): Json | undefined {
  const [only, ...others] = Object.entries(settings);
  if (only === undefined || others.length > 0) return undefined;
  const [key, value] = only;
  if (key === 'useSourceIp' && value === true) return 'sourceIp';
  if (key === 'httpHeaderName') return { header: value };
  if (key === 'httpQueryParameterName') return { query: value };
  if (key !== 'httpCookie' || !isObject(value)) return undefined;
  const { ttl, ...cookie } = value;
  return { cookie: ttl === '0s' || ttl === undefined ? cookie : { ...cookie, ttl } };
}

import { isObject, type Json, type JsonObject, objectOr } from '../model/json.ts';
import { hostPolicyBlocks, type PolicyWords, policyBlocks } from '../model/words.ts';
import type { MeantPort } from './ports-meant.ts';
import type { Party } from './world.ts';

/** The traffic policy that an intent means for a version, or for none, on a port: each block by whoever speaks of it most closely. */
export function policyMeant(party: Party, version: string | undefined, port: MeantPort | undefined): JsonObject {
  const { words } = party;
  const own = version === undefined ? undefined : words.versions?.[version];
  const closest: readonly (PolicyWords | undefined)[] = [
    port === undefined ? undefined : own?.ports?.[port.key],
    own,
    port === undefined ? undefined : withAddedTls(party, port),
    words,
  ];
  const policy: Record<string, Json> = {};
  for (const block of policyBlocks) {
    const said = closest.find((level) => level?.[block] !== undefined)?.[block];
    if (said !== undefined && said !== null) policy[block] = block === 'loadBalancer' ? spelledOut(said) : said;
  }
  for (const block of hostPolicyBlocks) if (words[block] !== undefined && words[block] !== null) policy[block] = words[block];
  return policy;
}

/**
 * Whether an entry for the port takes `retryBudget` and `proxyProtocol` away, which no such entry can say (util.go
 * GetPortLevelTrafficPolicy). A reset is written as such an entry, too. The rule `ports-keep-host-policy` tells of it.
 */
export function portLosesHostBlocks(party: Party, version: string | undefined, port: MeantPort | undefined): boolean {
  if (port === undefined) return false;
  const { versions = {} } = party.words;
  const own = version === undefined ? undefined : versions[version];
  const speaks = (words: PolicyWords | undefined) => words !== undefined && policyBlocks.some((block) => words[block] !== undefined);
  const resets = own !== undefined && policyBlocks.some((block) => own[block] === null);
  return speaks(withAddedTls(party, port)) || own?.ports?.[port.key] !== undefined || resets;
}

export function withoutHostBlocks({ proxyProtocol: _, retryBudget: _budget, ...policy }: JsonObject): JsonObject {
  return policy;
}

/** `originateTls`: TLS on the port that plain requests arrive at, or, in the form with two ports, on the one that they leave by. */
function withAddedTls({ words: { originateTls }, ports, host }: Party, port: MeantPort): PolicyWords {
  if (originateTls === undefined || port.words.tls !== undefined) return port.words;
  const { form, ...settings } = originateTls;
  const layer = form === 'rewrite' ? 'tls' : 'http';
  if (ports.find((one) => one.layer === layer) !== port) return port.words;
  const named = form === 'rewrite' || settings.sni !== undefined || host.startsWith('*') ? {} : { sni: host };
  return { ...port.words, tls: { mode: 'SIMPLE', ...settings, ...named } };
}

function spelledOut(words: Json): Json {
  if (typeof words === 'string') return { simple: words === 'LEAST_CONN' ? 'LEAST_REQUEST' : words };
  if (!isObject(words) || words.hash === undefined) return words;
  const { hash, ...rest } = words;
  return { consistentHash: hashed(hash), ...rest };
}

function hashed(hash: Json): JsonObject {
  if (hash === 'sourceIp') return { useSourceIp: true };
  const { header, query, cookie } = objectOr(hash);
  if (typeof header === 'string') return { httpHeaderName: header };
  if (typeof query === 'string') return { httpQueryParameterName: query };
  return isObject(cookie) ? { httpCookie: { ...cookie, ttl: cookie.ttl ?? '0s' } } : {};
}

/** Istio's own default says the same as no word at all. */
export function withoutDefaults(policy: JsonObject, minor: number): JsonObject {
  const { loadBalancer, ...rest } = policy;
  const simple = minor >= 14 ? 'LEAST_REQUEST' : 'ROUND_ROBIN';
  const balancing = objectOr(loadBalancer);
  return balancing.simple === simple && Object.keys(balancing).length === 1 ? rest : policy;
}

export function labelsMeant({ words }: Party, version: string): JsonObject {
  return words.versions?.[version]?.labels ?? { version };
}

import { isObject, type Json, type JsonObject } from '../model/json.ts';

/**
 * The intent's `loadBalancer` as Istio's LoadBalancerSettings: a name, `{hash: …}`, or Istio's own object as it is.
 * Spelled in today's words; the dialect turns LEAST_REQUEST back where the mesh knows LEAST_CONN.
 */
export function loadBalancerSettings(words: Json): Json {
  if (typeof words === 'string') return { simple: words === 'LEAST_CONN' ? 'LEAST_REQUEST' : words };
  if (!isObject(words) || words.hash === undefined) return words;
  const { hash, ...rest } = words;
  return { consistentHash: consistentHash(hash), ...rest };
}

function consistentHash(hash: Json): JsonObject {
  if (hash === 'sourceIp') return { useSourceIp: true };
  if (!isObject(hash)) return {};
  if (typeof hash.header === 'string') return { httpHeaderName: hash.header };
  if (typeof hash.query === 'string') return { httpQueryParameterName: hash.query };
  // Istio requires a ttl in its proto; 0s makes a session cookie (Envoy hash_policy.cookie.ttl).
  if (isObject(hash.cookie)) return { httpCookie: { ...hash.cookie, ttl: hash.cookie.ttl ?? '0s' } };
  return {};
}

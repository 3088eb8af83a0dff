import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import type { RequestWords } from '../model/request-words.ts';

/** Every request that a request of a case stands for: its lists multiply. */
export function multiplied(request: JsonObject): readonly RequestWords[] {
  const keys = ['url', 'host', 'port', 'path', 'method', 'headers', 'claims', 'from', 'serviceAccount', 'via', 'sni'] as const;
  const choices = keys.reduce<readonly JsonObject[]>(
    (made, key) => made.flatMap((one) => alternatives(request[key]).map((value) => (value === undefined ? one : { ...one, [key]: value }))),
    [{}],
  );
  return choices.map((one) => wordsOf(one, request.tcp === true));
}

function alternatives(value: Json | undefined): readonly (Json | undefined)[] {
  return isList(value) ? value : [value];
}

function wordsOf(
  { url, host, port, path, method, headers, claims, from, serviceAccount, via, sni }: JsonObject,
  tcp: boolean,
): RequestWords {
  const called = typeof url === 'string' ? url : `${bracketed(String(host))}${port === undefined ? '' : `:${String(port)}`}`;
  return {
    url: typeof path === 'string' ? `${called.replace(/\/$/, '')}${path}` : called,
    ...(typeof method === 'string' ? { method } : {}),
    ...(isObject(headers) ? { headers: Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`) } : {}),
    ...(isObject(claims) ? { claims } : {}),
    ...(typeof from === 'string' ? { from } : {}),
    ...(typeof serviceAccount === 'string' ? { serviceAccount } : {}),
    ...(typeof via === 'string' ? { via } : {}),
    ...(typeof sni === 'string' ? { sni } : {}),
    ...(tcp ? { tcp } : {}),
  };
}

function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}

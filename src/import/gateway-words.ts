import { type Json, type JsonObject, listOr, objectOr, sameJson } from '../model/json.ts';
import { type Unsaid, unknownKey } from './unsaid.ts';

const shortKeys: Readonly<Record<string, 'http' | 'https' | 'tls' | 'tcp'>> = { HTTP: 'http', HTTPS: 'https', TLS: 'tls', TCP: 'tcp' };

/** A Gateway's spec in words of an intent: servers in short form where that says the same. */
export function gatewayWords(spec: JsonObject): JsonObject | Unsaid {
  const unknown = unknownKey(spec, ['selector', 'servers'], '');
  if (unknown !== undefined) return unknown;
  const { selector } = spec;
  return {
    ...(sameJson(selector, { istio: 'ingressgateway' }) ? {} : { selector: objectOr(selector) }),
    servers: listOr(spec.servers).map(objectOr).map(serverWord),
  };
}

function serverWord(server: JsonObject): JsonObject {
  const { port, hosts, tls, ...others } = server;
  const { number, name, protocol, ...unusual } = objectOr(port);
  const key = shortKeys[String(protocol)];
  const isUsual = Object.keys(others).length + Object.keys(unusual).length === 0 && typeof number === 'number' && typeof name === 'string';
  if (key === undefined || !isUsual || listOr(hosts).length === 0) return server;
  const short = shortTls(key, objectOr(tls));
  if (short === undefined || (tls === undefined && key !== 'http' && key !== 'tcp')) return server;
  // Without a name the port is called like its protocol.
  return { [key]: number, hosts: listOr(hosts), ...(name === key ? {} : { name }), ...short };
}

/** `credentialName` and `mode` stand beside the port; what else TLS is told stays in Istio's words. */
function shortTls(key: 'http' | 'https' | 'tls' | 'tcp', tls: JsonObject): JsonObject | undefined {
  if (key === 'tcp') return Object.keys(tls).length === 0 ? {} : undefined;
  if (key === 'http') return Object.keys(tls).length === 0 ? {} : { tls };
  const { mode, credentialName, ...others } = tls;
  if (typeof mode !== 'string' || (key === 'tls' && Object.keys(others).length > 0)) return undefined;
  const words: Record<string, Json> = {};
  if (credentialName !== undefined) words.credentialName = credentialName;
  if (mode !== (key === 'https' ? 'SIMPLE' : 'PASSTHROUGH')) words.mode = mode;
  if (Object.keys(others).length > 0) words.tls = others;
  return words;
}

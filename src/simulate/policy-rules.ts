import { isObject, type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { addressRange, addressWithin } from '../requests/address-range.ts';

/** What an AuthorizationPolicy sees of a request where it arrives. */
export interface ArrivingRequest {
  readonly isHttp: boolean;
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The one that the pod listens on; undefined where nothing tells. */
  readonly port: number | undefined;
  readonly sni?: string;
  /** 'cluster.local/ns/bookinfo/sa/default'; undefined for a caller without a certificate of the mesh. */
  readonly principal?: string;
  readonly claims?: JsonObject;
  readonly address?: string;
}

/** `unknown` where the input cannot tell. */
type Answer = 'yes' | 'no' | 'unknown';

/**
 * Whether a rule takes a request: any of `from`, any of `to` and all of `when` (security/authz/model/model.go New). What is HTTP only takes the
 * whole rule out of an ALLOW policy for a TCP connection, and merely itself out of a DENY policy (checkError).
 */
export function ruleTakes(rule: JsonObject, request: ArrivingRequest, action: 'ALLOW' | 'DENY', home: string): Answer {
  const { from, to, when } = rule;
  const conditions = listOr(when).map((one) => {
    const { key, values, notValues } = objectOr(one);
    return { key: String(key), values: texts(values), notValues: texts(notValues) };
  });
  if (!request.isHttp && action === 'ALLOW' && asksHttp(rule)) return 'no';
  const sources = listOr(from).map((one) => sourceTakes(objectOr(objectOr(one).source), request, home));
  const operations = listOr(to).map((one) => operationTakes(objectOr(objectOr(one).operation), request));
  return all([
    sources.length === 0 ? 'yes' : any(sources),
    operations.length === 0 ? 'yes' : any(operations),
    ...conditions
      .filter(({ key }) => request.isHttp || !httpKeys.test(key))
      .map(({ key, values, notValues }) => pair(values, notValues, (value) => attributeIs(key, value, request, home))),
  ]);
}

const httpKeys = /^request\./;

function asksHttp({ from, to, when }: JsonObject): boolean {
  const source = listOr(from).some((one) => {
    const { requestPrincipals, notRequestPrincipals } = objectOr(objectOr(one).source);
    return texts(requestPrincipals).length + texts(notRequestPrincipals).length > 0;
  });
  const operation = listOr(to).some((one) => {
    const { hosts, notHosts, methods, notMethods, paths, notPaths } = objectOr(objectOr(one).operation);
    return [hosts, notHosts, methods, notMethods, paths, notPaths].some((list) => texts(list).length > 0);
  });
  return source || operation || listOr(when).some((one) => httpKeys.test(String(objectOr(one).key)));
}

function sourceTakes(source: JsonObject, request: ArrivingRequest, home: string): Answer {
  const words: readonly (readonly [key: string, yes: Json | undefined, no: Json | undefined])[] = [
    ['source.principal', source.principals, source.notPrincipals],
    ['request.auth.principal', source.requestPrincipals, source.notRequestPrincipals],
    ['source.namespace', source.namespaces, source.notNamespaces],
    ['source.serviceAccount', source.serviceAccounts, source.notServiceAccounts],
    ['source.trustDomain', source.trustDomains, source.notTrustDomains],
    ['source.ip', source.ipBlocks, source.notIpBlocks],
    ['remote.ip', source.remoteIpBlocks, source.notRemoteIpBlocks],
  ];
  return all(
    words
      .filter(([key]) => request.isHttp || !httpKeys.test(key))
      .map(([key, yes, no]) => pair(texts(yes), texts(no), (value) => attributeIs(key, value, request, home))),
  );
}

function operationTakes(
  { hosts, notHosts, ports, notPorts, methods, notMethods, paths, notPaths }: JsonObject,
  request: ArrivingRequest,
): Answer {
  const http = (yes: Json | undefined, no: Json | undefined, is: (value: string) => Answer): Answer =>
    request.isHttp ? pair(texts(yes), texts(no), is) : 'yes';
  return all([
    http(hosts, notHosts, (value) => sure(textFits(value.toLowerCase(), request.host.toLowerCase()))),
    http(methods, notMethods, (value) => sure(textFits(value, request.method))),
    http(paths, notPaths, (value) => sure(pathFits(value, request.path))),
    pair(texts(ports), texts(notPorts), (value) => (request.port === undefined ? 'unknown' : sure(Number(value) === request.port))),
  ]);
}

function attributeIs(key: string, value: string, request: ArrivingRequest, home: string): Answer {
  const [, space, account] = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(request.principal ?? '') ?? [];
  const header = /^request\.headers\[(.+)\]$/.exec(key)?.[1];
  if (header !== undefined) {
    const sent = request.headers[header.toLowerCase()];
    // A header may be there and empty (matcher/header.go HeaderMatcher).
    return sure(sent !== undefined && (value === '*' || textFits(value, sent)));
  }
  const claim = /^request\.auth\.claims((?:\[[^\]]+\])+)$/.exec(key)?.[1];
  if (claim !== undefined) return claimIs(claim, value, request.claims);
  switch (key) {
    case 'source.principal':
      return sure(request.principal !== undefined && textFits(value, request.principal));
    case 'source.namespace':
      return sure(space !== undefined && wildcardFits(value, space, '.*'));
    case 'source.serviceAccount':
      return sure(account !== undefined && `${space}/${account}` === (value.includes('/') ? value : `${home}/${value}`));
    case 'source.trustDomain':
      return sure(request.principal !== undefined && wildcardFits(value, request.principal.split('/')[0] ?? '', '[^/]*'));
    case 'request.auth.principal': {
      const { iss, sub } = request.claims ?? {};
      return sure(typeof iss === 'string' && typeof sub === 'string' && identityFits(value, iss, sub));
    }
    case 'source.ip':
    case 'remote.ip': {
      const range = addressRange(value);
      return request.address === undefined || range === undefined ? 'unknown' : sure(addressWithin(request.address, [range]));
    }
    case 'destination.port':
      return request.port === undefined ? 'unknown' : sure(Number(value) === request.port);
    case 'connection.sni':
      return request.sni === undefined ? 'unknown' : sure(textFits(value, request.sni));
    default:
      return 'unknown';
  }
}

function claimIs(path: string, value: string, claims: JsonObject | undefined): Answer {
  const steps = [...path.matchAll(/\[([^\]]+)\]/g)].map(([, step = '']) => step);
  let found: Json | undefined = claims;
  for (const step of steps) found = isObject(found) ? found[step] : undefined;
  return sure(found !== undefined && (Array.isArray(found) ? found : [found]).some((one) => textFits(value, String(one))));
}

/** Issuer and subject are parted at the last slash, because an issuer may be a URL; a star is for one of them (generator.go requestPrincipalGenerator). */
function identityFits(value: string, iss: string, sub: string): boolean {
  const slash = value.lastIndexOf('/');
  const [issuer, subject] = slash === -1 ? [value, ''] : [value.slice(0, slash), value.slice(slash + 1)];
  if (value === '*') return iss !== '' && sub !== '';
  if (value.startsWith('*')) return slash === -1 ? iss !== '' && textFits(value, sub) : textFits(issuer, iss) && sub === subject;
  if (value.endsWith('*')) return slash === -1 ? textFits(value, iss) && sub !== '' : iss === issuer && textFits(subject, sub);
  return iss === issuer && sub === subject;
}

/** A star anywhere. */
function wildcardFits(value: string, text: string, star: string): boolean {
  return new RegExp(`^${value.split('*').map(literal).join(star)}$`).test(text);
}

/** Exact, `prefix*`, `*suffix`, or `*` for anything that is there (security/authz/matcher/string.go). */
function textFits(pattern: string, text: string): boolean {
  if (pattern === '*') return text !== '';
  if (pattern.startsWith('*')) return text.endsWith(pattern.slice(1));
  return pattern.endsWith('*') ? text.startsWith(pattern.slice(0, -1)) : text === pattern;
}

/** The same, or a template: `{*}` is one segment, `{**}` any number of them. */
function pathFits(pattern: string, path: string): boolean {
  if (!/\{\*{1,2}\}/.test(pattern)) return textFits(pattern, path);
  const parts = pattern.split(/(\{\*{1,2}\})/).map((part) => (part === '{*}' ? '[^/]+' : part === '{**}' ? '.*' : literal(part)));
  return new RegExp(`^${parts.join('')}$`).test(path);
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function texts(list: Json | undefined): readonly string[] {
  return listOr(list).map(String);
}

/** Any of the values, and none of those excluded. */
function pair(values: readonly string[], notValues: readonly string[], is: (value: string) => Answer): Answer {
  return all([values.length === 0 ? 'yes' : any(values.map(is)), notValues.length === 0 ? 'yes' : not(any(notValues.map(is)))]);
}

function sure(holds: boolean): Answer {
  return holds ? 'yes' : 'no';
}

function not(answer: Answer): Answer {
  return answer === 'unknown' ? answer : sure(answer === 'no');
}

function any(answers: readonly Answer[]): Answer {
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

function all(answers: readonly Answer[]): Answer {
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
}

import { quoteRe2 } from '../istio/re2.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { type Json, type JsonObject, listOr, objectOr } from '../model/json.ts';
import type { RequestSource } from '../model/routing.ts';
import type { Condition, TextDimension } from '../requests/literal.ts';
import type { Pattern } from '../requests/pattern.ts';

/** What an AuthorizationPolicy asks of requests: requests that agree in all of it are allowed or refused alike. */
export interface PolicyConditions {
  /** One for each value of each rule. */
  readonly conditions: readonly Condition[];
  /** Whether it asks something that no request here can be told by: an address, who signed a token. */
  readonly undecided: boolean;
}

export function policyConditions({ spec }: MeshObject): PolicyConditions {
  const conditions: Condition[] = [];
  let undecided = false;
  const ask = (dimension: TextDimension, values: Json | undefined, lower = false): void => {
    for (const value of listOr(values).map(String)) conditions.push([text(dimension, patternOf(lower ? value.toLowerCase() : value))]);
  };
  for (const rule of listOr(spec.rules).map(objectOr)) {
    for (const { operation } of listOr(rule.to).map(objectOr)) {
      const { hosts, notHosts, methods, notMethods, paths, notPaths } = objectOr(operation);
      for (const values of [hosts, notHosts]) ask('authority', values, true);
      for (const values of [methods, notMethods]) ask('method', values);
      for (const values of [paths, notPaths]) ask('path', values);
    }
    for (const { key, values, notValues } of listOr(rule.when).map(objectOr)) {
      const header = /^request\.headers\[(.+)\]$/.exec(String(key))?.[1];
      const claim = /^request\.auth\.claims((?:\[[^\]]+\])+)$/.exec(String(key))?.[1];
      if (header !== undefined) for (const each of [values, notValues]) ask(`header ${header.toLowerCase()}`, each);
      else if (claim !== undefined) conditions.push(...claimsAsked(claim, [...listOr(values), ...listOr(notValues)]));
      else undecided ||= !/^(source\.(principal|namespace|serviceAccount)|destination\.port)$/.test(String(key));
    }
    undecided ||= listOr(rule.from).some((one) => asksMore(objectOr(objectOr(one).source)));
  }
  return { conditions, undecided };
}

/** Callers whom a policy tells apart from others. */
export function callersNamed({ spec, namespace: home }: MeshObject): readonly RequestSource[] {
  const sources = listOr(spec.rules).flatMap((rule) => listOr(objectOr(rule).from).map((from) => objectOr(objectOr(from).source)));
  const asked = listOr(spec.rules).flatMap((rule) => listOr(objectOr(rule).when).map(objectOr));
  const when = (key: string) => asked.filter((one) => one.key === key).flatMap((one) => [...listOr(one.values), ...listOr(one.notValues)]);
  const all = (key: string, not: string) => sources.flatMap((source) => [...listOr(source[key]), ...listOr(source[not])]);
  return [
    ...[...all('namespaces', 'notNamespaces'), ...when('source.namespace')].map((namespace) => ({
      namespace: plain(namespace),
      labels: {},
    })),
    ...[...all('principals', 'notPrincipals'), ...when('source.principal')].flatMap((principal): readonly RequestSource[] => {
      const [, namespace, serviceAccount] = /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(String(principal)) ?? [];
      if (namespace === undefined || serviceAccount === undefined) return [];
      return [{ namespace: plain(namespace), labels: {}, serviceAccount: plain(serviceAccount) }];
    }),
    ...[...all('serviceAccounts', 'notServiceAccounts'), ...when('source.serviceAccount')].map((account): RequestSource => {
      const [namespace = '', serviceAccount] = String(account).split('/');
      return serviceAccount === undefined
        ? { namespace: home, labels: {}, serviceAccount: plain(namespace) }
        : { namespace: plain(namespace), labels: {}, serviceAccount: plain(serviceAccount) };
    }),
  ];
}

/** Somebody of those that a pattern takes. */
function plain(pattern: Json): string {
  return String(pattern).replaceAll('*', 'any');
}

function asksMore(source: JsonObject): boolean {
  const patterns = [...listOr(source.principals), ...listOr(source.notPrincipals)];
  if (patterns.some((one) => one !== '*' && !/\/ns\/[^/]+\/sa\/[^/]+$/.test(String(one)))) return true;
  const known = /^(not)?(principals|namespaces|serviceAccounts)$/i;
  return Object.keys(source).some((key) => !known.test(key) && listOr(source[key]).length > 0);
}

function claimsAsked(written: string, values: readonly Json[]): readonly Condition[] {
  const path = [...written.matchAll(/\[([^\]]+)\]/g)].map(([, step = '']) => step);
  return values.map((value) => [
    { of: 'claim', path, pattern: patternOf(String(value)) ?? { kind: 'regex', regex: '.+' }, negated: false },
  ]);
}

function text(dimension: TextDimension, pattern: Pattern | undefined): Condition[number] {
  return { of: 'text', dimension, ...(pattern === undefined ? {} : { pattern }), negated: false, absent: false };
}

/** Exact, `prefix*`, `*suffix`, `*` for anything, or a template of a path (security/authz/matcher/string.go, path.go). */
function patternOf(value: string): Pattern | undefined {
  if (value === '*') return undefined;
  if (/\{\*{1,2}\}/.test(value)) {
    const parts = value.split(/(\{\*{1,2}\})/).map((part) => (part === '{*}' ? '[^/]+' : part === '{**}' ? '.*' : quoteRe2(part)));
    return { kind: 'regex', regex: parts.join('') };
  }
  if (value.startsWith('*')) return { kind: 'regex', regex: `.*${quoteRe2(value.slice(1))}` };
  return value.endsWith('*') ? { kind: 'prefix', text: value.slice(0, -1) } : { kind: 'among', texts: [value] };
}

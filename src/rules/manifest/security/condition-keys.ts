import { isAddressRange } from './address-range.ts';

/** What the values of an attribute must be, to stand after "must be"; undefined where a value fits. */
type ValueForm = (value: string) => string | undefined;

interface Attribute {
  readonly form?: ValueForm;
  /** The first Istio minor that knows it. */
  readonly since?: number;
}

const address: ValueForm = (value) => (isAddressRange(value) ? undefined : 'an IP address, or a range such as `10.0.0.0/8`');
const port: ValueForm = (value) => (/^\d+$/.test(value) && Number(value) <= 65535 ? undefined : 'the number of a port from 0 to 65535');
const account: ValueForm = (value) =>
  /^[^*/]+(?:\/[^*/]+)?$/.test(value) && value.length <= 320 ? undefined : 'a service account as `name` or `namespace/name`, without `*`';
const wildcard: ValueForm = (value) => (/^(?:\*?[^*]+|[^*]*\*)$/.test(value) ? undefined : 'text with `*` at most at one of its ends');

/** What `when` can ask for (Istio: pkg/config/security ValidateAttribute, and its history for `since`). */
const attributes: ReadonlyMap<string, Attribute> = new Map([
  ['source.ip', { form: address }],
  ['remote.ip', { form: address, since: 8 }],
  ['source.namespace', {}],
  ['source.serviceAccount', { form: account, since: 25 }],
  ['source.principal', {}],
  ['source.trustDomain', { form: wildcard, since: 30 }],
  ['request.auth.principal', {}],
  ['request.auth.audiences', {}],
  ['request.auth.presenter', {}],
  ['destination.ip', { form: address }],
  ['destination.port', { form: port }],
  ['connection.sni', {}],
] satisfies readonly (readonly [string, Attribute])[]);

/** Those that name a header, a claim or a key in brackets. */
const families = ['request.headers', 'request.auth.claims', 'experimental.envoy.filters.'];

const gone: ReadonlyMap<string, string> = new Map([
  ['destination.namespace', "the policy's own `metadata.namespace` says it"],
  ['destination.name', "the policy's `selector` says it"],
  ['destination.user', "the policy's `selector` says it"],
]);

export function familyOf(key: string): string | undefined {
  return families.find((prefix) => key.startsWith(prefix));
}

/** What is wrong with a key, to stand after "asks for … , "; undefined where nothing is. */
export function problemOfKey(key: string, minor: number): string | undefined {
  const family = familyOf(key);
  if (family !== undefined) {
    const open = key.indexOf('[');
    return key.endsWith(']') && open > 0 && open < key.length - 2 ? undefined : `which must be like \`${exampleOf(family)}\``;
  }
  if (key.startsWith('destination.labels')) return "which is no attribute: the policy's `selector` says it";
  const instead = gone.get(key);
  if (instead !== undefined) return `which is no attribute any more: ${instead}`;
  const attribute = attributes.get(key);
  if (attribute === undefined) return 'which is no attribute';
  return attribute.since !== undefined && minor < attribute.since ? `which is an attribute from Istio 1.${attribute.since}` : undefined;
}

export function exampleOf(family: string): string {
  if (family === 'request.headers') return 'request.headers[x-token]';
  return family === 'request.auth.claims' ? 'request.auth.claims[iss]' : 'experimental.envoy.filters.<filter>[<key>]';
}

export function formOf(key: string): ValueForm | undefined {
  return attributes.get(key)?.form;
}

export const knownKeys: readonly string[] = [...attributes.keys(), 'request.headers[x-token]', 'request.auth.claims[iss]'];

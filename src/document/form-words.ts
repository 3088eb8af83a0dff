import type { JsonObject } from '../model/json.ts';

/** What patterns of Istio's and Kubernetes' fields ask for, in words, by the pattern's text. */
const known: ReadonlyMap<string, string> = new Map([
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'a DNS label (lower-case letters, digits and hyphens)'],
  ['^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$', 'a name of letters, digits and hyphens that starts with a letter'],
  ['^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$', 'a name of letters, digits and hyphens'],
  ['^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', 'DNS labels joined by dots'],
  ['^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$', 'DNS labels joined by dots, or empty'],
  ['^([a-z0-9]([-a-z0-9]*[a-z0-9])?/)?[a-z0-9]([-a-z0-9]*[a-z0-9])?$', 'a name, or namespace/name'],
  ['^((\\d+(\\.\\d*)?|\\.\\d+)(h|m|s|ms|us|µs|ns))+$', 'a duration such as `5s` or `1m30s`'],
  ['^(?=.*[1-9])((\\d+(\\.\\d*)?|\\.\\d+)(h|m|s|ms|us|µs|ns))+$', 'a duration above zero such as `5s` or `1m30s`'],
  ['^([0-9]+(\\.[0-9]+)?(h|m|s|ms))+$', 'a duration such as `30m` or `1h30m`'],
  ['^(100|[1-9]?[0-9])%$', 'a percentage such as `25%`'],
  ['^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$', 'a date such as `2027-03-31`'],
  ['^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$', 'base64 text with its padding'],
  ['\\S', 'text that is not empty'],
]);

/** What a schema with a pattern asks for, to stand after "must be". */
export function formWords(schema: JsonObject): string {
  const pattern = typeof schema.pattern === 'string' ? schema.pattern : '';
  const words = known.get(pattern);
  if (words !== undefined) return words;
  if (typeof schema.title === 'string') return `${/^[aeiou]/i.test(schema.title) ? 'an' : 'a'} ${schema.title}${detail(schema)}`;
  return typeof schema.description === 'string' ? lowerFirst(firstSentence(schema.description)) : `text that matches ${pattern}`;
}

function detail({ description }: JsonObject): string {
  return typeof description === 'string' ? ` (${lowerFirst(firstSentence(description))})` : '';
}

function firstSentence(text: string): string {
  return text.split(/\.(?:\s|$)/)[0] ?? text;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

import { isObject, type Json } from '../model/json.ts';
import type { ReadAnswer, SharedDestination } from '../model/read-back.ts';
import { differences, type Meant } from './same-answer.ts';

/** Two answers in words, each as far as they differ: 'v1 90 % and v3 10 %', 'v2 with `timeout: 3s`'. */
export function describeBoth(meant: Meant, does: ReadAnswer, host: string): { readonly meant: string; readonly does: string } {
  const on = differences(meant, does);
  return { meant: describe(meant, on, host), does: describe(does, on, host) };
}

function describe(answer: ReadAnswer | Meant, on: readonly string[], host: string): string {
  const to = describeKind(answer, host);
  const words = on.filter((word) => !['destinations', 'copies', 'redirect', 'directResponse'].includes(word));
  const said = words.filter((word) => answer.words[word] !== undefined).map((word) => `\`${word}: ${flow(answer.words[word] ?? null)}\``);
  const unsaid = words.filter((word) => answer.words[word] === undefined).map((word) => `no \`${word}\``);
  const copies = on.includes('copies') ? [copiesText(answer.copies, host)] : [];
  const details = [...said, ...unsaid, ...copies];
  return details.length === 0 ? to : `${to} with ${details.join(' and ')}`;
}

function describeKind({ kind, destinations, words, failure }: ReadAnswer | Meant, host: string): string {
  switch (kind) {
    case 'route':
      return destinations.length === 0 ? 'nowhere' : destinations.map((one) => destinationText(one, host)).join(' and ');
    case 'redirect':
      return `a redirect ${flow(words.redirect ?? null)}`;
    case 'direct-response':
      return `the answer ${flow(words.directResponse ?? null)}`;
    case 'passthrough':
      return 'passed through as it is';
    case 'failure':
      return failure ?? 'no route (404)';
  }
}

function copiesText(copies: readonly SharedDestination[], host: string): string {
  return copies.length === 0 ? 'no copies' : `copies to ${copies.map((one) => destinationText(one, host)).join(' and ')}`;
}

/** Of one's own host the version alone. */
function destinationText({ host, subset, port, percent }: SharedDestination, own: string): string {
  const name = host === own && subset !== undefined ? subset : `${host}${subset === undefined ? '' : ` (${subset})`}`;
  return `${name}${port === undefined ? '' : `:${port}`} ${Number(percent.toFixed(6))} %`;
}

function flow(value: Json): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}: ${flow(item)}`)
    .join(', ')}}`;
}

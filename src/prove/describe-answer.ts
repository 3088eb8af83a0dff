import { isObject, type Json, sameJson } from '../model/json.ts';
import type { ReadAnswer, ReadPoint, SharedDestination } from '../model/read-back.ts';
import { differences, type Meant } from './same-answer.ts';

/** Two answers in words, each as far as they differ: 'v1 90 % and v3 10 %', 'v2 with `timeout: 3s`'. */
export function describeBoth(meant: Meant, does: ReadAnswer, host: string): { readonly meant: string; readonly does: string } {
  const on = differences(meant, does);
  const ports = new Set([...meant.destinations, ...does.destinations, ...meant.copies, ...does.copies].map(({ port }) => port));
  const writer: Writer = { on, host, showsPorts: ports.size > 1, showsHeaders: sameButForHeaders(meant.destinations, does.destinations) };
  return { meant: describe(meant, writer), does: describe(does, writer) };
}

interface Writer {
  /** What the two differ in. */
  readonly on: readonly string[];
  /** Whose versions go by their names alone. */
  readonly host: string;
  readonly showsPorts: boolean;
  /** Where shares differ in nothing else. */
  readonly showsHeaders: boolean;
}

const inKind: ReadonlySet<string> = new Set(['destinations', 'copies', 'redirect', 'directResponse']);

function describe(answer: ReadAnswer | Meant, writer: Writer): string {
  const to = describeKind(answer, writer);
  const words = writer.on.filter((word) => !inKind.has(word));
  const said = words.filter((word) => answer.words[word] !== undefined).map((word) => `\`${word}: ${flow(answer.words[word] ?? null)}\``);
  const unsaid = words.filter((word) => answer.words[word] === undefined).map((word) => `no \`${word}\``);
  const copies = writer.on.includes('copies') ? [copiesText(answer.copies, writer)] : [];
  const details = [...said, ...unsaid, ...copies];
  return details.length === 0 ? to : `${to} with ${details.join(' and ')}`;
}

function describeKind({ kind, destinations, words, failure }: ReadAnswer | Meant, writer: Writer): string {
  switch (kind) {
    case 'route':
      return destinations.length === 0 ? 'nothing' : destinations.map((one) => destinationText(one, writer)).join(' and ');
    case 'redirect':
      return `a redirect ${flow(words.redirect ?? null)}`;
    case 'direct-response':
      return `the answer ${flow(words.directResponse ?? null)}`;
    case 'passthrough':
      return 'no routing: it is passed through as it is';
    case 'failure':
      return failure ?? 'no route (404)';
  }
}

function copiesText(copies: readonly SharedDestination[], writer: Writer): string {
  return copies.length === 0 ? 'no copies' : `copies to ${copies.map((one) => destinationText(one, writer)).join(' and ')}`;
}

function sameButForHeaders(meant: readonly SharedDestination[], does: readonly SharedDestination[]): boolean {
  const [a, b] = [meant, does].map((shares) => shares.map(({ host, subset, percent }) => [host, subset, percent.toFixed(6)].join()));
  return a?.join(' ') === b?.join(' ') && meant.some(({ headers }, i) => !sameJson(headers, does[i]?.headers));
}

function destinationText(
  { host, subset, port, percent, headers }: SharedDestination,
  { host: own, showsPorts, showsHeaders }: Writer,
): string {
  const name = host === own ? (subset ?? 'every version') : `${host}${subset === undefined ? '' : ` (${subset})`}`;
  const at = showsPorts && port !== undefined ? `${host === own ? ' on port ' : ':'}${port}` : '';
  const changed = showsHeaders ? (headers === undefined ? ' (no `headers` of its own)' : ` (\`headers: ${flow(headers)}\`)`) : '';
  return `${name}${at}${percent === 100 ? '' : ` ${Number(percent.toFixed(6))} %`}${changed}`;
}

function flow(value: Json): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}: ${flow(item)}`)
    .join(', ')}}`;
}

/** ':9080' behind a host, or the gateway's port. */
export function where({ port, gateway }: ReadPoint): string {
  return gateway === undefined ? `:${port}` : `, port ${port} of ${gateway}`;
}

import { readRe2 } from '../istio/re2.ts';
import type { TextDimension } from './literal.ts';

/**
 * Which texts there are at all in a dimension: coverage depends on it. That `prefix: /` takes every path is so because every path
 * begins with a slash; that `.*` takes every value, because no value has a line break.
 */
export interface Universe {
  /** RE2 for all of them. */
  readonly re2: string;
  /** Whether a request may do without. */
  readonly optional: boolean;
  /** What a person would write first. */
  readonly words: readonly string[];
  readonly has: (text: string) => boolean;
}

/**
 * - methods are tokens (RFC 9110), the scheme is http or https; every request has both, and an authority without spaces;
 * - paths begin with `/` and have no `?`, `#` or control character: the `*` of OPTIONS and the nothing of CONNECT are left out;
 * - values of headers and of the query are Unicode texts without control characters but tabs, and may be empty;
 * - labels, namespaces and ports are what Kubernetes and TCP allow; a TLS connection names its server, compared in lower case.
 */
export function universeOf(dimension: TextDimension): Universe {
  const space = dimension.indexOf(' ');
  return universes[space === -1 ? dimension : dimension.slice(0, space)] ?? anyValue;
}

function universe(re2: string, optional: boolean, words: readonly string[]): Universe {
  return { re2, optional, words, has: (text) => !/\p{Surrogate}/u.test(text) && matches(re2, text) };
}

function matches(re2: string, text: string): boolean {
  const reading = readRe2(re2);
  return reading.kind === 'read' && reading.re2.matches(text);
}

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const anyValue = universe('[^\\x00-\\x08\\x0a-\\x1f\\x7f]*', true, ['1', ...letters]);

const universes: Readonly<Record<string, Universe>> = {
  method: universe("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+", false, ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE']),
  scheme: universe('https?', false, ['http', 'https']),
  authority: universe('[^\\x00-\\x20\\x7f]+', false, ['reviews', 'example.com', ...letters]),
  path: universe('/[^\\x00-\\x1f?#\\x7f]*', false, ['/', ...letters.map((letter) => `/${letter}`)]),
  port: universe('[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]', false, [
    '80',
    '443',
    '8080',
    '9080',
  ]),
  gateway: universe('[^\\x00-\\x20\\x7f]+', false, ['mesh']),
  namespace: universe('[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?', false, ['default', ...letters]),
  sni: universe('[-_.a-z0-9]+', false, ['example.com', ...letters]),
  header: anyValue,
  query: anyValue,
  label: universe('(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?', true, letters),
};

import { quoteRe2, type Re2, readRe2 } from '../istio/re2.ts';

/** A set of texts. Letters' case is folded as Envoy does it: A to Z alone. */
export type Pattern =
  | { readonly kind: 'among'; readonly texts: readonly string[]; readonly foldCase?: true }
  | { readonly kind: 'prefix'; readonly text: string; readonly foldCase?: true }
  /** The whole text matches; RE2 that `readRe2` reads. */
  | { readonly kind: 'regex'; readonly regex: string }
  /** Host names in lower case, '*.example.com' for all that end so; no bare '*', which says nothing. */
  | { readonly kind: 'hosts'; readonly hosts: readonly string[] };

export function patternHolds(pattern: Pattern, text: string): boolean {
  switch (pattern.kind) {
    case 'among':
      return pattern.foldCase === true ? pattern.texts.some((one) => foldedCase(one) === foldedCase(text)) : pattern.texts.includes(text);
    case 'prefix':
      return pattern.foldCase === true ? foldedCase(text).startsWith(foldedCase(pattern.text)) : text.startsWith(pattern.text);
    case 'regex':
      return re2Of(pattern)?.matches(text) === true;
    case 'hosts':
      return pattern.hosts.some((host) =>
        host.startsWith('*') ? text.length >= host.length && text.endsWith(host.slice(1)) : text === host,
      );
  }
}

type RegexPattern = Extract<Pattern, { kind: 'regex' }>;

const compiled = new WeakMap<RegexPattern, Re2>();

export function re2Of(pattern: RegexPattern): Re2 | undefined {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const reading = readRe2(pattern.regex);
  if (reading.kind !== 'read') return undefined;
  compiled.set(pattern, reading.re2);
  return reading.re2;
}

/** Equal for patterns that are written alike. */
export function patternKey(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'among':
      return JSON.stringify(['among', pattern.foldCase === true, ...pattern.texts]);
    case 'prefix':
      return JSON.stringify(['prefix', pattern.foldCase === true, pattern.text]);
    case 'regex':
      return JSON.stringify(['regex', pattern.regex]);
    case 'hosts':
      return JSON.stringify(['hosts', ...pattern.hosts]);
  }
}

/** The same set as RE2. */
export function patternRe2(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'among':
      return `(?:${pattern.texts.map((text) => quoted(text, pattern.foldCase)).join('|')})`;
    case 'prefix':
      return `(?s:${quoted(pattern.text, pattern.foldCase)}.*)`;
    case 'regex':
      return pattern.regex;
    case 'hosts':
      return `(?:${pattern.hosts.map((host) => (host.startsWith('*') ? `(?s:.+${quoteRe2(host.slice(1))})` : quoteRe2(host))).join('|')})`;
  }
}

export function foldedCase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function quoted(text: string, foldCase: true | undefined): string {
  if (foldCase === undefined) return quoteRe2(text);
  return [...text].map((letter) => (isLetter(letter) ? `[${letter.toLowerCase()}${letter.toUpperCase()}]` : quoteRe2(letter))).join('');
}

function isLetter(letter: string): boolean {
  return /^[A-Za-z]$/.test(letter);
}

import type { JsonObject } from '../model/json.ts';

/** A request whose cookies have one of this name with a value that the pattern takes. Proxies see all cookies as one header. */
export function cookieMatch(name: string, value: string): JsonObject {
  return { headers: { cookie: { regex: `(.*; ?)?${quoteRegex(name)}=${value}(;.*)?` } } };
}

/** Text that an RE2 pattern takes literally (re2/quote: everything but word characters gets a backslash). */
export function quoteRegex(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9_\u0080-\u{10FFFF}]/gu, '\\$&');
}

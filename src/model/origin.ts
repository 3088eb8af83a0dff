import type { Json } from './json.ts';
import type { Address } from './source.ts';

/** Where a value comes from: words in a file, a default, or something the compiler concluded from words. */
export interface Origin {
  readonly kind: 'intent' | 'environment' | 'default' | 'derived' | 'template';
  /** The words that caused it; absent for a default that nobody wrote. */
  readonly at?: Address;
  /** Why it stands there when nobody wrote it as it is, for `explain`. */
  readonly reason?: string;
}

/** A value that knows its origin. */
export interface Traced<T extends Json = Json> {
  readonly value: T;
  readonly origin: Origin;
}

export function traced<T extends Json>(value: T, origin: Origin): Traced<T> {
  return { value, origin };
}

/** The same words, but concluded from them instead of copied. */
export function derived(from: Origin, reason: string): Origin {
  return from.at === undefined ? { kind: 'derived', reason } : { kind: 'derived', at: from.at, reason };
}

export function byDefault(reason: string): Origin {
  return { kind: 'default', reason };
}

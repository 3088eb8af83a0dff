import type { Pointer } from '../model/pointer.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { AddressRange } from './address-range.ts';
import type { Pattern } from './pattern.ts';

/** What of a request is a text. Headers by lower-case name; `port` in digits; `gateway` is 'mesh' where it is none. */
export type TextDimension =
  | 'method'
  | 'scheme'
  | 'authority'
  | 'path'
  | 'port'
  | 'gateway'
  | 'namespace'
  | 'sni'
  | `header ${string}`
  | `query ${string}`
  | `label ${string}`;

/** The text is one of the pattern's (of any text, where there is no pattern), or with `negated` none of them. */
export interface TextLiteral {
  readonly of: 'text';
  readonly dimension: TextDimension;
  readonly pattern?: Pattern;
  readonly negated: boolean;
  /** Whether it holds for a request that has no such header, parameter, label or server name. */
  readonly absent: boolean;
  readonly at?: Pointer;
}

/** The claim is, or is a list that has, a text of the pattern; `negated`: none such. */
export interface ClaimLiteral {
  readonly of: 'claim';
  readonly path: readonly string[];
  readonly pattern: Pattern;
  readonly negated: boolean;
  readonly at?: Pointer;
}

/** The connection's address is within one of the ranges; `negated`: within none. */
export interface AddressLiteral {
  readonly of: 'address';
  readonly ranges: readonly AddressRange[];
  readonly negated: boolean;
  readonly at?: Pointer;
}

/** A condition that cannot be decided here. Equal words mean the same, whatever that is. */
export interface OpaqueLiteral {
  readonly of: 'opaque';
  readonly words: string;
  readonly negated: boolean;
  readonly at?: Pointer;
}

/** One thing that a condition asks of a request. `at` is where its match says so: '/headers/end-user'. */
export type Literal = TextLiteral | ClaimLiteral | AddressLiteral | OpaqueLiteral;

/** What it asks, all of it: an empty condition holds for every request. */
export type Condition = readonly Literal[];

export const everything: Condition = [];

/** Holds for just those requests for which the literal does not. */
export function negation(literal: Literal): Literal {
  return literal.of === 'text'
    ? { ...literal, negated: !literal.negated, absent: !literal.absent }
    : { ...literal, negated: !literal.negated };
}

function literalKey({ at: _, ...literal }: Literal): string {
  return JSON.stringify(literal, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

/** Equal for conditions that ask the same, in whatever order and wherever it is written. */
export const conditionKey = rememberedFor((condition: Condition): string => [...new Set(condition.map(literalKey))].sort().join());

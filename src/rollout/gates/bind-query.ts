import { between, literalPattern, promDuration } from './promql-text.ts';
import { type PromToken, promTokens } from './promql-tokens.ts';

/** Values that a custom query may ask for: a text stands in quotes, a number outside of them, a duration between brackets. */
export type BoundValue = { readonly text: string } | { readonly number: number } | { readonly seconds: number };

export type BindingFault =
  | { readonly kind: 'unreadable'; readonly at: number }
  | { readonly kind: 'unknown-variable'; readonly variable: string }
  /** The variable stands where a value of its kind can't. */
  | { readonly kind: 'place'; readonly variable: string; readonly expected: string };

/**
 * The query with each `{{name}}` replaced by its value, as a value: whatever it holds, the query's structure stays as it was written.
 * Only three places are open: the value of a label matcher (escaped for its quotes, and as a literal in a pattern), where an operand is
 * expected, and where a duration is.
 */
export function bindQuery(
  query: string,
  values: Readonly<Record<string, BoundValue>>,
): { readonly query: string } | { readonly fault: BindingFault } {
  const tokens = promTokens(query);
  if ('stoppedAt' in tokens) return { fault: { kind: 'unreadable', at: tokens.stoppedAt } };
  const unclosed = unclosedAt(tokens);
  if (unclosed !== undefined) return { fault: { kind: 'unreadable', at: unclosed } };
  let bound = '';
  let end = 0;
  for (const [index, token] of tokens.entries()) {
    const text = boundToken(tokens, index, token, values);
    if (typeof text !== 'string') return text;
    bound += query.slice(end, token.start) + text;
    end = token.start + token.text.length;
  }
  return { query: bound + query.slice(end) };
}

/** Names that a query asks for, in order. */
export function variablesOf(query: string): readonly string[] {
  return [...query.matchAll(variable)].map(([, name = '']) => name.trim());
}

const variable = /\{\{([^{}]*)\}\}/g;

function boundToken(
  tokens: readonly PromToken[],
  index: number,
  token: PromToken,
  values: Readonly<Record<string, BoundValue>>,
): string | { readonly fault: BindingFault } {
  if (token.kind === 'string') return boundString(tokens, index, token.text, values);
  if (token.kind !== 'variable') return token.text;
  const name = token.text.slice(2, -2).trim();
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) return { fault: { kind: 'unknown-variable', variable: name } };
  if ('text' in value) return { fault: { kind: 'place', variable: name, expected: 'in the quoted value of a label' } };
  if (isDurationPlace(tokens, index)) {
    return 'seconds' in value
      ? promDuration(value.seconds)
      : { fault: { kind: 'place', variable: name, expected: 'where a number stands' } };
  }
  if (!isOperandPlace(tokens, index)) return { fault: { kind: 'place', variable: name, expected: 'where a number stands' } };
  return String('seconds' in value ? value.seconds : value.number);
}

function boundString(
  tokens: readonly PromToken[],
  index: number,
  text: string,
  values: Readonly<Record<string, BoundValue>>,
): string | { readonly fault: BindingFault } {
  const isPattern = ['=~', '!~'].includes(tokens[index - 1]?.text ?? '');
  const quote = text.slice(0, 1);
  let fault: BindingFault | undefined;
  const bound = text.replace(variable, (whole, inner: string, offset: number) => {
    const name = inner.trim();
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const written = value === undefined ? undefined : between(isPattern ? literalPart(textOf(value)) : textOf(value), quote);
    if (value === undefined) fault ??= { kind: 'unknown-variable', variable: name };
    else if (!isMatcherValue(tokens, index) || written === undefined || text[offset - 1] === '\\') {
      fault ??= { kind: 'place', variable: name, expected: 'in the quoted value of a label' };
    }
    return written ?? whole;
  });
  return fault === undefined ? bound : { fault };
}

/** A literal that stays one between the brackets of a class as well. */
function literalPart(value: string): string {
  return literalPattern(value).replaceAll('-', '\\-');
}

function textOf(value: BoundValue): string {
  return 'text' in value ? value.text : 'seconds' in value ? promDuration(value.seconds) : String(value.number);
}

/** `label = "…"` between braces. */
function isMatcherValue(tokens: readonly PromToken[], index: number): boolean {
  return openBracket(tokens, index) === '{' && ['=', '!=', '=~', '!~'].includes(tokens[index - 1]?.text ?? '');
}

/** Between brackets, or after `offset`. */
function isDurationPlace(tokens: readonly PromToken[], index: number): boolean {
  const before = tokens[index - 1]?.text.toLowerCase() ?? '';
  if (openBracket(tokens, index) === '[') return ['[', ':'].includes(before);
  return before === 'offset' || (before === '-' && tokens[index - 2]?.text.toLowerCase() === 'offset');
}

/** Between what expects an operand and what may follow one. */
function isOperandPlace(tokens: readonly PromToken[], index: number): boolean {
  const [before, after] = [tokens[index - 1], tokens[index + 1]];
  const inBraces = openBracket(tokens, index) === '{';
  const expected =
    before === undefined ||
    before.text === '(' ||
    before.kind === 'comma' ||
    isArithmetic(before) ||
    connects(before) ||
    before.text.toLowerCase() === 'bool';
  return (
    !inBraces && expected && (after === undefined || after.text === ')' || after.kind === 'comma' || isArithmetic(after) || connects(after))
  );
}

function isArithmetic({ kind, text }: PromToken): boolean {
  return kind === 'operator' && !['=', '=~', '!~', '@'].includes(text);
}

function connects({ text }: PromToken): boolean {
  return ['and', 'or', 'unless', 'atan2'].includes(text.toLowerCase());
}

/** The innermost bracket that is open where a token stands. */
function openBracket(tokens: readonly PromToken[], index: number): string | undefined {
  let closed = 0;
  for (let at = index - 1; at >= 0; at--) {
    const { kind = 'other', text = '' } = tokens[at] ?? {};
    if (kind === 'close') closed++;
    if (kind === 'open' && closed-- === 0) return text;
  }
  return undefined;
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Where a bracket is left open, or closed by another. */
function unclosedAt(tokens: readonly PromToken[]): number | undefined {
  const open: PromToken[] = [];
  for (const token of tokens) {
    if (token.kind === 'open') open.push(token);
    if (token.kind !== 'close') continue;
    const last = open.pop();
    if (last === undefined || closing[last.text] !== token.text) return token.start;
  }
  return open.at(-1)?.start;
}

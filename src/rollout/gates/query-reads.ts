import { type PromToken, promTokens } from './promql-tokens.ts';

/** Selectors of series that a query reads, without range, `offset` and `@`, each once: `x{a="b"}` of `rate(x{a="b"}[5m])`. Empty where it cannot be read. */
export function readsOf(query: string): readonly string[] {
  const tokens = promTokens(query);
  if ('stoppedAt' in tokens) return [];
  const found: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const end = selectorEnd(tokens, at);
    if (end === undefined) continue;
    const [first, last] = [tokens[at], tokens[end]];
    if (first !== undefined && last !== undefined) found.push(query.slice(first.start, last.start + last.text.length));
    at = end;
  }
  return [...new Set(found)];
}

/** The last token of the selector that begins here; undefined where none does. */
function selectorEnd(tokens: readonly PromToken[], at: number): number | undefined {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token?.text === '{') return closeOf(tokens, at);
  if (token?.kind !== 'word' || reserved.has(token.text.toLowerCase()) || next?.text === '(') return undefined;
  if (isGroupingLabel(tokens, at)) return undefined;
  return next?.text === '{' ? closeOf(tokens, at + 1) : at;
}

const reserved = new Set([
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'bool',
  'offset',
  'and',
  'or',
  'unless',
  'atan2',
  'inf',
  'nan',
  'start',
  'end',
  'sum',
  'min',
  'max',
  'avg',
  'group',
  'stddev',
  'stdvar',
  'count',
  'count_values',
  'bottomk',
  'topk',
  'quantile',
  'limitk',
  'limit_ratio',
]);

export const groupings = new Set(['by', 'without', 'on', 'ignoring', 'group_left', 'group_right']);

/** In the parentheses of `by (…)` and its kin stand labels. */
function isGroupingLabel(tokens: readonly PromToken[], at: number): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const token = tokens[before];
    if (token?.text === '(') return groupings.has(tokens[before - 1]?.text.toLowerCase() ?? '');
    if (token?.kind !== 'word' && token?.kind !== 'comma' && token?.kind !== 'string') return false;
  }
  return false;
}

function closeOf(tokens: readonly PromToken[], open: number): number | undefined {
  const close = tokens.findIndex(({ text }, index) => index > open && text === '}');
  return close === -1 ? undefined : close;
}

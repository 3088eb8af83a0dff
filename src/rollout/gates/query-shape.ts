import { type PromToken, promTokens } from './promql-tokens.ts';
import { groupings } from './query-reads.ts';

/** Whether the outermost form answers with one series at most: a number, an aggregation without `by`, or arithmetic of such. */
export function isAggregated(query: string): boolean {
  const tokens = promTokens(query);
  return !('stoppedAt' in tokens) && tokens.length > 0 && operandsOf(tokens).every(isSingle);
}

/** A comparison without `bool`, outside of matchers. */
export function comparisonOf(query: string): string | undefined {
  const tokens = promTokens(query);
  if ('stoppedAt' in tokens) return undefined;
  let braces = 0;
  for (const [at, { text }] of tokens.entries()) {
    if (text === '{') braces++;
    if (text === '}') braces--;
    if (braces === 0 && comparisons.has(text) && tokens[at + 1]?.text.toLowerCase() !== 'bool') return text;
  }
  return undefined;
}

/** A range of more than a month, or a subquery of more than 11,000 steps (as many as Prometheus answers to anyone who asks for a range). */
export function heaviestRange(query: string): { readonly text: string; readonly reason: string } | undefined {
  const tokens = promTokens(query);
  if ('stoppedAt' in tokens) return undefined;
  for (const [at, token] of tokens.entries()) {
    if (token.text !== '[') continue;
    const range = secondsOf(tokens[at + 1]);
    const step = tokens[at + 2]?.kind === 'colon' ? secondsOf(tokens[at + 3]) : undefined;
    const end = tokens.findIndex(({ text }, index) => index > at && text === ']');
    const text = query.slice(token.start, (tokens[end]?.start ?? query.length) + 1);
    if (range !== undefined && range > 31 * 86_400) return { text, reason: 'looks back more than a month' };
    if (range !== undefined && step !== undefined && range / step > 11_000)
      return { text, reason: `asks for ${Math.round(range / step)} steps` };
  }
  return undefined;
}

const comparisons = new Set(['==', '!=', '<', '>', '<=', '>=']);

const aggregators = new Set(['sum', 'min', 'max', 'avg', 'group', 'stddev', 'stdvar', 'count', 'quantile']);

/** Functions that answer a number, or one series. */
const singles = new Set(['scalar', 'time', 'vector', 'absent', 'absent_over_time', 'pi']);

/** Functions of one vector: as many series come out as go in. */
const elementwise = new Set([
  'abs',
  'ceil',
  'floor',
  'round',
  'clamp',
  'clamp_min',
  'clamp_max',
  'sqrt',
  'exp',
  'ln',
  'log2',
  'log10',
  'sgn',
]);

/** The parts between operators that stand outside of all brackets. */
function operandsOf(tokens: readonly PromToken[]): readonly (readonly PromToken[])[] {
  return splitAt(tokens, ({ kind, text }) => kind === 'operator' || ['and', 'or', 'unless', 'atan2', 'bool'].includes(text.toLowerCase()));
}

function splitAt(tokens: readonly PromToken[], divides: (token: PromToken) => boolean): readonly (readonly PromToken[])[] {
  const parts: PromToken[][] = [[]];
  for (const { token, depth } of withDepth(tokens)) {
    if (depth === 0 && divides(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** Brackets themselves are as deep as what they hold. */
function withDepth(tokens: readonly PromToken[]): readonly { readonly token: PromToken; readonly depth: number }[] {
  let open = 0;
  return tokens.map((token) => {
    if (token.kind === 'open') open++;
    const depth = open;
    if (token.kind === 'close') open--;
    return { token, depth };
  });
}

function isSingle(operand: readonly PromToken[]): boolean {
  const [first, second] = operand;
  const name = first?.text.toLowerCase() ?? '';
  if (['number', 'variable', 'duration'].includes(first?.kind ?? '') || ['inf', 'nan'].includes(name)) return operand.length === 1;
  if (first?.text === '(') return operandsOf(operand.slice(1, -1)).every(isSingle);
  if (aggregators.has(name)) return !withDepth(operand).some(({ token, depth }) => depth === 0 && groupings.has(token.text.toLowerCase()));
  if (second?.text !== '(') return false;
  if (singles.has(name)) return true;
  const inner = splitAt(operand.slice(2, -1), ({ kind }) => kind === 'comma');
  if (name === 'histogram_quantile') return isBucketSum(inner.at(-1) ?? []);
  return elementwise.has(name) && inner.every((argument) => operandsOf(argument).every(isSingle));
}

/** `sum by (le) (…)`: one histogram. */
function isBucketSum(operand: readonly PromToken[]): boolean {
  const by = withDepth(operand).findIndex(({ token, depth }) => depth === 0 && token.text.toLowerCase() === 'by');
  return aggregators.has(operand[0]?.text.toLowerCase() ?? '') && operand[by + 2]?.text === 'le' && operand[by + 3]?.text === ')';
}

/** Of a duration such as `1h30m`. */
function secondsOf(token: PromToken | undefined): number | undefined {
  if (token?.kind !== 'duration') return undefined;
  return [...token.text.matchAll(/([0-9]+)(ms|[smhdwy])/g)].reduce(
    (sum, [, count = '0', unit = 's']) => sum + Number(count) * (unitSeconds[unit] ?? 1),
    0,
  );
}

const unitSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

import { commonText } from './common-text.ts';
import { type Effort, found, none, type Solution } from './effort.ts';
import type { TextLiteral } from './literal.ts';
import { foldedCase, type Pattern, patternHolds, patternKey, re2Of } from './pattern.ts';
import type { Universe } from './universe.ts';

export function textHolds({ pattern, negated, absent }: TextLiteral, text: string | undefined): boolean {
  if (text === undefined) return absent;
  return (pattern === undefined || patternHolds(pattern, text)) !== negated;
}

/**
 * A text of one dimension, or its absence (`undefined`), for which all literals hold: `usual` if that will do, else the plainest that is
 * found quickly, else what the patterns' machines find. Exact.
 */
export function solveText(
  literals: readonly TextLiteral[],
  universe: Universe,
  usual: string | undefined,
  effort: Effort,
): Solution<string | undefined> {
  const fits = (text: string | undefined): boolean =>
    (text === undefined ? universe.optional : universe.has(text)) && literals.every((literal) => textHolds(literal, text));
  if (fits(usual)) return found(usual);
  if (fits(undefined)) return found(undefined);
  if (literals.some(({ pattern, negated }) => pattern === undefined && negated)) return none;
  const wanted = patterns(literals, false);
  const unwanted = patterns(literals, true);
  for (const text of candidates(wanted, unwanted.length, universe)) if (fits(text)) return found(text);
  if (isListed(wanted) || contradict(wanted, unwanted)) return none;
  return commonText([universe.re2], wanted, unwanted, effort);
}

function patterns(literals: readonly TextLiteral[], negated: boolean): readonly Pattern[] {
  const byKey = new Map<string, Pattern>();
  for (const { pattern, negated: isNegated } of literals)
    if (pattern !== undefined && isNegated === negated) byKey.set(patternKey(pattern), pattern);
  return [...byKey.values()];
}

/** Whether `candidates` has tried all that there are. */
function isListed(wanted: readonly Pattern[]): boolean {
  return wanted.some((pattern) => pattern.kind === 'among' && pattern.foldCase === undefined);
}

function* candidates(wanted: readonly Pattern[], unwanted: number, { words }: Universe): Iterable<string> {
  let longest: string | undefined;
  for (const pattern of wanted) {
    if (pattern.kind === 'among') yield* pattern.texts;
    if (pattern.kind === 'prefix' && (longest === undefined || pattern.text.length > longest.length)) longest = pattern.text;
    if (pattern.kind === 'regex') yield re2Of(pattern)?.example ?? '';
    if (pattern.kind === 'hosts') yield* pattern.hosts.map((host) => host.replace('*', 'any'));
  }
  if (isListed(wanted)) return;
  if (longest === undefined) yield* words;
  else {
    yield longest;
    // Each unwanted pattern can take away one of them, or more where it is a regex.
    const endings = longest.startsWith('/') ? ['/', ...letters] : [...letters, '/'];
    for (const ending of endings.slice(0, unwanted + 2)) yield longest + ending;
  }
}

const letters: readonly string[] = [...'abcdefghijklmnopqrstuvwxyz0123456789'];

/** Contradictions that are seen without a machine; it may miss some. */
function contradict(wanted: readonly Pattern[], unwanted: readonly Pattern[]): boolean {
  const keys = new Set(wanted.map(patternKey));
  const prefixes = wanted.filter((pattern) => pattern.kind === 'prefix');
  return (
    unwanted.some((pattern) => keys.has(patternKey(pattern))) ||
    prefixes.some((one, i) => prefixes.slice(i + 1).some((other) => !canMeet(one, other))) ||
    unwanted.some((pattern) => pattern.kind === 'prefix' && (pattern.text === '' || prefixes.some((prefix) => isWithin(prefix, pattern))))
  );
}

type Prefix = Extract<Pattern, { kind: 'prefix' }>;

function canMeet(a: Prefix, b: Prefix): boolean {
  const [x, y] = a.foldCase === true || b.foldCase === true ? [foldedCase(a.text), foldedCase(b.text)] : [a.text, b.text];
  return x.startsWith(y) || y.startsWith(x);
}

function isWithin(inner: Prefix, outer: Prefix): boolean {
  if (outer.foldCase === true) return foldedCase(inner.text).startsWith(foldedCase(outer.text));
  return inner.foldCase === undefined && inner.text.startsWith(outer.text);
}

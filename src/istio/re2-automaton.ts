import { re2Program } from './re2.ts';

/** A pattern as a deterministic machine over code points, whose states are made when they are first reached. */
export interface Automaton {
  /** Code points at which behaviour may change: between two neighbours all letters are alike. */
  readonly bounds: readonly number[];
  readonly start: number;
  /** The state after one more letter; undefined where the machine would outgrow its memory. */
  readonly step: (state: number, letter: number) => number | undefined;
  /** Whether the text so far is a whole match; undefined as above. */
  readonly accepts: (state: number) => boolean | undefined;
  /** Whether no longer text can match any more. */
  readonly isDead: (state: number) => boolean;
}

/** RE2's own numbers, which re2js keeps to itself: empty-width flags at the beginning of a text, the letter after the last, anchoring. */
const beginning = 1 | 4;
const endOfText = -1;
const anchoredAtBoth = 2;

const cacheSize = 500;
const cache = new Map<string, Automaton>();

/** The machine of a pattern that compiles, built on re2js's lazy DFA. It says what `RE2JS.testExact` says; test/istio/re2.test.ts holds it to that. */
export function automatonOf(pattern: string): Automaton {
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  if (cache.size >= cacheSize) cache.clear();
  const automaton = build(pattern);
  cache.set(pattern, automaton);
  return automaton;
}

interface DfaState {
  readonly nfaStates: readonly unknown[];
  readonly isMatch: boolean;
}

function isState(value: unknown): value is DfaState {
  return typeof value === 'object' && value !== null && 'nfaStates' in value && 'isMatch' in value;
}

function build(pattern: string): Automaton {
  const { dfa } = re2Program(pattern).re2();
  const states: DfaState[] = [];
  const numbers = new Map<DfaState, number>();
  const accepting = new Map<number, boolean>();
  const numberOf = (state: unknown): number | undefined => {
    if (!isState(state)) return undefined;
    const known = numbers.get(state);
    if (known !== undefined) return known;
    numbers.set(state, states.length);
    return states.push(state) - 1;
  };
  return {
    bounds: [...dfa.classBounds].filter((bound) => bound <= 0x10ffff),
    start: numberOf(dfa.makeState([dfa.prog.start], beginning, [])) ?? 0,
    step: (state, letter) => numberOf(dfa.step(states[state], dfa.runeClass(letter), letter, anchoredAtBoth)),
    accepts: (state) => {
      const known = accepting.get(state);
      if (known !== undefined) return known;
      const end: unknown = dfa.step(states[state], dfa.numClasses, endOfText, anchoredAtBoth);
      if (!isState(end)) return undefined;
      accepting.set(state, end.isMatch);
      return end.isMatch;
    },
    isDead: (state) => states[state]?.nfaStates.length === 0,
  };
}

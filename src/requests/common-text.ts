import { type Automaton, automatonOf } from '../istio/re2-automaton.ts';
import { readyLetters } from '../istio/re2-example.ts';
import { type Effort, found, none, type Solution } from './effort.ts';
import { type Pattern, patternRe2 } from './pattern.ts';

const mostStates = 20_000;

/** A state of every machine, and how it was reached. */
interface Node {
  readonly states: readonly number[];
  readonly letter: number;
  readonly from: Node | undefined;
}

interface Machine {
  readonly automaton: Automaton;
  readonly wanted: boolean;
}

/**
 * The shortest text that all of some patterns have and none of others: their machines run side by side, breadth first. Exact; it gives
 * up beyond a number of states and letters, and where a machine outgrows its memory.
 */
export function commonText(
  within: readonly string[],
  wanted: readonly Pattern[],
  unwanted: readonly Pattern[],
  effort: Effort,
): Solution<string> {
  const machines: readonly Machine[] = [
    ...[...within, ...wanted.map(patternRe2)].map((re2) => ({ automaton: automatonOf(re2), wanted: true })),
    ...unwanted.map((pattern) => ({ automaton: automatonOf(patternRe2(pattern)), wanted: false })),
  ];
  const letters = lettersOf(machines);
  const start: Node = { states: machines.map(({ automaton }) => automaton.start), letter: -1, from: undefined };
  const seen = new Set([start.states.join()]);
  const queue: Node[] = [start];
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i] ?? start;
    const accepted = accepts(machines, node.states);
    if (accepted === undefined) return tooLarge;
    if (accepted) return found(textOf(node));
    effort.left -= letters.length * machines.length;
    if (effort.left < 0 || queue.length > mostStates) return tooLarge;
    for (const letter of letters) {
      const states = stepAll(machines, node.states, letter);
      if (states === 'too large') return tooLarge;
      if (states === undefined) continue;
      const key = states.join();
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push({ states, letter, from: node });
    }
  }
  return none;
}

const tooLarge = { kind: 'undecided', because: 'its patterns are too large together' } as const;

/** Undefined where a machine that must accept can't any more. */
function stepAll(machines: readonly Machine[], from: readonly number[], letter: number): number[] | undefined | 'too large' {
  const states: number[] = [];
  for (const [i, { automaton, wanted }] of machines.entries()) {
    const next = automaton.step(from[i] ?? 0, letter);
    if (next === undefined) return 'too large';
    if (wanted && automaton.isDead(next)) return undefined;
    states.push(next);
  }
  return states;
}

function accepts(machines: readonly Machine[], states: readonly number[]): boolean | undefined {
  let all = true;
  for (const [i, { automaton, wanted }] of machines.entries()) {
    const accepted = automaton.accepts(states[i] ?? 0);
    if (accepted === undefined) return undefined;
    if (accepted !== wanted) all = false;
  }
  return all;
}

/** One letter for each stretch in which no machine tells letters apart, the likeliest first. Halves of surrogate pairs are no letters. */
function lettersOf(machines: readonly Machine[]): readonly number[] {
  const bounds = new Set([0, 0xd800, 0xe000]);
  for (const { automaton } of machines) for (const bound of automaton.bounds) bounds.add(bound);
  const sorted = [...bounds].sort((a, b) => a - b);
  const stretches = sorted
    .map((first, i) => ({ first, last: (sorted[i + 1] ?? 0x110000) - 1 }))
    .filter(({ first }) => first < 0xd800 || first >= 0xe000);
  const chosen = stretches.map(({ first, last }) => {
    const rank = readyLetters.findIndex((letter) => letter >= first && letter <= last);
    return { letter: readyLetters[rank] ?? first, rank: rank === -1 ? readyLetters.length : rank };
  });
  return chosen.sort((a, b) => a.rank - b.rank || a.letter - b.letter).map(({ letter }) => letter);
}

function textOf(node: Node): string {
  const letters: string[] = [];
  for (let one: Node = node; one.from !== undefined; one = one.from) letters.push(String.fromCodePoint(one.letter));
  return letters.reverse().join('');
}

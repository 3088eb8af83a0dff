import type { RE2JS } from 're2js';

/** Letters by how readily a person would type them. */
export const readyLetters: readonly number[] = [...'abcdefghijklmnopqrstuvwxyz0123456789/-._ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) =>
  letter.charCodeAt(0),
);

/** A step of the way through a pattern's program, and the one before it. */
interface Step {
  readonly place: number;
  readonly letter: number | undefined;
  readonly from: Step | undefined;
}

/**
 * A shortest text that a pattern matches but for its anchors and word boundaries, which are passed over: most often a text that it
 * matches, at a small part of what its machine costs. Who wants to be sure asks.
 */
export function exampleOf(compiled: RE2JS): string | undefined {
  const { inst: program, start } = compiled.re2().prog;
  const { ALT, ALT_MATCH, MATCH, CAPTURE, EMPTY_WIDTH, NOP, isRuneOp } = program[0].constructor;
  const seen = new Set<number>();
  let steps: Step[] = [{ place: start, letter: undefined, from: undefined }];
  while (steps.length > 0) {
    const next: Step[] = [];
    for (const step of steps) {
      if (seen.has(step.place)) continue;
      seen.add(step.place);
      const { op, out, arg } = program[step.place];
      const pass = (place: number) => steps.push({ place, letter: undefined, from: step });
      if (op === MATCH) return textOf(step);
      if (op === ALT || op === ALT_MATCH) {
        pass(out);
        pass(arg);
      } else if (op === CAPTURE || op === EMPTY_WIDTH || op === NOP) pass(out);
      else if (isRuneOp(op)) next.push({ place: out, letter: letterOf(program[step.place]), from: step });
    }
    steps = next;
  }
  return undefined;
}

interface LetterClass {
  readonly runes: ArrayLike<number>;
  readonly matchRune: (letter: number) => boolean;
}

function letterOf(letters: LetterClass): number {
  const [only] = Array.from(letters.runes);
  if (letters.runes.length === 1 && only !== undefined) return only;
  return readyLetters.find((letter) => letters.matchRune(letter)) ?? only ?? 0;
}

function textOf(last: Step): string {
  const letters: string[] = [];
  for (let step: Step | undefined = last; step !== undefined; step = step.from)
    if (step.letter !== undefined) letters.push(String.fromCodePoint(step.letter));
  return letters.reverse().join('');
}

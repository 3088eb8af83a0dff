import { visibleText } from '../report/visible-text.ts';
import type { CliContext } from './cli-context.ts';

export interface Progress {
  /** Says what begins now. */
  readonly step: (words: string) => void;
  /** Takes the line away; call it before anything else is written. */
  readonly end: () => void;
}

const patience = 500;
const eraseLine = '\r\x1b[2K';

/** One line on a terminal's stderr, rewritten, once the work has taken half a second. Logs and pipes see nothing of it. */
export function startProgress(context: CliContext): Progress {
  const { stderr } = context.process;
  const isWatched = stderr.isTerminal && context.variables.CI === undefined && context.variables.TERM !== 'dumb';
  if (!isWatched) return { step: () => {}, end: () => {} };
  const begin = context.clock();
  let isShown = false;
  return {
    step(words) {
      if (context.clock() - begin < patience) return;
      stderr.write(`${eraseLine}${visibleText(words).slice(0, (stderr.columns ?? 80) - 1)}`);
      isShown = true;
    },
    end() {
      if (isShown) stderr.write(eraseLine);
      isShown = false;
    },
  };
}

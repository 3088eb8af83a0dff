/** Waits until it is this run's turn to do its next step. */
export type Turn = () => Promise<void>;

/** Which of so many waiting runs goes on, from 0. */
export type Choose = (waiting: number) => number;

/** Runs that take turns: between two turns one goes on alone, as processes would between two calls that others can see. */
export async function interleave(runs: readonly ((turn: Turn) => Promise<void>)[], choose: Choose): Promise<void> {
  const waiting: { readonly run: number; readonly go: () => void }[] = [];
  let going = runs.length;
  let allWait = () => {};
  const stops = () => {
    going -= 1;
    if (going === 0) allWait();
  };
  const ended = runs.map(async (act, run) => {
    const turn = () =>
      new Promise<void>((go) => {
        waiting.push({ run, go });
        stops();
      });
    await turn();
    await act(turn).finally(stops);
  });
  for (;;) {
    await new Promise<void>((resolve) => {
      allWait = resolve;
      if (going === 0) resolve();
    });
    waiting.sort((a, b) => a.run - b.run);
    const [next] = waiting.length === 0 ? [] : waiting.splice(choose(waiting.length), 1);
    if (next === undefined) break;
    going = 1;
    next.go();
  }
  await Promise.all(ended);
}

/** Does something once for every order in which its runs can take turns; answers how many orders there are. */
export async function inEveryOrder(once: (choose: Choose) => Promise<void>): Promise<number> {
  let path: readonly number[] = [];
  for (let count = 1; ; count += 1) {
    const taken: { readonly choice: number; readonly of: number }[] = [];
    await once((waiting) => {
      const choice = path[taken.length] ?? 0;
      taken.push({ choice, of: waiting });
      return choice;
    });
    while (taken.length > 0 && taken.at(-1)?.choice === (taken.at(-1)?.of ?? 0) - 1) taken.pop();
    const last = taken.pop();
    if (last === undefined) return count;
    path = [...taken.map(({ choice }) => choice), last.choice + 1];
  }
}

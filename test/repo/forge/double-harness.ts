import { expect } from 'vitest';
import type { ForgePort } from '../../../src/model/forge.ts';
import type { ForgeHarness } from './contract.ts';
import type { ForgeDouble } from './doubles/forge-double.ts';
import type { ForgeState, StatePull } from './doubles/forge-state.ts';

/** A harness of a double: people act on its state, not through the API. */
export function doubleHarness(
  forge: ForgePort,
  double: ForgeDouble & { readonly state: ForgeState },
  lacks: ForgeHarness['lacks'],
): ForgeHarness {
  const { state } = double;
  const on = (number: number): StatePull => {
    const pull = state.pull(number);
    if (pull === undefined) throw new Error(`there is no ${number}`);
    return pull;
  };
  return {
    forge,
    push: async (branch) => state.push(branch),
    deleteBranch: async (branch) => void state.branches.delete(branch),
    person: {
      merge: async (number) => state.merge(on(number)),
      close: async (number) => {
        on(number).state = 'closed';
      },
      retarget: async (number, base) => {
        on(number).base = base;
      },
      describe: async (number, body) => {
        on(number).body = body;
      },
      comment: async (number, body) => void state.comment(number, 'jason', body),
    },
    comments: async (number) => state.comments.filter((one) => one.number === number).map(({ body }) => body),
    reviewers: async (number) => [...on(number).reviewers],
    requests: () => double.requests.length,
    lacks,
    stop: async () => {
      await double.stop();
      expect(double.violations).toEqual([]);
    },
  };
}

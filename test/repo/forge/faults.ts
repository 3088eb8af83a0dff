import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ForgePort } from '../../../src/model/forge.ts';
import { ensurePullRequest } from '../../../src/repo/forge/ensure-pull-request.ts';
import type { Patience } from '../../../src/repo/forge/forge-fetch.ts';
import { maskSecrets } from '../../../src/repo/git/mask-secrets.ts';
import { bodyOf, branch, contentOf, wantedWith } from './contract.ts';
import { type Fault, type ForgeDouble, faults } from './doubles/forge-double.ts';
import type { ForgeState } from './doubles/forge-state.ts';
import { impatient } from './impatient.ts';

export interface FaultyForge {
  readonly name: string;
  readonly token: string;
  readonly start: () => Promise<ForgeDouble & { readonly state: ForgeState }>;
  readonly open: (origin: string, patience: Patience) => ForgePort;
}

const statuses = [{ name: 'mainsheet/proof', state: 'success', description: '12 routes proven' }] as const;
const wanted = wantedWith({
  labels: ['mainsheet'],
  reviewers: ['jason'],
  automerge: true,
  title: 'reviews in prod: 50 % to v2',
  body: bodyOf('two'),
});

/** All that one run of a command asks of a forge; ends at the first failure. What a person would read of it: nothing where all went well. */
async function runOnce(forge: ForgePort, head: string): Promise<string> {
  const warnings: string[] = [];
  for (const step of [
    () => ensurePullRequest(forge, wanted, contentOf('two', head)),
    async () => {
      const found = await forge.find(branch);
      const open = found.ok ? found.value.find(({ state }) => state === 'open') : undefined;
      return open === undefined ? found : await forge.comment(open.number, 'edited', 'Someone edited the branch.');
    },
    () => forge.report(head, statuses),
  ]) {
    const result = await step();
    if (!result.ok) return JSON.stringify(result.failure);
    warnings.push(...result.warnings);
  }
  return warnings.join('; ');
}

/** Runs until nothing is left to say, with faults in the first run, or the first two. */
async function converge(
  { start, open, token }: FaultyForge,
  planned: readonly (readonly [number, Fault])[],
  isOpenAlready: boolean,
  runs = 2,
): Promise<void> {
  const double = await start();
  try {
    const head = double.state.push(branch);
    const patience = impatient((text) => maskSecrets(text, [token]));
    if (isOpenAlready) {
      const old = double.state.open({ branch, base: 'main', title: 'old', body: bodyOf('one'), draft: false });
      double.state.comment(old.number, 'jason', 'Looks good.');
    }
    for (const [at, fault] of planned) double.faults.set(at, fault);
    const said: string[] = [];
    for (let run = 1; run <= 3; run++) {
      said.push(await runOnce(open(double.origin, patience), head));
      if (said.at(-1) === '') break;
      if (run === runs) double.faults.clear();
    }
    expect(said.at(-1), `three runs: ${said.join(' | ')}`).toBe('');
    expect(said.join(' ')).not.toContain(token);
    expect(double.state.pulls).toHaveLength(1);
    const [pull] = double.state.pulls;
    expect(pull).toMatchObject({ state: 'open', title: wanted.title, body: wanted.body, base: 'main', automerge: true });
    expect([...(pull?.labels ?? [])]).toEqual(['mainsheet']);
    // What a forge says no to is told, and not asked again.
    if (!isOpenAlready && !planned.some(([, fault]) => /^4(0[349]|22)$/.test(fault)))
      expect([...(pull?.reviewers ?? [])]).toEqual(['jason']);
    expect(double.state.comments.filter(({ author }) => author !== 'jason')).toHaveLength(1);
    expect(double.state.statuses.get(head)).toHaveLength(1);
    expect(double.violations).toEqual([]);
  } finally {
    await double.stop();
  }
}

/** How many requests a run without faults takes. */
async function requestsOf({ start, open }: FaultyForge): Promise<number> {
  const double = await start();
  try {
    expect(await runOnce(open(double.origin, impatient()), double.state.push(branch))).toBe('');
    return double.requests.length;
  } finally {
    await double.stop();
  }
}

/** Whatever goes wrong with one request, or with two: at most three runs later there is exactly what there shall be. */
export function convergesThroughFaults(forge: FaultyForge): void {
  describe(`${forge.name}: faults`, () => {
    for (const fault of faults)
      it(`one request of each kind: ${fault}`, async () => {
        const count = await requestsOf(forge);
        for (let at = 0; at < count; at++) await converge(forge, [[at, fault]], false);
      });

    it('two requests at once', async () => {
      const place = fc.tuple(fc.nat(24), fc.constantFrom(...faults));
      const plan = fc.tuple(fc.array(place, { minLength: 2, maxLength: 2 }), fc.boolean());
      await fc.assert(
        fc.asyncProperty(plan, ([planned, isOpenAlready]) => converge(forge, planned, isOpenAlready)),
        { seed: Number(process.env.FUZZ_SEED ?? 1), numRuns: Number(process.env.FUZZ_RUNS ?? 20) },
      );
    });

    it('twelve runs at the same time open one pull request', async () => {
      const double = await forge.start();
      try {
        const head = double.state.push(branch);
        const runs = Array.from({ length: 12 }, () =>
          ensurePullRequest(forge.open(double.origin, impatient()), wanted, contentOf('two', head)),
        );
        const outcomes = (await Promise.all(runs)).map((result) => (result.ok ? result.value.pullRequest.number : result.failure.message));
        expect(outcomes).toEqual(Array.from({ length: 12 }, () => 1));
        expect(double.state.pulls).toHaveLength(1);
        expect(double.violations).toEqual([]);
      } finally {
        await double.stop();
      }
    });

    it('the whole first run: each fault for all of it', async () => {
      for (const fault of faults)
        await converge(
          forge,
          Array.from({ length: 12 }, (_, at) => [at, fault] as const),
          fault === 'lost after',
        );
    });
  });
}

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { ForgePort, ForgePullRequest, ForgeResult } from '../../../src/model/forge.ts';
import { ensurePullRequest } from '../../../src/repo/forge/ensure-pull-request.ts';
import { openLocal } from '../../../src/repo/forge/local.ts';
import type { LocalRepository } from '../../../src/repo/forge/local-repository.ts';
import { type Choose, inEveryOrder, interleave, type Turn } from '../../support/interleavings.ts';
import { bodyOf, branch, contentOf, granted, wantedWith } from './contract.ts';

const head = 'a'.repeat(40);
const ensure = async (forge: ForgePort, digest = 'one') =>
  granted(await ensurePullRequest(forge, wantedWith({ body: bodyOf(digest) }), contentOf(digest, head)));

/** A run that ends, whatever the others do. */
const ensuring =
  (open: (turn: Turn) => ForgePort, times = 1) =>
  async (turn: Turn) => {
    for (let time = 1; time <= times; time += 1) await ensure(open(turn));
  };

const sampled = { seed: Number(process.env.FUZZ_SEED ?? 1), numRuns: Number(process.env.FUZZ_RUNS ?? 200) };

/** Orders of turns that are drawn: there are too many of three runs to take them all. */
async function inDrawnOrders(once: (choose: Choose) => Promise<void>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.nat(5)), async (draws) => {
      await once((waiting) => (draws.next().value ?? 0) % waiting);
    }),
    sampled,
  );
}

describe('runs at the same time, on a server', () => {
  interface Server {
    readonly pulls: ForgePullRequest[];
    /** How many were open after each change. */
    readonly open: number[];
    readonly port: (turn: Turn) => ForgePort;
  }

  /**
   * A server as its API is seen: each call is one step, but opening is two, since looking whether there is one comes before writing it down.
   * Lists may leave out what was opened less than so many steps ago.
   */
  function server(
    { lag, leavesOut }: { readonly lag: number; readonly leavesOut: () => boolean } = { lag: 0, leavesOut: () => false },
  ): Server {
    const pulls: ForgePullRequest[] = [];
    const made = new Map<number, number>();
    const open: number[] = [];
    let steps = 0;
    const put = (pull: ForgePullRequest): ForgePullRequest => {
      const index = pulls.findIndex(({ number }) => number === pull.number);
      if (index === -1) pulls.unshift(pull);
      else pulls[index] = pull;
      open.push(pulls.filter(({ state }) => state === 'open').length);
      return pull;
    };
    const listed = () => pulls.filter(({ number }) => steps - (made.get(number) ?? 0) >= lag || !leavesOut());
    const port = (turn: Turn): ForgePort => {
      const step = async <T>(act: () => T): Promise<ForgeResult<T>> => {
        await turn();
        steps += 1;
        return { ok: true, value: act(), warnings: [] };
      };
      return {
        id: 'github',
        limits: { title: 250, body: 60_000, mermaid: true },
        find: () => step(listed),
        create: async ({ reviewers: _, ...wanted }) => {
          const there = await step(() => listed().find(({ state }) => state === 'open'));
          if (there.ok && there.value !== undefined) return { ...there, value: there.value };
          return await step(() => {
            const number = pulls.length + 1;
            made.set(number, steps);
            return put({
              ...wanted,
              number,
              url: `https://git.example.com/pulls/${number}`,
              state: 'open',
              headCommit: head,
              author: 'bot',
            });
          });
        },
        update: (number, { addLabels: _, automerge: __, ...fields }) =>
          step(() => {
            const there = pulls.find((pull) => pull.number === number);
            if (there === undefined) throw new Error(`there is no ${number}`);
            return put({ ...there, ...fields });
          }),
        comment: () => step(() => {}),
        statuses: () => step(() => []),
        report: () => step(() => {}),
      };
    };
    return { pulls, open, port };
  }

  const openOnes = ({ pulls }: Server) => pulls.filter(({ state }) => state === 'open').map(({ number }) => number);

  it('two leave one open, the newest, in every order, and there is never none', async () => {
    const seen = new Set<string>();
    const orders = await inEveryOrder(async (choose) => {
      const forge = server();
      await interleave([ensuring(forge.port), ensuring(forge.port)], choose);
      expect(openOnes(forge)).toEqual([forge.pulls.length]);
      expect(forge.open).not.toContain(0);
      seen.add(forge.open.join());
    });
    expect(orders).toBeGreaterThan(100);
    // Both opened one, and one opened it.
    expect([...seen].sort()).toEqual(['1', '1,2,1', '1,2,1,1']);
  });

  it('three do so too', async () => {
    await inDrawnOrders(async (choose) => {
      const forge = server();
      await interleave([ensuring(forge.port), ensuring(forge.port), ensuring(forge.port)], choose);
      expect(openOnes(forge)).toEqual([forge.pulls.length]);
      expect(forge.open).not.toContain(0);
    });
  });

  it('where its lists lag behind there is never none, and the next run leaves one', async () => {
    await inDrawnOrders(async (choose) => {
      const forge = server({ lag: 4, leavesOut: () => choose(2) === 1 });
      await interleave([ensuring(forge.port), ensuring(forge.port), ensuring(forge.port)], choose);
      expect(openOnes(forge).length).toBeGreaterThan(0);
      const alone = forge.port(async () => {});
      for (let step = 0; step < 4; step += 1) await alone.statuses(head);
      await ensure(alone);
      expect(openOnes(forge)).toEqual([forge.pulls.length]);
      expect(forge.open).not.toContain(0);
    });
  });

  it('one that was opened meanwhile with other words comes to say what this run says', async () => {
    const forge = server();
    const port = forge.port(async () => {});
    const create: ForgePort['create'] = async (wanted) => {
      await ensure(port, 'one');
      return await port.create(wanted);
    };
    expect((await ensure({ ...port, create }, 'two')).pullRequest.number).toBe(1);
    expect(forge.pulls).toMatchObject([{ number: 1, state: 'open', body: bodyOf('two') }]);
  });
});

describe('runs at the same time, in one folder', () => {
  const top = mkdtempSync(join(tmpdir(), 'mainsheet-races-'));
  afterAll(() => rmSync(top, { recursive: true, force: true }));
  let folders = 0;

  /** Git is asked in the middle of each look: that is where others come in. */
  function folder() {
    folders += 1;
    const directory = join(top, String(folders));
    const pages = join(directory, 'mainsheet/pull-requests');
    mkdirSync(pages, { recursive: true });
    const read = (number: number) => readFileSync(join(pages, `${number}.md`), 'utf8');
    const open = () =>
      readdirSync(pages).filter((name) => /^\d+\.md$/.test(name) && /^state: "?open/m.test(readFileSync(join(pages, name), 'utf8')));
    const port = (turn: Turn, tip = head): ForgePort => {
      const repository: LocalRepository = {
        tip: async () => {
          await turn();
          return tip;
        },
        isIn: async () => false,
        landing: async () => undefined,
      };
      return openLocal(directory, repository);
    };
    const edit = (number: number, change: (page: string) => string) => writeFileSync(join(pages, `${number}.md`), change(read(number)));
    return { port, read, open, edit };
  }

  /** At every turn there is at most one, and none only before the first. */
  const watching = (there: ReturnType<typeof folder>, choose: Choose): Choose => {
    let most = 0;
    return (waiting) => {
      const count = there.open().length;
      expect([most, 1]).toContain(count);
      most = Math.max(most, count);
      return choose(waiting);
    };
  };

  it('two, of which one runs again, have one open in every order and at every moment', async () => {
    const orders = await inEveryOrder(async (choose) => {
      const there = folder();
      await interleave([ensuring(there.port, 2), ensuring(there.port)], watching(there, choose));
      expect(there.open()).toEqual(['1.md']);
    });
    expect(orders).toBeGreaterThan(20);
  });

  it('three do so too', async () => {
    await inDrawnOrders(async (choose) => {
      const there = folder();
      await interleave([ensuring(there.port), ensuring(there.port), ensuring(there.port)], watching(there, choose));
      expect(there.open()).toEqual(['1.md']);
    });
  });

  it('opens one for each branch, whoever takes a number first', async () => {
    const other = wantedWith({ branch: 'mainsheet/prod/ratings' });
    await inEveryOrder(async (choose) => {
      const there = folder();
      const ratings = async (turn: Turn) => void granted(await ensurePullRequest(there.port(turn), other, contentOf('one', head)));
      await interleave([ensuring(there.port), ratings], choose);
      expect(there.open().sort()).toEqual(['1.md', '2.md']);
      expect([1, 2].map((number) => /^branch: "(.*)"$/m.exec(there.read(number))?.[1]).sort()).toEqual([other.branch, branch]);
    });
  });

  it.each([
    ['a person closes it', (page: string) => page.replace('state: "open"', 'state: closed'), { state: 'closed' }],
    ['another run rewrites it', (page: string) => page.replace('digest: one', 'digest: two'), { body: bodyOf('two') }],
  ])('%s while git is asked: that stays, and is seen', async (_what, change, expected) => {
    const there = folder();
    await ensure(there.port(async () => {}));
    let isFirst = true;
    const meanwhile = async () => {
      if (isFirst) there.edit(1, change);
      isFirst = false;
    };
    const moved = 'b'.repeat(40);
    expect(granted(await there.port(meanwhile, moved).find(branch))).toMatchObject([expected]);
    expect(granted(await there.port(async () => {}, moved).find(branch))).toMatchObject([expected]);
  });
});

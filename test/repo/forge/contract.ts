import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ForgePort, ForgeResult, WantedPullRequest } from '../../../src/model/forge.ts';
import type { ProposedContent } from '../../../src/repo/forge/decide-pull-request.ts';
import { ensurePullRequest } from '../../../src/repo/forge/ensure-pull-request.ts';

/** A forge with one empty repository whose main branch is `main` and which has a second one, `next`. */
export interface ForgeHarness {
  readonly forge: ForgePort;
  /** A new commit on a branch, which starts at main where it is not there; returns it. */
  readonly push: (branch: string) => Promise<string>;
  readonly deleteBranch: (branch: string) => Promise<void>;
  /** What a person does with the forge's pages. */
  readonly person: {
    readonly merge: (number: number) => Promise<void>;
    readonly close: (number: number) => Promise<void>;
    readonly retarget: (number: number, base: string) => Promise<void>;
    readonly describe: (number: number, body: string) => Promise<void>;
    readonly comment: (number: number, body: string) => Promise<void>;
  };
  readonly comments: (number: number) => Promise<readonly string[]>;
  readonly reviewers: (number: number) => Promise<readonly string[]>;
  /** Requests that the forge got so far. */
  readonly requests: () => number;
  /** What this forge cannot do. */
  readonly lacks: ReadonlySet<'automerge' | 'own comments' | 'reviewers' | 'several open'>;
  readonly stop: () => Promise<void>;
}

export const branch = 'mainsheet/prod/reviews';

export function wantedWith(change: Partial<WantedPullRequest> = {}): WantedPullRequest {
  return {
    branch,
    base: 'main',
    title: 'reviews in prod: 25 % to v2',
    body: bodyOf('one'),
    labels: ['mainsheet'],
    reviewers: [],
    draft: false,
    automerge: false,
    ...change,
  };
}

export function bodyOf(digest: string): string {
  return `| class | before | after |\n|---|---|---|\n| all | v1 | v1 75 %, v2 25 % |\n\n<!-- digest: ${digest} -->\n`;
}

export function contentOf(digest: string, head: string): ProposedContent {
  return { digest, head, digestOf: (body) => /<!-- digest: (\w+) -->/.exec(body)?.[1] };
}

export function granted<T>(result: ForgeResult<T>): T {
  if (!result.ok) throw new Error(`${result.failure.kind}: ${result.failure.message}`);
  return result.value;
}

/** What each forge does alike. */
export function forgeContract(name: string, start: () => Promise<ForgeHarness>): void {
  describe(`${name}: the contract of forges`, () => {
    let there: ForgeHarness;
    beforeEach(async () => {
      there = await start();
    });
    afterEach(async () => {
      await there.stop();
    });

    const ensure = async (wanted: WantedPullRequest, digest: string, head: string) =>
      granted(await ensurePullRequest(there.forge, wanted, contentOf(digest, head)));
    const found = async () => granted(await there.forge.find(branch));

    it('opens a pull request that says what it shall', async () => {
      const head = await there.push(branch);
      const { outcome, pullRequest } = await ensure(wantedWith(), 'one', head);
      expect(outcome).toBe('created');
      const wanted = wantedWith();
      expect(pullRequest).toMatchObject({ state: 'open', branch, base: 'main', title: wanted.title, draft: false, labels: ['mainsheet'] });
      expect(await found()).toHaveLength(1);
      const [again] = await found();
      expect(again?.body.trim()).toBe(wanted.body.trim());
      expect(again?.headCommit).toBe(head);
      expect(again?.url).not.toBe('');
    });

    it('changes nothing where nothing changed, with as many requests each time', async () => {
      const head = await there.push(branch);
      await ensure(wantedWith(), 'one', head);
      const before = there.requests();
      expect((await ensure(wantedWith(), 'one', head)).outcome).toBe('unchanged');
      const once = there.requests() - before;
      expect((await ensure(wantedWith(), 'one', head)).outcome).toBe('unchanged');
      expect(there.requests() - before).toBe(2 * once);
    });

    it('changes only what differs, and keeps what people added', async () => {
      await ensure(wantedWith(), 'one', await there.push(branch));
      const wanted = wantedWith({ title: 'reviews in prod: 50 % to v2', body: bodyOf('two'), labels: ['canary'] });
      expect((await ensure(wanted, 'two', await there.push(branch))).outcome).toBe('updated');
      const [now, ...others] = await found();
      expect(others).toEqual([]);
      expect(now).toMatchObject({ title: wanted.title, state: 'open' });
      expect([...(now?.labels ?? [])].sort()).toEqual(['canary', 'mainsheet']);
      expect(now?.body.trim()).toBe(wanted.body.trim());
    });

    it('leaves closed what a person closed, for the same content', async () => {
      const head = await there.push(branch);
      const { pullRequest } = await ensure(wantedWith(), 'one', head);
      await there.person.close(pullRequest.number);
      const again = await ensure(wantedWith(), 'one', head);
      expect(again.outcome).toBe('closed by a person');
      expect(again.pullRequest.number).toBe(pullRequest.number);
      expect((await found()).map(({ state }) => state)).toEqual(['closed']);
    });

    it('opens another one for other content after a person closed one', async () => {
      const { pullRequest } = await ensure(wantedWith(), 'one', await there.push(branch));
      await there.person.close(pullRequest.number);
      const next = await ensure(wantedWith({ body: bodyOf('two') }), 'two', await there.push(branch));
      expect(next.outcome).toBe('created');
      expect(next.pullRequest.number).toBeGreaterThan(pullRequest.number);
    });

    it('knows a merge, and opens the next one on the same branch', async () => {
      const head = await there.push(branch);
      const { pullRequest } = await ensure(wantedWith(), 'one', head);
      await there.person.merge(pullRequest.number);
      const [merged] = await found();
      expect(merged?.state).toBe('merged');
      expect(merged?.mergeCommit).toMatch(/^[0-9a-f]{40}$/);
      expect((await ensure(wantedWith(), 'one', head)).outcome).toBe('merged');
      const next = await ensure(wantedWith({ body: bodyOf('two') }), 'two', await there.push(branch));
      expect(next.outcome).toBe('created');
      expect((await found()).map(({ state }) => state)).toEqual(['open', 'merged']);
    });

    it('leaves alone what a person gave another base', async () => {
      const { pullRequest } = await ensure(wantedWith(), 'one', await there.push(branch));
      await there.person.retarget(pullRequest.number, 'next');
      const again = await ensure(wantedWith({ body: bodyOf('two') }), 'two', await there.push(branch));
      expect(again.outcome).toBe('retargeted');
      const [now] = await found();
      expect(now).toMatchObject({ base: 'next', state: 'open' });
      expect(now?.body).toContain('digest: one');
    });

    it('leaves alone what someone else opened from the branch', async () => {
      const { pullRequest } = await ensure(wantedWith(), 'one', await there.push(branch));
      await there.person.describe(pullRequest.number, 'My own words.');
      expect((await ensure(wantedWith(), 'one', await there.push(branch))).outcome).toBe('foreign');
      expect((await found())[0]?.body.trim()).toBe('My own words.');
    });

    it('opens a draft, and leaves it to people to change that', async () => {
      const head = await there.push(branch);
      expect((await ensure(wantedWith({ draft: true }), 'one', head)).pullRequest.draft).toBe(true);
      expect((await found())[0]).toMatchObject({ draft: true, title: wantedWith().title });
      expect((await ensure(wantedWith(), 'one', head)).outcome).toBe('unchanged');
      const retitled = wantedWith({ title: 'reviews in prod: 50 % to v2' });
      expect((await ensure(retitled, 'one', head)).pullRequest).toMatchObject({ draft: true, title: retitled.title });
      const [pull] = await found();
      const ready = granted(await there.forge.update(pull?.number ?? 0, { draft: false }));
      expect(ready.draft).toBe(false);
      expect((await found())[0]).toMatchObject({ draft: false, title: retitled.title });
    });

    it('writes one comment for a mark, and makes it say what it shall', async () => {
      const { pullRequest } = await ensure(wantedWith(), 'one', await there.push(branch));
      const { number } = pullRequest;
      granted(await there.forge.comment(number, 'edited', 'Someone edited the branch.'));
      granted(await there.forge.comment(number, 'edited', 'Someone edited the branch.'));
      expect(await there.comments(number)).toHaveLength(1);
      granted(await there.forge.comment(number, 'edited', 'Someone edited the branch twice.'));
      granted(await there.forge.comment(number, 'held', 'On hold.'));
      const comments = await there.comments(number);
      expect(comments).toHaveLength(2);
      expect(comments.join('\n')).toContain('branch twice.');
    });

    it("does not take a person's comment for its own, whatever that quotes", async (context) => {
      if (there.lacks.has('own comments')) context.skip('its comments have no authors');
      const { pullRequest } = await ensure(wantedWith(), 'one', await there.push(branch));
      const forged = '<!-- mainsheet: edited -->\nNot yours.';
      await there.person.comment(pullRequest.number, forged);
      granted(await there.forge.comment(pullRequest.number, 'edited', 'Ours.'));
      const comments = await there.comments(pullRequest.number);
      expect(comments).toHaveLength(2);
      expect(comments).toContain(forged);
    });

    it('posts one status for each check, and again only where it differs', async () => {
      const head = await there.push(branch);
      await ensure(wantedWith(), 'one', head);
      const proof = {
        name: 'mainsheet/proof',
        state: 'success',
        description: '12 routes proven',
        url: 'https://ci.example.com/1',
      } as const;
      const gate = { name: 'mainsheet/gate/success-rate', state: 'failure', description: '98.2 % is below 99 %' } as const;
      granted(await there.forge.report(head, [proof, gate]));
      const byName = async () => [...granted(await there.forge.statuses(head))].sort((a, b) => (a.name < b.name ? -1 : 1));
      expect(await byName()).toMatchObject([gate, proof]);
      const since = (await byName())[0]?.at ?? 0;
      expect(since).toBeGreaterThan(0);
      const before = there.requests();
      granted(await there.forge.report(head, [proof, gate]));
      expect(there.requests() - before).toBeLessThanOrEqual(1);
      granted(await there.forge.report(head, [proof, { ...gate, state: 'success', description: '99.4 %' }]));
      expect((await byName())[0]).toMatchObject({ state: 'success', description: '99.4 %' });
      expect((await byName())[0]?.at).toBeGreaterThanOrEqual(since);
      expect(await byName()).toHaveLength(2);
    });

    it('merges by itself only while the head is the one that was meant, or warns that it cannot', async () => {
      const head = await there.push(branch);
      const result = await ensurePullRequest(there.forge, wantedWith({ automerge: true }), contentOf('one', head));
      expect(result.ok).toBe(true);
      if (!result.ok) return;
      if (there.lacks.has('automerge')) expect(result.warnings).toEqual([expect.stringContaining('automatic merge')]);
      else expect(result.warnings).toEqual([]);
      const { number } = result.value.pullRequest;
      granted(await there.forge.update(number, { automerge: 'off' }));
      const stale = await there.forge.update(number, { automerge: { head: '0'.repeat(40) } });
      expect(stale).toMatchObject({ ok: true, warnings: [expect.stringContaining('automatic merge')] });
      expect((await found())[0]?.state).toBe('open');
    });

    it('asks those who shall review it', async (context) => {
      if (there.lacks.has('reviewers')) context.skip('nobody is asked');
      const head = await there.push(branch);
      const result = await ensurePullRequest(there.forge, wantedWith({ reviewers: ['jason'] }), contentOf('one', head));
      expect(result).toMatchObject({ ok: true, warnings: [], value: { outcome: 'created' } });
      const { number } = (await found())[0] ?? { number: 0 };
      expect(await there.reviewers(number)).toEqual(['jason']);
    });

    it('warns of a reviewer who is not there, and opens the pull request all the same', async (context) => {
      if (there.lacks.has('reviewers')) context.skip('nobody is asked');
      const head = await there.push(branch);
      const result = await ensurePullRequest(there.forge, wantedWith({ reviewers: ['jason', 'nobody-here'] }), contentOf('one', head));
      expect(result).toMatchObject({ ok: true, warnings: [expect.stringContaining('nobody-here')], value: { outcome: 'created' } });
      const ask = await there.forge.find(branch);
      expect(granted(ask)).toHaveLength(1);
    });

    it('closes the older of two that are open by accident, with one comment', async (context) => {
      if (there.lacks.has('several open')) context.skip('there is never more than one');
      const head = await there.push(branch);
      const first = await ensure(wantedWith(), 'one', head);
      await there.person.retarget(first.pullRequest.number, 'next');
      const second = granted(await there.forge.create(wantedWith()));
      await there.person.retarget(first.pullRequest.number, 'main').catch(() => there.person.retarget(second.number, 'main'));
      const [newest, older] = (await found()).filter(({ state, base }) => state === 'open' && base === 'main');
      if (older === undefined) context.skip('the forge itself refuses the second one');
      const again = await ensure(wantedWith(), 'one', head);
      expect(again).toMatchObject({ pullRequest: { number: newest?.number }, closed: [older?.number] });
      expect((await found()).map(({ state }) => state)).toEqual(['open', 'closed']);
      expect(await there.comments(older?.number ?? 0)).toHaveLength(1);
      await ensure(wantedWith(), 'one', head);
      expect(await there.comments(older?.number ?? 0)).toHaveLength(1);
    });

    it('says of a branch without commits of its own that there is nothing to merge', async () => {
      await there.push('main');
      const result = await there.forge.create(wantedWith({ branch: 'mainsheet/prod/nothing' }));
      expect(result.ok).toBe(false);
      expect(granted(await there.forge.find('mainsheet/prod/nothing'))).toEqual([]);
    });

    it('finds nothing on a branch that nobody knows', async () => {
      expect(granted(await there.forge.find('mainsheet/prod/ratings'))).toEqual([]);
    });
  });
}

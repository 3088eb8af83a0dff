import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePullRequest } from '../../../src/repo/forge/ensure-pull-request.ts';
import { createForgeFetch } from '../../../src/repo/forge/forge-fetch.ts';
import { openGitea } from '../../../src/repo/forge/gitea.ts';
import { commitIn, listIn, member, objectIn, text } from '../../../src/repo/forge/read-answer.ts';
import { bodyOf, branch, contentOf, type ForgeHarness, forgeContract, granted, wantedWith } from '../../repo/forge/contract.ts';
import { impatient } from '../../repo/forge/impatient.ts';
import { possibleGitea, titled } from './build-gitea.ts';
import { type Gitea, startGitea } from './start-gitea.ts';

const built = await possibleGitea();

describe.skipIf(built.absent !== undefined)(titled('Gitea itself', built), () => {
  let server: Gitea;
  beforeAll(async () => {
    server = await startGitea(built);
  }, 600_000);
  afterAll(async () => server.stop());

  let serial = 0;
  forgeContract('Gitea', async () => {
    serial += 1;
    return await giteaHarness(server, `mesh-${serial}`);
  });

  it('goes its whole way over git and the API, and merges by itself once its check is done', async () => {
    const { forge, person } = await giteaHarness(server, 'life');
    const git = workFolder(server, 'life');
    const wanted = wantedWith({ automerge: true });
    const first = git.push(branch, 'one');
    const opened = granted(await ensurePullRequest(forge, wanted, contentOf('one', first)));
    expect(opened.outcome).toBe('created');
    const { number } = opened.pullRequest;
    const second = git.push(branch, 'two');
    await until(async () => granted(await forge.find(branch))[0]?.headCommit === second);
    const next = { ...wanted, title: 'reviews in prod: 50 % to v2', body: bodyOf('two'), automerge: false };
    const held = granted(await ensurePullRequest(forge, next, contentOf('two', second)));
    expect(held).toMatchObject({ outcome: 'updated', pullRequest: { number, title: next.title } });
    granted(await forge.report(second, [{ name: 'ci', state: 'success', description: 'done' }]));
    await pause(2_000);
    expect(granted(await forge.find(branch))[0]?.state).toBe('open');
    const third = git.push(branch, 'three');
    await until(async () => granted(await forge.find(branch))[0]?.headCommit === third);
    granted(await ensurePullRequest(forge, { ...next, automerge: true }, contentOf('two', third)));
    // Gitea merges at the moment of the check alone, and not while it still looks for conflicts.
    await until(async () => objectIn(await server.asJason('GET', `/repos/jason/life/pulls/${number}`), 'it').mergeable === true);
    granted(await forge.report(third, [{ name: 'ci', state: 'success', description: 'done' }]));
    await until(async () => granted(await forge.find(branch))[0]?.state === 'merged');
    expect(granted(await forge.find(branch))[0]?.mergeCommit).toBe(git.tip('main'));
    expect(granted(await ensurePullRequest(forge, next, contentOf('two', third))).outcome).toBe('merged');
    git.delete(branch);
    // Gitea closes what is open of a deleted branch once the deletion's turn comes, also what was opened meanwhile.
    server.workOff();
    const fourth = git.push(branch, 'four');
    const after = granted(await ensurePullRequest(forge, { ...wanted, automerge: false, body: bodyOf('four') }, contentOf('four', fourth)));
    expect(after).toMatchObject({ outcome: 'created', pullRequest: { headCommit: fourth } });
    await person.close(after.pullRequest.number);
    git.delete(branch);
    expect(granted(await forge.find(branch)).map(({ state }) => state)).toEqual(['closed', 'merged']);
  });
});

const pause = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let time = 0; time < 600 && !(await isSo()); time++) await pause(300);
}

/** A clone of a repository by the bot, whose token git asks a program for. */
function workFolder({ origin, botToken }: Gitea, name: string) {
  const folder = mkdtempSync(join(tmpdir(), 'mainsheet-clone-'));
  const askpass = join(folder, 'askpass.sh');
  writeFileSync(askpass, '#!/bin/sh\ncase "$1" in Username*) echo mainsheet-bot;; *) printf "%s\\n" "$GIT_TOKEN";; esac\n', {
    mode: 0o755,
  });
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_ASKPASS: askpass,
    GIT_TOKEN: botToken,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, ...args], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  git('clone', '-q', `${origin}/jason/${name}.git`, 'work');
  const work = (...args: string[]) => git('-C', 'work', '-c', 'user.name=Bot', '-c', 'user.email=bot@example.com', ...args);
  const tip = (of: string) => git('ls-remote', `${origin}/jason/${name}.git`, `refs/heads/${of}`).slice(0, 40);
  return {
    tip,
    push: (to: string, content: string) => {
      writeFileSync(join(folder, 'work', 'reviews.yaml'), `${content}\n`);
      work('add', '.');
      work('commit', '-q', '-m', content);
      work('push', '-q', 'origin', `HEAD:refs/heads/${to}`);
      return tip(to);
    },
    delete: (name: string) => work('push', '-q', 'origin', `:refs/heads/${name}`),
  };
}

/** A new repository of jason's, to which the bot may write; main waits for a check before anything is merged by itself. */
async function giteaHarness({ origin, botToken, asJason, workOff }: Gitea, name: string): Promise<ForgeHarness> {
  const repo = `/repos/jason/${name}`;
  await asJason('POST', '/user/repos', { name, auto_init: true, default_branch: 'main' });
  await asJason('PUT', `${repo}/collaborators/mainsheet-bot`, { permission: 'write' });
  await asJason('POST', `${repo}/branches`, { new_branch_name: 'next', old_branch_name: 'main' });
  for (const label of ['mainsheet', 'canary']) await asJason('POST', `${repo}/labels`, { name: label, color: '#00aabb' });
  const checks = { enable_status_check: true, status_check_contexts: ['ci'] };
  await asJason('POST', `${repo}/branch_protections`, { rule_name: 'main', enable_push: true, ...checks });
  let requests = 0;
  const patience = { ...impatient(), wait: pause };
  const send = createForgeFetch(origin, patience);
  const counted: typeof send = (url, request) => {
    requests += 1;
    return send(url, request);
  };
  const address = { kind: 'gitea', api: `${origin}/api/v1`, repository: `jason/${name}`, token: botToken } as const;
  let files = 0;
  /** Gitea looks for conflicts in the background, and merges nothing before. */
  const untilItMay = async (call: () => Promise<unknown>): Promise<void> => {
    for (let time = 0; time < 300; time++) {
      try {
        await call();
        return;
      } catch (error) {
        if (!(error instanceof Error && error.message.includes('try again later'))) throw error;
        await pause(200);
      }
    }
  };
  return {
    forge: openGitea(address, counted, pause),
    push: async (branch) => {
      files += 1;
      const branches = listIn(await asJason('GET', `${repo}/branches`), 'branches').map((one) => text(one, 'name'));
      const where = branches.includes(branch) ? { branch } : { branch: 'main', new_branch: branch };
      const made = await asJason('POST', `${repo}/contents/file-${files}.txt`, { content: 'YQ==', message: `Change ${files}`, ...where });
      return commitIn(member(objectIn(made, 'the answer'), 'commit'), 'sha');
    },
    deleteBranch: async (branch) => {
      await asJason('DELETE', `${repo}/branches/${encodeURIComponent(branch)}`);
      workOff();
    },
    person: {
      merge: (number) => untilItMay(() => asJason('POST', `${repo}/pulls/${number}/merge`, { Do: 'merge', force_merge: true })),
      close: async (number) => void (await asJason('PATCH', `${repo}/pulls/${number}`, { state: 'closed' })),
      retarget: async (number, base) => void (await asJason('PATCH', `${repo}/pulls/${number}`, { base })),
      describe: async (number, body) => void (await asJason('PATCH', `${repo}/pulls/${number}`, { body })),
      comment: async (number, body) => void (await asJason('POST', `${repo}/issues/${number}/comments`, { body })),
    },
    comments: async (number) =>
      listIn(await asJason('GET', `${repo}/issues/${number}/comments`), 'comments').map((one) => text(one, 'body')),
    reviewers: async (number) => {
      const pull = objectIn(await asJason('GET', `${repo}/pulls/${number}`), 'the pull request');
      return listIn(pull.requested_reviewers ?? [], 'reviewers').map((one) => text(one, 'login'));
    },
    requests: () => requests,
    lacks: new Set(),
    stop: async () => {},
  };
}

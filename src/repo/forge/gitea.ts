import { giteaApi } from 'gitea-js';
import type { ForgeAddress, ForgePort, ForgePullRequest, PullRequestChange, WantedPullRequest } from '../../model/forge.ts';
import type { CommitStatus } from '../../model/pull-request.ts';
import { asFetch } from './as-fetch.ts';
import { askReviewers } from './ask-reviewers.ts';
import { createOnce, openTo } from './create-once.ts';
import { giteaDrafts } from './draft-title.ts';
import { attempt, forgeFault, orElse, orWarn, refusals, type Warn } from './forge-fault.ts';
import type { SendRequest } from './forge-fetch.ts';
import { readGiteaPull, readGiteaPulls } from './gitea-answers.ts';
import { readGiteaStatuses } from './github-answers.ts';
import { isMarked, markedText, sameText } from './marked-text.ts';
import { listIn, optionalMember, optionalText, text, wholeNumber } from './read-answer.ts';
import { statusChanges } from './status-changes.ts';
import { whenReady } from './when-ready.ts';

/** What a server gives at once unless it is set up otherwise. */
const perPage = 50;
/** Gitea cannot be asked for one branch: open ones are read in pages, the most recently changed first, and of the others the first page. */
const openPages = 4;
const longestStatus = 255;

/** Gitea and Forgejo. */
export function openGitea(
  { api, repository, token }: ForgeAddress,
  send: SendRequest,
  wait: (milliseconds: number) => Promise<void>,
): ForgePort {
  const [owner = '', repo = ''] = repository.split('/');
  const { repos, user } = giteaApi(api.replace(/\/api\/v1$/, ''), { token, customFetch: asFetch(send) });

  const page = async (state: 'open' | 'closed', number: number) => {
    const { data } = await repos.repoListPullRequests(owner, repo, { state, sort: 'recentupdate', page: number, limit: perPage });
    return { count: listIn(data, 'the list of pull requests').length, pulls: readGiteaPulls(data) };
  };

  const list = async (branch: string): Promise<readonly ForgePullRequest[]> => {
    const found = [...(await page('closed', 1)).pulls];
    for (let number = 1; number <= openPages; number++) {
      const { count, pulls } = await page('open', number);
      found.push(...pulls);
      if (count < perPage) break;
    }
    return found.filter((one) => one.branch === branch).sort((a, b) => b.number - a.number);
  };

  const open = async (wanted: WantedPullRequest): Promise<ForgePullRequest> => {
    const { branch: head, base, title, body, draft } = wanted;
    return readGiteaPull(
      (await repos.repoCreatePullRequest(owner, repo, { head, base, title: giteaDrafts.write(title, draft), body })).data,
    );
  };

  const addLabels = async (number: number, labels: readonly string[], warn: Warn): Promise<readonly string[]> => {
    let there: readonly string[] = [];
    await orWarn(warn, `labels ${labels.join(', ')}`, async () => {
      if (labels.length === 0) return;
      const { data } = await repos.issueAddLabel(owner, repo, number, { labels: [...labels] });
      there = listIn(data, 'labels').map((label) => text(label, 'name'));
      const missing = labels.filter((label) => !there.includes(label));
      if (missing.length > 0) throw forgeFault('absent', `the repository has no label ${missing.join(', ')}`);
    });
    return there;
  };

  const reviewersFor = (number: number, names: readonly string[], warn: Warn): Promise<void> =>
    askReviewers(names, warn, (asked) => repos.repoCreatePullReviewRequests(owner, repo, number, asked));

  /** Gitea checks the head only where it merges at once, so it is checked here as well. */
  const mergeWhenAllowed = (there: ForgePullRequest, head: string, warn: Warn): Promise<void> =>
    orWarn(warn, 'automatic merge', async () => {
      if (there.headCommit !== head) throw forgeFault('conflict', 'the forge shows another commit than the one that was meant');
      const merge = async () => {
        const how = { Do: 'merge', merge_when_checks_succeed: true, head_commit_id: head } as const;
        await repos.repoMergePullRequest(owner, repo, there.number, how);
      };
      const ready = () => whenReady(merge, ({ message }) => message.includes('try again later'), wait);
      await orElse(ready, ['conflict'], async (failure) => {
        if (!/already scheduled/i.test(failure.message)) throw forgeFault(failure.kind, failure.message);
      });
    });

  const change = async (number: number, wanted: PullRequestChange, warn: Warn): Promise<ForgePullRequest> => {
    const { title, body, base, state, draft, addLabels: labels = [], reviewers = [], automerge } = wanted;
    await reviewersFor(number, reviewers, warn);
    const off = async () => void (await repos.repoCancelScheduledAutoMerge(owner, repo, number));
    // "Not found" where it is off already.
    if (automerge === 'off') await orElse(off, ['absent'], async () => {});
    const there = readGiteaPull((await repos.repoGetPullRequest(owner, repo, number)).data);
    const fields = {
      ...(title !== undefined || draft !== undefined ? { title: giteaDrafts.write(title ?? there.title, draft ?? there.draft) } : {}),
      ...(body === undefined ? {} : { body }),
      ...(base === undefined ? {} : { base }),
      ...(state === undefined ? {} : { state }),
    };
    const now =
      Object.keys(fields).length === 0 ? there : readGiteaPull((await repos.repoEditPullRequest(owner, repo, number, fields)).data);
    const added = await addLabels(number, labels, warn);
    if (typeof automerge === 'object') await mergeWhenAllowed(now, automerge.head, warn);
    return { ...now, labels: [...new Set([...now.labels, ...added])] };
  };

  /** Whose comments are ours. A token without the scope `read:user` is not told, and then the mark alone decides. */
  const ownLogin = (): Promise<string | undefined> =>
    orElse(
      async () => text({ ...(await user.userGetCurrent()).data }, 'login'),
      ['forbidden', 'absent'],
      async () => undefined,
    );

  const ownComments = async (number: number) => {
    const me = await ownLogin();
    const { data } = await repos.issueGetComments(owner, repo, number);
    return listIn(data, 'comments')
      .filter((one) => me === undefined || optionalText(optionalMember(one, 'user') ?? {}, 'login') === me)
      .map((one) => ({ id: wholeNumber(one, 'id'), body: text(one, 'body') }));
  };

  const statuses = async (ref: string): Promise<readonly CommitStatus[]> =>
    readGiteaStatuses((await repos.repoGetCombinedStatusByRef(owner, repo, ref, { limit: perPage })).data);

  return {
    id: 'gitea',
    limits: { title: 250, body: 1_000_000, mermaid: true },
    asksReviewersApart: true,
    find: (branch) => attempt(() => list(branch)),
    create: (wanted) =>
      attempt(async (warn) => {
        const look = async () => openTo(wanted.base, await list(wanted.branch));
        const pull = await createOnce({ look, create: () => open(wanted), wait });
        const added = await addLabels(pull.number, wanted.labels, warn);
        return { ...pull, labels: [...new Set([...pull.labels, ...added])] };
      }),
    update: (number, wanted) => attempt((warn) => change(number, wanted, warn)),
    comment: (number, mark, words) =>
      attempt(async () => {
        const body = markedText(mark, words);
        const look = async () => (await ownComments(number)).find((one) => isMarked(one.body, mark));
        const create = async () => ({
          id: wholeNumber({ ...(await repos.issueCreateComment(owner, repo, number, { body })).data }, 'id'),
          body,
        });
        const there = await createOnce({ look, create, wait });
        if (!sameText(there.body, body)) await repos.issueEditComment(owner, repo, there.id, { body });
      }),
    statuses: (commit) => attempt(() => statuses(commit)),
    report: (sha, wanted) =>
      attempt(async (warn) => {
        for (const { name, state, description, url } of statusChanges(wanted, await statuses(sha), longestStatus)) {
          const post = async () => {
            await repos.repoCreateStatus(owner, repo, sha, { context: name, state, description, ...(url && { target_url: url }) });
          };
          await orWarn(warn, `status ${name}`, post, refusals);
        }
      }),
  };
}

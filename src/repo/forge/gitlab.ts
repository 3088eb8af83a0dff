import { Commits, MergeRequestNotes, MergeRequests, Users } from '@gitbeaker/rest';
import type { ForgeAddress, ForgePort, ForgePullRequest, PullRequestChange, WantedPullRequest } from '../../model/forge.ts';
import type { CommitStatus } from '../../model/pull-request.ts';
import { createOnce, openTo } from './create-once.ts';
import { gitlabDrafts } from './draft-title.ts';
import { attempt, forgeFault, orElse, orWarn, refusals, type Warn } from './forge-fault.ts';
import type { SendRequest } from './forge-fetch.ts';
import { gitlabStates, readGitlabMerge, readGitlabMerges, readGitlabStatuses } from './gitlab-answers.ts';
import { gitlabRequester } from './gitlab-requester.ts';
import { isMarked, markedText, sameText } from './marked-text.ts';
import { listIn, member, objectIn, text, wholeNumber } from './read-answer.ts';
import { statusChanges } from './status-changes.ts';
import { whenReady } from './when-ready.ts';

const onePage = { pagination: 'offset', maxPages: 1, page: 1 } as const;
const longestStatus = 255;

/** GitLab, on its own server too: merge requests under the names that the port has for them. */
export function openGitlab(
  { api, repository, token }: ForgeAddress,
  send: SendRequest,
  wait: (milliseconds: number) => Promise<void>,
): ForgePort {
  // As a bearer token, all of GitLab's kinds are taken: personal, project, group and OAuth ones.
  const options = { host: api.replace(/\/api\/v4$/, ''), oauthToken: token, requesterFn: gitlabRequester(send), queryTimeout: null };
  const merges = new MergeRequests(options);
  const notes = new MergeRequestNotes(options);
  const commits = new Commits(options);
  const users = new Users(options);

  const list = async (branch: string): Promise<readonly ForgePullRequest[]> => {
    const query = {
      ...onePage,
      projectId: repository,
      sourceBranch: branch,
      scope: 'all',
      orderBy: 'created_at',
      sort: 'desc',
      perPage: 50,
    } as const;
    return readGitlabMerges(await merges.all(query)).filter((one) => one.branch === branch);
  };

  const idsOf = async (names: readonly string[], warn: Warn): Promise<number[]> => {
    const ids: number[] = [];
    for (const username of names) {
      const look = async () => {
        const [user] = listIn(await users.all({ ...onePage, username, perPage: 1 }), 'users');
        if (user === undefined) throw forgeFault('absent', 'there is no such user');
        ids.push(wholeNumber(user, 'id'));
      };
      await orWarn(warn, `reviewer ${username}`, look, refusals);
    }
    return ids;
  };

  const open = async (wanted: WantedPullRequest, warn: Warn): Promise<ForgePullRequest> => {
    const { branch, base, title, body, labels, reviewers, draft } = wanted;
    const reviewerIds = await idsOf(reviewers, warn);
    const fields = { description: body, labels: labels.join(','), ...(reviewerIds.length > 0 && { reviewerIds }) };
    return readGitlabMerge(await merges.create(repository, branch, base, gitlabDrafts.write(title, draft), fields));
  };

  const mergeWhenAllowed = ({ number, draft }: ForgePullRequest, sha: string, warn: Warn): Promise<void> =>
    orWarn(warn, 'automatic merge', async () => {
      if (draft) throw forgeFault('conflict', 'a draft is not merged');
      // `auto_merge` is the name since 17.11, the other one is the name before.
      const how = { mergeWhenPipelineSucceeds: true, autoMerge: true, sha };
      const merge = async () => void (await merges.merge(repository, number, how));
      await whenReady(merge, ({ message }) => message.includes('(405)'), wait);
    });

  const change = async (number: number, wanted: PullRequestChange, warn: Warn): Promise<ForgePullRequest> => {
    const { title, body, base, state, draft, addLabels = [], automerge } = wanted;
    const off = async () => void (await merges.cancelOnPipelineSuccess(repository, number));
    // Refused where it is off already.
    if (automerge === 'off') await orElse(off, ['conflict'], async () => {});
    const there = readGitlabMerge(await merges.show(repository, number));
    const fields = {
      ...(title !== undefined || draft !== undefined ? { title: gitlabDrafts.write(title ?? there.title, draft ?? there.draft) } : {}),
      ...(body === undefined ? {} : { description: body }),
      ...(base === undefined ? {} : { targetBranch: base }),
      ...(state === undefined ? {} : { stateEvent: state === 'closed' ? ('close' as const) : ('reopen' as const) }),
      ...(addLabels.length === 0 ? {} : { addLabels: addLabels.join(',') }),
    };
    const now = Object.keys(fields).length === 0 ? there : readGitlabMerge(await merges.edit(repository, number, fields));
    if (typeof automerge === 'object') await mergeWhenAllowed(now, automerge.head, warn);
    return now;
  };

  const ownNotes = async (number: number) => {
    const me = wholeNumber(objectIn(await users.showCurrentUser(), 'the user'), 'id');
    const all = listIn(await notes.all(repository, number, { ...onePage, perPage: 100, sort: 'desc', orderBy: 'created_at' }), 'notes');
    return all
      .filter((note) => wholeNumber(member(note, 'author'), 'id') === me)
      .map((note) => ({ id: wholeNumber(note, 'id'), body: text(note, 'body') }));
  };

  const statuses = async (sha: string): Promise<readonly CommitStatus[]> => readGitlabStatuses(await commits.allStatuses(repository, sha));

  return {
    id: 'gitlab',
    // GitLab's own limits are 255 and 1,048,576 characters.
    limits: { title: 240, body: 1_000_000, mermaid: true },
    find: (branch) => attempt(() => list(branch)),
    create: (wanted) =>
      attempt((warn) => {
        const look = async () => openTo(wanted.base, await list(wanted.branch));
        return createOnce({ look, create: () => open(wanted, warn), wait });
      }),
    update: (number, wanted) => attempt((warn) => change(number, wanted, warn)),
    comment: (number, mark, words) =>
      attempt(async () => {
        const body = markedText(mark, words);
        const look = async () => (await ownNotes(number)).find((note) => isMarked(note.body, mark));
        const create = async () => ({ id: wholeNumber(objectIn(await notes.create(repository, number, body), 'the note'), 'id'), body });
        const there = await createOnce({ look, create, wait });
        if (!sameText(there.body, body)) await notes.edit(repository, number, there.id, { body });
      }),
    statuses: (commit) => attempt(() => statuses(commit)),
    report: (sha, wanted) =>
      attempt(async (warn) => {
        const spelled = wanted.map((status) => ({ ...status, state: status.state === 'error' ? ('failure' as const) : status.state }));
        for (const { name, state, description, url } of statusChanges(spelled, await statuses(sha), longestStatus)) {
          const post = async () => {
            await commits.editStatus(repository, sha, gitlabStates[state], { name, description, ...(url && { targetUrl: url }) });
          };
          await orWarn(warn, `status ${name}`, post, refusals);
        }
      }),
  };
}

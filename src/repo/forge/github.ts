import { Octokit } from '@octokit/rest';
import type { ForgeAddress, ForgePort, ForgePullRequest, PullRequestChange, WantedPullRequest } from '../../model/forge.ts';
import type { CommitStatus } from '../../model/pull-request.ts';
import { asFetch } from './as-fetch.ts';
import { askReviewers } from './ask-reviewers.ts';
import { createOnce, openTo } from './create-once.ts';
import { attempt, failureIn, orWarn, refusals, type Warn } from './forge-fault.ts';
import type { SendRequest } from './forge-fetch.ts';
import { readGithubPull, readGithubPulls, readGithubStatuses } from './github-answers.ts';
import { createGithubGraph } from './github-graph.ts';
import { isMarked, markedText, sameText } from './marked-text.ts';
import { text, wholeNumber } from './read-answer.ts';
import { statusChanges } from './status-changes.ts';

const perPage = 50;
const longestStatus = 140;

/** GitHub and GitHub Enterprise. Pull requests over REST; drafts, automatic merging and "did I write this" over GraphQL, the only place that has them. */
export function openGithub(
  { api, repository, token }: ForgeAddress,
  send: SendRequest,
  wait: (milliseconds: number) => Promise<void>,
): ForgePort {
  const [owner = '', repo = ''] = repository.split('/');
  const silent = () => {};
  const octokit = new Octokit({
    auth: token,
    baseUrl: api,
    userAgent: 'mainsheet',
    request: { fetch: asFetch(send) },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const graph = createGithubGraph(octokit);
  const at = { owner, repo };

  const list = async (branch: string): Promise<readonly ForgePullRequest[]> => {
    const query = { ...at, head: `${owner}:${branch}`, state: 'all', sort: 'created', direction: 'desc', per_page: perPage } as const;
    const { data } = await octokit.rest.pulls.list(query);
    return readGithubPulls(data).filter((one) => one.branch === branch);
  };

  const open = async (wanted: WantedPullRequest, warn: Warn): Promise<ForgePullRequest> => {
    const { title, body, base, branch: head, draft } = wanted;
    try {
      return readGithubPull((await octokit.rest.pulls.create({ ...at, title, body, base, head, draft })).data);
    } catch (thrown) {
      const failure = failureIn(thrown);
      if (!draft || failure?.kind !== 'invalid' || !/draft/i.test(failure.message)) throw thrown;
      warn(`no draft: ${failure.message}`);
      return readGithubPull((await octokit.rest.pulls.create({ ...at, title, body, base, head })).data);
    }
  };

  const addLabels = (issue_number: number, labels: readonly string[], warn: Warn): Promise<void> =>
    orWarn(warn, `labels ${labels.join(', ')}`, async () => {
      if (labels.length > 0) await octokit.rest.issues.addLabels({ ...at, issue_number, labels: [...labels] });
    });

  const reviewersFor = (pull_number: number, names: readonly string[], warn: Warn): Promise<void> =>
    askReviewers(names, warn, (asked) => octokit.rest.pulls.requestReviewers({ ...at, pull_number, ...asked }));

  const mergeWhenAllowed = (number: number, node: string, head: string, warn: Warn): Promise<void> =>
    orWarn(warn, 'automatic merge', async () => {
      const answer = await graph.enableAutomerge(node, head);
      // Nothing is left to wait for: then "once the rules allow it" is now.
      if (answer === 'nothing to wait for') await octokit.rest.pulls.merge({ ...at, pull_number: number, sha: head });
    });

  const change = async (number: number, wanted: PullRequestChange, warn: Warn): Promise<ForgePullRequest> => {
    const { title, body, base, state, draft, addLabels: labels = [], reviewers = [], automerge } = wanted;
    await reviewersFor(number, reviewers, warn);
    const fields = { ...(title && { title }), ...(body !== undefined && { body }), ...(base && { base }), ...(state && { state }) };
    const pull = { ...at, pull_number: number };
    const read = await (automerge === 'off' || Object.keys(fields).length === 0 ? octokit.rest.pulls.get(pull) : undefined);
    const node = read === undefined ? undefined : text({ ...read.data }, 'node_id');
    if (automerge === 'off' && node !== undefined) await graph.disableAutomerge(node);
    const { data } = Object.keys(fields).length > 0 || read === undefined ? await octokit.rest.pulls.update({ ...pull, ...fields }) : read;
    const now = readGithubPull(data);
    const id = text({ ...data }, 'node_id');
    if (draft !== undefined && draft !== now.draft)
      await orWarn(warn, draft ? 'no draft' : 'still a draft', () => graph.setDraft(id, draft));
    await addLabels(number, labels, warn);
    if (typeof automerge === 'object') await mergeWhenAllowed(number, id, automerge.head, warn);
    return { ...now, labels: [...new Set([...now.labels, ...labels])], ...(draft === undefined ? {} : { draft }) };
  };

  const statuses = async (ref: string): Promise<readonly CommitStatus[]> =>
    readGithubStatuses((await octokit.rest.repos.getCombinedStatusForRef({ ...at, ref, per_page: 100 })).data);

  return {
    id: 'github',
    // GitHub's own limits are 256 and 65,536 characters.
    limits: { title: 250, body: 60_000, mermaid: true },
    asksReviewersApart: true,
    find: (branch) => attempt(() => list(branch)),
    create: (wanted) =>
      attempt(async (warn) => {
        const look = async () => openTo(wanted.base, await list(wanted.branch));
        const pull = await createOnce({ look, create: () => open(wanted, warn), wait });
        await addLabels(pull.number, wanted.labels, warn);
        return { ...pull, labels: [...new Set([...pull.labels, ...wanted.labels])] };
      }),
    update: (number, wanted) => attempt((warn) => change(number, wanted, warn)),
    comment: (number, mark, words) =>
      attempt(async () => {
        const body = markedText(mark, words);
        const look = async () => (await graph.ownComments(owner, repo, number)).find((one) => isMarked(one.body, mark));
        const create = async () => {
          const { data } = await octokit.rest.issues.createComment({ ...at, issue_number: number, body });
          return { id: wholeNumber({ ...data }, 'id'), body };
        };
        const there = await createOnce({ look, create, wait });
        if (!sameText(there.body, body)) await octokit.rest.issues.updateComment({ ...at, comment_id: there.id, body });
      }),
    statuses: (commit) => attempt(() => statuses(commit)),
    report: (sha, wanted) =>
      attempt(async (warn) => {
        for (const { name, state, description, url } of statusChanges(wanted, await statuses(sha), longestStatus)) {
          const post = async () => {
            await octokit.rest.repos.createCommitStatus({ ...at, sha, context: name, state, description, ...(url && { target_url: url }) });
          };
          await orWarn(warn, `status ${name}`, post, refusals);
        }
      }),
  };
}

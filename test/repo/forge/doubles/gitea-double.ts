import { join } from 'node:path';
import { type DescribedApi, describedApi } from './described-api.ts';
import { type DoubleReply, type DoubleRequest, type ForgeDouble, type Routes, startDouble } from './forge-double.ts';
import { bot, createForgeState, type ForgeState, people, type StateComment, type StatePull, type StateStatus } from './forge-state.ts';
import { listOf, textOr } from './github-double.ts';

const repo = '/repos/{owner}/{repo}';
const repositoryId = 42;
const described = describedApi(join(import.meta.dirname, '../apis/gitea.json'));
/** Gitea reads both `do`, as it is described since 1.26, and the `Do` of before, which the client writes. */
const api: DescribedApi = {
  ...described,
  requestFaults: (operation, query, body) => described.requestFaults(operation, query, asRead(body)),
};

function asRead(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key === 'Do' ? 'do' : key, value]));
}

export interface GiteaDouble extends ForgeDouble {
  readonly state: ForgeState;
}

/** Gitea as its description has it and as test/e2e/gitea sees it behave: a double for machines without Go, and for faults. */
export async function startGiteaDouble(token: string): Promise<GiteaDouble> {
  const state = createForgeState();
  const double = await startDouble({ api, prefix: '/api/v1', token, routes: routesOf(state) });
  return { ...double, state };
}

/** The labels that the repository has: Gitea passes over others without a word. */
const labels = ['mainsheet', 'canary'];

function routesOf(state: ForgeState): Routes {
  const withPull = (request: DoubleRequest, act: (pull: StatePull) => DoubleReply): DoubleReply => {
    const pull = state.pull(Number(request.values.index));
    return pull === undefined ? { status: 404, body: { message: "The target couldn't be found." } } : act(pull);
  };
  return {
    [`GET ${repo}/pulls`]: ({ query }) => {
      const isAsked = (pull: StatePull) => (query.get('state') === 'open') === (pull.state === 'open');
      const from = (Number(query.get('page') ?? 1) - 1) * Number(query.get('limit') ?? 50);
      const found = state.pullsOf(null).filter(isAsked);
      return { status: 200, body: found.slice(from, from + Number(query.get('limit') ?? 50)).map(pullBody) };
    },
    [`POST ${repo}/pulls`]: ({ body }) => {
      const branch = String(body.head);
      const base = String(body.base);
      const tip = state.branches.get(branch);
      if (tip === undefined || !state.branches.has(base)) return { status: 404, body: { message: "The target couldn't be found." } };
      const there = state.pullsOf(branch).find((pull) => pull.state === 'open' && pull.base === base);
      if (there !== undefined)
        return { status: 409, body: { message: `pull request already exists for these targets [issue_id: ${there.number}]` } };
      const pull = state.open({ branch, base, ...titleOf(String(body.title)), body: String(body.body ?? '') });
      return { status: 201, body: pullBody(pull) };
    },
    [`GET ${repo}/pulls/{index}`]: (request) => withPull(request, (pull) => ({ status: 200, body: pullBody(pull) })),
    [`PATCH ${repo}/pulls/{index}`]: (request) => withPull(request, (pull) => edit(pull, request, state)),
    [`POST ${repo}/pulls/{index}/merge`]: (request) =>
      withPull(request, (pull) => {
        if (pull.state !== 'open') return { status: 404, body: { message: "The target couldn't be found." } };
        if (pull.draft) return { status: 405, body: { message: 'Work in progress PRs cannot be merged' } };
        if (pull.automerge)
          return {
            status: 409,
            body: { message: `pull request is already scheduled to auto merge when checks succeed [pull_id: ${pull.number}]` },
          };
        pull.automerge = true;
        return { status: 200 };
      }),
    [`DELETE ${repo}/pulls/{index}/merge`]: (request) =>
      withPull(request, (pull) => {
        if (!pull.automerge) return { status: 404, body: { message: "The target couldn't be found." } };
        pull.automerge = false;
        return { status: 204 };
      }),
    [`POST ${repo}/pulls/{index}/requested_reviewers`]: (request) =>
      withPull(request, (pull) => {
        const names = listOf(request.body.reviewers);
        const unknown = names.find((name) => !people.includes(name));
        if (unknown !== undefined) return { status: 404, body: { message: `user does not exist [uid: 0, name: ${unknown}]` } };
        for (const name of names) pull.reviewers.add(name);
        return { status: 201, body: [] };
      }),
    [`POST ${repo}/issues/{index}/labels`]: (request) =>
      withPull(request, (pull) => {
        for (const label of listOf(request.body.labels)) if (labels.includes(label)) pull.labels.add(label);
        return { status: 200, body: labelsBody(pull) };
      }),
    [`GET ${repo}/issues/{index}/comments`]: (request) =>
      withPull(request, ({ number }) => ({ status: 200, body: state.comments.filter((one) => one.number === number).map(commentBody) })),
    [`POST ${repo}/issues/{index}/comments`]: (request) =>
      withPull(request, ({ number }) => ({ status: 201, body: commentBody(state.comment(number, bot, String(request.body.body))) })),
    [`PATCH ${repo}/issues/comments/{id}`]: ({ values, body }) => {
      const comment = state.comments.find(({ id }) => id === Number(values.id));
      if (comment === undefined) return { status: 404, body: { message: "The target couldn't be found." } };
      if (comment.author !== bot) return { status: 403, body: { message: 'Forbidden' } };
      comment.body = String(body.body);
      return { status: 200, body: commentBody(comment) };
    },
    [`GET ${repo}/commits/{ref}/status`]: ({ values }) => {
      const all = state.statuses.get(values.ref ?? '') ?? [];
      const newest = [...new Map(all.map((status) => [status.name, status])).values()];
      return { status: 200, body: { state: 'pending', statuses: newest.map(statusBody), sha: values.ref } };
    },
    [`POST ${repo}/statuses/{sha}`]: ({ values, body }) => {
      const status = {
        name: String(body.context),
        state: String(body.state),
        description: String(body.description),
        url: textOr(body.target_url),
        at: state.clock(),
      };
      state.statuses.set(values.sha ?? '', [...(state.statuses.get(values.sha ?? '') ?? []), status]);
      return { status: 201, body: statusBody(status) };
    },
    'GET /user': () => ({ status: 200, body: userBody(bot) }),
  };
}

function edit(pull: StatePull, { body }: DoubleRequest, state: ForgeState): DoubleReply {
  if (body.state !== undefined && pull.state === 'merged')
    return { status: 412, body: { message: 'cannot change state of this pull request, it was already merged' } };
  if (body.base !== undefined && state.pullsOf(pull.branch).some((one) => one !== pull && one.state === 'open' && one.base === body.base))
    return { status: 409, body: { message: 'pull request already exists for these targets' } };
  if (typeof body.title === 'string') Object.assign(pull, titleOf(body.title));
  if (typeof body.body === 'string') pull.body = body.body;
  if (typeof body.base === 'string') pull.base = body.base;
  if (body.state === 'open' || body.state === 'closed') pull.state = body.state;
  return { status: 201, body: pullBody(pull) };
}

function titleOf(title: string): { readonly title: string; readonly draft: boolean } {
  return title.startsWith('WIP: ') ? { title: title.slice(5), draft: true } : { title, draft: false };
}

function pullBody(pull: StatePull): object {
  const end = (ref: string, sha: string) => ({ label: ref, ref, repo_id: repositoryId, sha });
  return {
    id: 9000 + pull.number,
    number: pull.number,
    html_url: `https://gitea.example.com/mainsheet/mesh/pulls/${pull.number}`,
    state: pull.state === 'open' ? 'open' : 'closed',
    merged: pull.state === 'merged',
    title: pull.draft ? `WIP: ${pull.title}` : pull.title,
    body: pull.body,
    draft: pull.draft,
    labels: labelsBody(pull),
    user: userBody(pull.author),
    head: end(pull.branch, pull.head),
    base: end(pull.base, 'e'.repeat(40)),
    ...(pull.mergeCommit === undefined ? {} : { merge_commit_sha: pull.mergeCommit }),
  };
}

function labelsBody(pull: StatePull): readonly object[] {
  return [...pull.labels].map((name, id) => ({ id, name, description: '' }));
}

function userBody(login: string): object {
  return { id: people.indexOf(login), login, html_url: `https://gitea.example.com/${login}`, description: '' };
}

function commentBody({ id, author, body }: StateComment): object {
  return { id, body, user: userBody(author), html_url: 'https://gitea.example.com/c' };
}

function statusBody({ name, state, description, url, at }: StateStatus): object {
  return { id: 1, context: name, status: state, description, target_url: url ?? '', created_at: at, updated_at: at };
}

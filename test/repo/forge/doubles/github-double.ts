import { join } from 'node:path';
import { describedApi } from './described-api.ts';
import { type DoubleReply, type DoubleRequest, type ForgeDouble, type Routes, startDouble } from './forge-double.ts';
import { bot, createForgeState, type ForgeState, people, type StateComment, type StatePull, type StateStatus } from './forge-state.ts';

const repo = '/repos/{owner}/{repo}';
const repositoryId = 4711;
const api = describedApi(join(import.meta.dirname, '../apis/github.json'));

export interface GithubDouble extends ForgeDouble {
  readonly state: ForgeState;
  /** Whether branches have required checks that are not done: what automatic merging waits for. */
  readonly rules: { hasPendingChecks: boolean; allowsDrafts: boolean; methods: readonly string[] };
}

/** GitHub as its description and its behaviour have it, at /api/v3 like an Enterprise server. */
export async function startGithub(token: string): Promise<GithubDouble> {
  const state = createForgeState();
  const rules = { hasPendingChecks: true, allowsDrafts: true, methods: ['SQUASH'] };
  const routes = routesOf(state, rules);
  const undescribed = { 'POST /api/graphql': (request: DoubleRequest) => graph(request, state, rules) };
  const double = await startDouble({ api, prefix: '/api/v3', token, routes, undescribed });
  return { ...double, state, rules };
}

function routesOf(state: ForgeState, rules: GithubDouble['rules']): Routes {
  const withPull = (request: DoubleRequest, act: (pull: StatePull) => DoubleReply): DoubleReply => {
    const pull = state.pull(Number(request.values.pull_number ?? request.values.issue_number));
    return pull === undefined ? { status: 404, body: { message: 'Not Found' } } : act(pull);
  };
  return {
    [`GET ${repo}/pulls`]: ({ query }) => {
      const head = query.get('head')?.split(':')[1] ?? null;
      const shown = state.pullsOf(head).filter(({ state: now }) => query.get('state') === 'all' || now === 'open');
      return { status: 200, body: shown.slice(0, Number(query.get('per_page') ?? 30)).map(pullBody) };
    },
    [`POST ${repo}/pulls`]: ({ body }) => {
      const { head: branch, base, title, body: words = '', draft = false } = body;
      const tip = state.branches.get(String(branch));
      if (tip === undefined) return invalid('Validation Failed', { field: 'head', code: 'invalid' });
      if (!state.branches.has(String(base))) return invalid('Validation Failed', { field: 'base', code: 'invalid' });
      if (state.contains(String(base), tip)) return invalid('Validation Failed', { message: `No commits between ${base} and ${branch}` });
      if (state.pullsOf(String(branch)).some((pull) => pull.state === 'open' && pull.base === base))
        return invalid('Validation Failed', { message: `A pull request already exists for mainsheet:${branch}.` });
      if (draft === true && !rules.allowsDrafts) return invalid('Draft pull requests are not supported in this repository.');
      const pull = state.open({
        branch: String(branch),
        base: String(base),
        title: String(title),
        body: String(words),
        draft: draft === true,
      });
      return { status: 201, body: pullBody(pull) };
    },
    [`GET ${repo}/pulls/{pull_number}`]: (request) => withPull(request, (pull) => ({ status: 200, body: pullBody(pull) })),
    [`PATCH ${repo}/pulls/{pull_number}`]: (request) => withPull(request, (pull) => edit(pull, request, state)),
    [`PUT ${repo}/pulls/{pull_number}/merge`]: (request) =>
      withPull(request, (pull) => {
        if (pull.state !== 'open' || pull.draft) return { status: 405, body: { message: 'Pull Request is not mergeable' } };
        if (request.body.sha !== pull.head)
          return { status: 409, body: { message: 'Head branch was modified. Review and try the merge again.' } };
        state.merge(pull);
        return { status: 200, body: { sha: pull.mergeCommit, merged: true, message: 'Pull Request successfully merged' } };
      }),
    [`POST ${repo}/pulls/{pull_number}/requested_reviewers`]: (request) =>
      withPull(request, (pull) => {
        const names = listOf(request.body.reviewers);
        if (!names.every((name) => people.includes(name)))
          return {
            status: 422,
            body: { message: 'Reviews may only be requested from collaborators. One or more of the users is not a collaborator.' },
          };
        for (const name of names) pull.reviewers.add(name);
        return { status: 201, body: pullBody(pull) };
      }),
    [`POST ${repo}/issues/{issue_number}/labels`]: (request) =>
      withPull(request, (pull) => {
        for (const label of listOf(request.body.labels)) pull.labels.add(label);
        return { status: 200, body: labelsBody(pull) };
      }),
    [`POST ${repo}/issues/{issue_number}/comments`]: (request) =>
      withPull(request, ({ number }) => ({ status: 201, body: commentBody(state.comment(number, bot, String(request.body.body))) })),
    [`PATCH ${repo}/issues/comments/{comment_id}`]: ({ values, body }) => {
      const comment = state.comments.find(({ id }) => id === Number(values.comment_id));
      if (comment === undefined) return { status: 404, body: { message: 'Not Found' } };
      if (comment.author !== bot) return { status: 403, body: { message: 'You cannot edit this comment.' } };
      comment.body = String(body.body);
      return { status: 200, body: commentBody(comment) };
    },
    [`GET ${repo}/commits/{ref}/status`]: ({ values }) => {
      const all = state.statuses.get(values.ref ?? '') ?? [];
      const newest = [...new Map(all.map((status) => [status.name, status])).values()];
      const shown = newest.map((status, id) => statusBody(status, id));
      return { status: 200, body: { state: 'pending', statuses: shown, sha: values.ref, total_count: shown.length } };
    },
    [`POST ${repo}/statuses/{sha}`]: ({ values, body }) => {
      const status = {
        name: String(body.context),
        state: String(body.state),
        description: String(body.description),
        url: textOr(body.target_url),
        at: state.clock(),
      };
      if (status.description.length > 140) return invalid('description is too long (maximum is 140 characters)');
      state.statuses.set(values.sha ?? '', [...(state.statuses.get(values.sha ?? '') ?? []), status]);
      return { status: 201, body: statusBody(status, 1) };
    },
  };
}

function edit(pull: StatePull, { body }: DoubleRequest, state: ForgeState): DoubleReply {
  if (body.base !== undefined && state.pullsOf(pull.branch).some((one) => one !== pull && one.state === 'open' && one.base === body.base))
    return invalid('Validation Failed', { message: `A pull request already exists for base branch '${body.base}'` });
  if (body.state !== undefined && pull.state === 'merged') return invalid('Validation Failed', { field: 'state', code: 'invalid' });
  if (typeof body.title === 'string') pull.title = body.title;
  if (typeof body.body === 'string') pull.body = body.body;
  if (typeof body.base === 'string') pull.base = body.base;
  if (body.state === 'open' || body.state === 'closed') pull.state = body.state;
  return { status: 200, body: pullBody(pull) };
}

/** The five documents that are asked, by their words. */
function graph({ body }: DoubleRequest, state: ForgeState, rules: GithubDouble['rules']): DoubleReply {
  const document = String(body.query);
  const variables = fieldsOf(body.variables);
  const refused = (message: string, type = 'UNPROCESSABLE') => ({ status: 200, body: { data: null, errors: [{ type, message }] } });
  const pull = state.pull(Number(variables.number ?? String(variables.pull).replace('PR_', '')));
  if (pull === undefined) return refused('Could not resolve to a PullRequest.', 'NOT_FOUND');
  if (document.includes('comments(last: 100)')) {
    const nodes = state.comments.filter(({ number }) => number === pull.number).slice(-100);
    const shown = nodes.map((one) => ({ databaseId: one.id, body: one.body, viewerDidAuthor: one.author === bot }));
    return { status: 200, body: { data: { repository: { pullRequest: { comments: { nodes: shown } } } } } };
  }
  if (document.includes('convertPullRequestToDraft')) pull.draft = true;
  else if (document.includes('markPullRequestReadyForReview')) pull.draft = false;
  else if (document.includes('disablePullRequestAutoMerge')) {
    if (!pull.automerge) return refused("Can't disable auto-merge for this pull request.");
    pull.automerge = false;
  } else if (document.includes('enablePullRequestAutoMerge')) {
    if (!rules.methods.includes(String(variables.how))) return refused('Merge method merge commits are not allowed on this repository');
    if (variables.head !== pull.head) return refused('Head sha does not match the expected head oid');
    if (!rules.hasPendingChecks) return refused('["Pull request Pull request is in clean status"]');
    pull.automerge = true;
  } else return refused('Parse error', 'PARSE');
  const [, name = ''] = /\{\s*(\w+)\(input/.exec(document) ?? [];
  return { status: 200, body: { data: { [name]: { clientMutationId: null } } } };
}

function pullBody(pull: StatePull): object {
  const repository = {
    id: repositoryId,
    node_id: 'R_1',
    name: 'mesh',
    html_url: 'https://github.example.com/mainsheet/mesh',
    description: null,
  };
  const user = { id: 1, node_id: 'U_1', login: pull.author, html_url: `https://github.example.com/${pull.author}` };
  const isMerged = pull.state === 'merged';
  return {
    id: 9000 + pull.number,
    node_id: `PR_${pull.number}`,
    number: pull.number,
    html_url: `https://github.example.com/mainsheet/mesh/pull/${pull.number}`,
    state: pull.state === 'open' ? 'open' : 'closed',
    title: pull.title,
    body: pull.body,
    draft: pull.draft,
    user,
    labels: labelsBody(pull),
    merged_at: isMerged ? '2026-11-24T12:00:00Z' : null,
    merge_commit_sha: pull.mergeCommit ?? 'f'.repeat(40),
    auto_merge: pull.automerge ? { enabled_by: user, merge_method: 'squash', commit_title: '', commit_message: '' } : null,
    head: { ref: pull.branch, sha: pull.head, label: `mainsheet:${pull.branch}`, user, repo: repository },
    base: { ref: pull.base, sha: 'e'.repeat(40), label: `mainsheet:${pull.base}`, user, repo: repository },
  };
}

function labelsBody(pull: StatePull): readonly object[] {
  return [...pull.labels].map((name, id) => ({ id, node_id: `L_${id}`, name, description: '' }));
}

function commentBody(comment: StateComment): object {
  const user = { id: 1, node_id: 'U_1', login: comment.author, html_url: 'https://github.example.com/bot' };
  return { id: comment.id, node_id: `C_${comment.id}`, html_url: 'https://github.example.com/c', body: comment.body, user };
}

function statusBody({ name, state, description, url, at }: StateStatus, id: number): object {
  const times = { created_at: at, updated_at: at };
  return { id, node_id: `S_${id}`, context: name, state, description, target_url: url, ...times };
}

function invalid(message: string, ...errors: readonly object[]): DoubleReply {
  return { status: 422, body: { message, errors, documentation_url: 'https://docs.github.com/rest' } };
}

export function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export function textOr(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

import { join } from 'node:path';
import { describedApi } from './described-api.ts';
import { type DoubleReply, type DoubleRequest, type ForgeDouble, type Routes, startDouble } from './forge-double.ts';
import { bot, createForgeState, type ForgeState, people, type StateComment, type StatePull, type StateStatus } from './forge-state.ts';
import { listOf, textOr } from './github-double.ts';

const project = '/projects/{id}';
const merge = `${project}/merge_requests/{merge_request_iid}`;
const notes = `${project}/merge_requests/{noteable_id}/notes`;
const projectId = 815;
const api = describedApi(join(import.meta.dirname, '../apis/gitlab.json'));

export interface GitlabDouble extends ForgeDouble {
  readonly state: ForgeState;
  /** Whether a pipeline runs for every head: what automatic merging waits for. */
  readonly rules: { hasPipeline: boolean };
}

/** GitLab as its reference and its behaviour have it. */
export async function startGitlab(token: string): Promise<GitlabDouble> {
  const state = createForgeState();
  const rules = { hasPipeline: true };
  const double = await startDouble({ api, prefix: '/api/v4', token, routes: routesOf(state, rules) });
  return { ...double, state, rules };
}

function routesOf(state: ForgeState, rules: GitlabDouble['rules']): Routes {
  const checked = new Set<string>();
  const withMerge = (request: DoubleRequest, act: (pull: StatePull) => DoubleReply): DoubleReply => {
    const pull = state.pull(Number(request.values.merge_request_iid ?? request.values.noteable_id));
    return pull === undefined ? { status: 404, body: { message: '404 Not found' } } : act(pull);
  };
  return {
    [`GET ${project}/merge_requests`]: ({ query }) => {
      const found = state.pullsOf(query.get('source_branch'));
      return { status: 200, body: found.slice(0, Number(query.get('per_page') ?? 20)).map(mergeBody) };
    },
    [`POST ${project}/merge_requests`]: ({ body }) => open(body, state),
    [`GET ${merge}`]: (request) => withMerge(request, (pull) => ({ status: 200, body: mergeBody(pull) })),
    [`PUT ${merge}`]: (request) => withMerge(request, (pull) => edit(pull, request, state)),
    [`PUT ${merge}/merge`]: (request) =>
      withMerge(request, (pull) => {
        if (request.body.sha !== undefined && request.body.sha !== pull.head)
          return { status: 409, body: { message: 'SHA does not match HEAD of source branch: ' } };
        // Whether it can be merged is looked into in the background.
        const isChecked = checked.has(pull.head);
        checked.add(pull.head);
        if (pull.state !== 'open' || pull.draft || !isChecked) return { status: 405, body: { message: '405 Method Not Allowed' } };
        if (request.body.auto_merge === true && rules.hasPipeline) pull.automerge = true;
        else state.merge(pull);
        return { status: 200, body: mergeBody(pull) };
      }),
    [`POST ${merge}/cancel_merge_when_pipeline_succeeds`]: (request) =>
      withMerge(request, (pull) => {
        if (!pull.automerge) return { status: 406, body: { message: '406 Not Acceptable' } };
        pull.automerge = false;
        return { status: 201, body: mergeBody(pull) };
      }),
    [`GET ${notes}`]: (request) =>
      withMerge(request, ({ number }) => {
        const found = state.comments.filter((one) => one.number === number).reverse();
        return { status: 200, body: found.map(noteBody) };
      }),
    [`POST ${notes}`]: (request) =>
      withMerge(request, ({ number }) => ({ status: 201, body: noteBody(state.comment(number, bot, String(request.body.body))) })),
    [`PUT ${notes}/{note_id}`]: ({ values, body }) => {
      const note = state.comments.find(({ id }) => id === Number(values.note_id));
      if (note === undefined) return { status: 404, body: { message: '404 Note Not Found' } };
      if (note.author !== bot) return { status: 403, body: { message: '403 Forbidden' } };
      note.body = String(body.body);
      return { status: 200, body: noteBody(note) };
    },
    [`GET ${project}/repository/commits/{sha}/statuses`]: ({ values }) => {
      const all = state.statuses.get(values.sha ?? '') ?? [];
      const newest = [...new Map(all.map((status) => [status.name, status])).values()];
      return { status: 200, body: newest.map((status, id) => statusBody(status, id, values.sha ?? '')) };
    },
    [`POST ${project}/statuses/{sha}`]: ({ values, body }) => {
      const sha = values.sha ?? '';
      const status = {
        name: String(body.name ?? 'default'),
        state: String(body.state),
        description: String(body.description ?? ''),
        url: textOr(body.target_url),
        at: state.clock(),
      };
      const before = (state.statuses.get(sha) ?? []).filter(({ name }) => name === status.name).at(-1);
      if (before?.state === 'pending' && status.state === 'pending')
        return {
          status: 400,
          body: { message: 'Cannot transition status via :enqueue from :pending (Reason(s): Status cannot transition via "enqueue")' },
        };
      state.statuses.set(sha, [...(state.statuses.get(sha) ?? []), status]);
      return { status: 201, body: statusBody(status, 1, sha) };
    },
    'GET /users': ({ query }) => ({ status: 200, body: people.filter((name) => name === query.get('username')).map(userBody) }),
    'GET /user': () => ({ status: 200, body: userBody(bot) }),
  };
}

function open(body: DoubleRequest['body'], state: ForgeState): DoubleReply {
  const branch = String(body.source_branch);
  const base = String(body.target_branch);
  if (!state.branches.has(branch)) return { status: 400, body: { message: { source_branch: ['does not exist'] } } };
  const there = state.pullsOf(branch).find((pull) => pull.state === 'open' && pull.base === base);
  if (there !== undefined)
    return { status: 409, body: { message: [`Another open merge request already exists for this source branch: !${there.number}`] } };
  const pull = state.open({ branch, base, ...titleOf(String(body.title)), body: String(body.description ?? '') });
  for (const label of namesIn(body.labels)) pull.labels.add(label);
  for (const id of listOf(body.reviewer_ids)) pull.reviewers.add(people[Number(id)] ?? '');
  return { status: 201, body: mergeBody(pull) };
}

function edit(pull: StatePull, { body }: DoubleRequest, state: ForgeState): DoubleReply {
  if (Object.keys(body).length === 0)
    return { status: 400, body: { error: 'title, description, … are missing, at least one parameter must be provided' } };
  const target = body.target_branch;
  if (target !== undefined && state.pullsOf(pull.branch).some((one) => one !== pull && one.state === 'open' && one.base === target))
    return { status: 409, body: { message: ['Another open merge request already exists for this source branch'] } };
  if (typeof body.title === 'string') Object.assign(pull, titleOf(body.title));
  if (typeof body.description === 'string') pull.body = body.description;
  if (typeof target === 'string') pull.base = target;
  if (pull.state !== 'merged' && body.state_event === 'close') pull.state = 'closed';
  if (pull.state === 'closed' && body.state_event === 'reopen') pull.state = 'open';
  for (const label of namesIn(body.add_labels)) pull.labels.add(label);
  return { status: 200, body: mergeBody(pull) };
}

function titleOf(title: string): { readonly title: string; readonly draft: boolean } {
  return title.startsWith('Draft: ') ? { title: title.slice(7), draft: true } : { title, draft: false };
}

function namesIn(value: unknown): readonly string[] {
  return typeof value === 'string' && value !== '' ? value.split(',') : [];
}

function mergeBody(pull: StatePull): object {
  return {
    id: 9000 + pull.number,
    iid: pull.number,
    project_id: projectId,
    title: pull.draft ? `Draft: ${pull.title}` : pull.title,
    description: pull.body,
    state: pull.state === 'open' ? 'opened' : pull.state,
    source_branch: pull.branch,
    target_branch: pull.base,
    source_project_id: projectId,
    target_project_id: projectId,
    labels: [...pull.labels],
    draft: pull.draft,
    merge_when_pipeline_succeeds: pull.automerge,
    detailed_merge_status: 'mergeable',
    sha: pull.head,
    merge_commit_sha: pull.mergeCommit ?? null,
    squash_commit_sha: null,
    web_url: `https://gitlab.example.com/mainsheet/mesh/-/merge_requests/${pull.number}`,
    author: userBody(pull.author),
    reviewers: [...pull.reviewers].map(userBody),
  };
}

function userBody(username: string): object {
  return { id: people.indexOf(username), username, name: username, state: 'active', web_url: `https://gitlab.example.com/${username}` };
}

function noteBody({ id, author, body }: StateComment): object {
  return { id, body, author: userBody(author), system: false };
}

function statusBody({ name, state, description, url, at }: StateStatus, id: number, sha: string): object {
  // The row is one from the first word on; what ends it is dated apart.
  const times = { created_at: '2026-12-18T08:00:00.000Z', started_at: null, finished_at: state === 'pending' ? null : at };
  return { id, sha, ref: null, status: state, name, target_url: url, description, author: userBody(bot), ...times };
}

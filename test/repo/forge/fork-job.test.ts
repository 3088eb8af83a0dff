import { expect, it } from 'vitest';
import { refuseForkJob } from '../../../src/repo/forge/fork-job.ts';

const mesh = { full_name: 'mainsheet/mesh' };
const codes = (variables: Record<string, string>, event?: object | string) =>
  refuseForkJob(variables, typeof event === 'object' ? JSON.stringify(event) : event).map(({ code }) => code);

it('refuses jobs for changes from forks', () => {
  const fork = { full_name: 'jason/mesh' };
  expect(codes({}, { repository: mesh, pull_request: { head: { repo: fork } } })).toEqual(['MS9011']);
  expect(codes({}, { repository: mesh, pull_request: { head: { repo: null } } })).toEqual(['MS9011']);
  expect(codes({}, { repository: mesh, workflow_run: { head_repository: fork } })).toEqual(['MS9011']);
  for (const GITHUB_EVENT_NAME of ['pull_request_target', 'workflow_run'])
    for (const odd of ['{', '[]', '{"pull_request": null}', '{"workflow_run": {}}'])
      expect(codes({ GITHUB_EVENT_NAME }, odd)).toEqual(['MS9011']);
  expect(codes({ GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: '/none/such' })).toEqual(['MS9011']);
  expect(codes({}, { pull_request: { head: { repo: fork }, base: { repo: mesh } } })).toEqual(['MS9011']);
  const gitlab = { CI_MERGE_REQUEST_SOURCE_PROJECT_PATH: 'jason/mesh', CI_MERGE_REQUEST_PROJECT_PATH: 'mainsheet/mesh' };
  expect(codes(gitlab)).toEqual(['MS9011']);
});

it('lets jobs of the repository itself do their work', () => {
  expect(codes({}, { repository: mesh, pull_request: { head: { repo: mesh } } })).toEqual([]);
  expect(codes({}, { repository: mesh, workflow_run: { head_repository: mesh } })).toEqual([]);
  expect(codes({}, { repository: mesh, ref: 'refs/heads/main' })).toEqual([]);
  const gitlab = { CI_MERGE_REQUEST_SOURCE_PROJECT_PATH: 'mainsheet/mesh', CI_MERGE_REQUEST_PROJECT_PATH: 'mainsheet/mesh' };
  expect(codes(gitlab)).toEqual([]);
  expect(codes({ GITHUB_EVENT_NAME: 'push' }, '{')).toEqual([]);
  for (const odd of [undefined, '', 'null', '[]', '{"pull_request":', '{"repository":1}']) expect(codes({}, odd)).toEqual([]);
});

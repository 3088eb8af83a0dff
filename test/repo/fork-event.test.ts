import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forkEvent } from '../../src/repo/fork-event.ts';

function github(event: string, name = 'pull_request'): ReturnType<typeof forkEvent> {
  const folder = mkdtempSync(join(tmpdir(), 'mainsheet-event-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'event.json'), event);
  return forkEvent({ GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: join(folder, 'event.json') });
}

const from = (head: unknown) => JSON.stringify({ pull_request: { head: { repo: head }, base: { repo: { full_name: 'bookinfo/mesh' } } } });

describe('a job for a pull request from a fork', () => {
  it('is told on GitHub and Gitea by its event', () => {
    expect(github(from({ full_name: 'someone/mesh' }))).toEqual({ head: 'someone/mesh', base: 'bookinfo/mesh' });
    expect(github(from({ full_name: 'someone/mesh' }), 'pull_request_target')?.head).toBe('someone/mesh');
    expect(github(from({ full_name: 'bookinfo/mesh' }))).toBeUndefined();
    expect(github(from({ full_name: 'someone/mesh' }), 'push')).toBeUndefined();
  });

  it('is assumed where the fork is gone, or the event cannot be read', () => {
    for (const event of [from(null), '{', '[]', '{"pull_request": null}']) expect(github(event)?.head).toBe('an unknown repository');
    expect(forkEvent({ GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: '/none/such' })).toBeDefined();
  });

  it('is told on GitLab by its variables', () => {
    const names = (source: string) => ({ CI_MERGE_REQUEST_SOURCE_PROJECT_PATH: source, CI_MERGE_REQUEST_PROJECT_PATH: 'bookinfo/mesh' });
    expect(forkEvent(names('someone/mesh'))).toEqual({ head: 'someone/mesh', base: 'bookinfo/mesh' });
    expect(forkEvent(names('bookinfo/mesh'))).toBeUndefined();
    expect(forkEvent({})).toBeUndefined();
  });
});

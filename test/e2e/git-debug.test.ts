import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openRemote } from '../../src/repo/git/remote.ts';
import { remoteBranches } from '../../src/repo/git/remote-branches.ts';
import { cloned, got, opened } from '../repo/git/repositories.ts';
import { missing, startGitServer, user } from './git-server.ts';

/** A file of its own: libraries look at DEBUG when they are loaded. */
it.skipIf(missing !== undefined)(
  `no token is printed where DEBUG asks libraries for everything${missing === undefined ? '' : `: skipped, ${missing}`}`,
  async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mainsheet-server-')));
    const server = await startGitServer(folder);
    const printed: string[] = [];
    vi.stubEnv('DEBUG', '*');
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
    try {
      const made = cloned();
      made.git('.', 'clone', '--quiet', '--bare', 'origin.git', join(folder, 'srv/x.git'));
      made.git('work', 'remote', 'set-url', 'origin', `http://${server.host}/x.git`);
      const repository = await opened(made);
      const remote = got(await openRemote(repository, 'origin'));
      expect(got(await remoteBranches(repository, remote, [], { credentials: { host: server.host, ...user } })).size).toBe(1);
      expect(process.env.DEBUG).toBe('*');
    } finally {
      spy.mockRestore();
      vi.unstubAllEnvs();
      server.stop();
      rmSync(folder, { recursive: true, force: true });
    }
    expect(printed.join('')).not.toContain(user.password);
  },
);

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { commitIn, committed, got, opened, place } from '../repo/git/repositories.ts';

const missing = spawnSync('gpg', ['--version']).error === undefined ? undefined : 'gpg is not here';

it.skipIf(missing !== undefined)(
  `signs with a real OpenPGP key, and git finds it good${missing === undefined ? '' : `: skipped, ${missing}`}`,
  async () => {
    const made = place('[commit]\n\tgpgSign = true\n[user]\n\tsigningKey = jason@example.com\n');
    const GNUPGHOME = made.path('gnupg');
    mkdirSync(GNUPGHOME);
    chmodSync(GNUPGHOME, 0o700);
    const variables = { ...made.variables, GNUPGHOME };
    const gpg = (...words: string[]) => execFileSync('gpg', ['--batch', '--quiet', ...words], { env: variables, stdio: 'pipe' });
    onTestFinished(() => void spawnSync('gpgconf', ['--kill', 'all'], { env: variables }));
    gpg('--passphrase', '', '--quick-generate-key', 'Jason <jason@example.com>', 'ed25519', 'sign', 'never');
    made.git('.', 'init', '--quiet', 'work');
    made.git('work', 'config', 'commit.gpgSign', 'false');
    const base = commitIn(made, 'work', { a: '' }, 'one');
    made.git('work', 'config', 'gpg.program', made.path('evil'));
    const repository = await opened(made, 'work', { GNUPGHOME });
    const commit = got(await committed(repository, base, { b: '' }, { sign: true, signOff: true }));
    const verified = spawnSync('git', ['-c', 'gpg.program=gpg', 'verify-commit', '-v', commit?.hash ?? ''], {
      cwd: made.path('work'),
      env: variables,
      encoding: 'utf8',
    });
    expect(verified.stderr).toContain('Good signature from "Jason <jason@example.com>"');
    expect(verified.stdout).toContain('Signed-off-by: Mainsheet <mainsheet@example.com>');
  },
);

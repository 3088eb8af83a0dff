import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isSameRepository } from '../../../src/repo/forge/same-repository.ts';

it.each<[string, string, boolean]>([
  ['https://github.com/bookinfo/mesh.git', 'git@github.com:bookinfo/mesh', true],
  ['https://github.com/bookinfo/mesh.git', 'ssh://git@ssh.github.com:443/Bookinfo/Mesh.git/', true],
  ['https://git.example.com:8443/bookinfo/mesh', 'https://jason@GIT.example.com:8443/bookinfo/mesh.git', true],
  ['https://github.com/bookinfo/mesh', 'https://github.com/bookinfo/mesh-rendered', false],
  ['https://github.com/bookinfo/mesh', 'https://gitlab.com/bookinfo/mesh', false],
])('%s and %s are one repository: %s', (a, b, isSame) => {
  expect(isSameRepository(a, b, '/')).toBe(isSame);
  expect(isSameRepository(b, a, '/')).toBe(isSame);
});

it('knows a folder by each path to it', () => {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'mainsheet-same-')));
  mkdirSync(join(top, 'mesh/.git'), { recursive: true });
  mkdirSync(join(top, 'desk'));
  symlinkSync(join(top, 'mesh'), join(top, 'link'));
  for (const other of ['../mesh/', `file://${top}/mesh/.git`, join(top, 'link'), '../desk/../mesh'])
    expect(isSameRepository(join(top, 'mesh'), other, join(top, 'desk'))).toBe(true);
  expect(isSameRepository(join(top, 'mesh'), join(top, 'desk'), top)).toBe(false);
  rmSync(top, { recursive: true });
});

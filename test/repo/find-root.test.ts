import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findRoot } from '../../src/repo/find-root.ts';
import { aFolder } from './folders.ts';

it('finds the nearest folder with settings or environments', () => {
  const root = aFolder({ 'mainsheet.yaml': '', 'team/environments/prod/environment.yaml': '', 'team/src/app/x': '' });
  expect(findRoot(join(root, 'team/environments/prod'))).toBe(join(root, 'team'));
  expect(findRoot(join(root, 'team/src/app'))).toBe(join(root, 'team'));
  expect(findRoot(root)).toBe(root);
});

it('asks the root of the git repository last', () => {
  const root = aFolder({ 'mainsheet.yaml': '', 'repository/.git': 'gitdir: elsewhere', 'repository/src/x': '' });
  expect(findRoot(join(root, 'repository/src'))).toBe(join(root, 'repository/src'));
  mkdirSync(join(root, 'repository/environments'));
  expect(findRoot(join(root, 'repository/src'))).toBe(join(root, 'repository'));
});

it('stays where it is when nothing is found, even in a folder that does not exist', () => {
  const root = aFolder({ '.git/HEAD': '', environments: 'a file' });
  expect(findRoot(join(root, 'a/b'))).toBe(join(root, 'a/b'));
});

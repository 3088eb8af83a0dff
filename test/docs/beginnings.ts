import { cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './replay.ts';

const root = process.cwd();

/** Nothing is there yet. */
export function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'mainsheet-docs-'));
}

/** Nor in the folder around it, where a remote will be. */
export function emptyFolderInAnother(): string {
  const folder = join(emptyFolder(), 'bookinfo');
  mkdirSync(folder);
  return folder;
}

/** A repository without a commit. */
export function emptyRepository(): string {
  const folder = emptyFolderInAnother();
  run('git init -q -b main', folder);
  return folder;
}

/** This repository as someone finds it who has just cloned it. */
export function clone(): string {
  const folder = emptyFolder();
  cpSync(join(root, 'environments'), join(folder, 'environments'), { recursive: true });
  run('mainsheet render && git init -q && git add -A && git commit -q -m begin', folder);
  return folder;
}

/** The same, cloned from a repository in a folder beside it. */
export function cloneOfFolder(): string {
  const remote = join(clone(), '.git');
  const top = emptyFolder();
  run(`git -C ${remote} branch -m main && git clone -q --bare ${remote} bookinfo.git && git clone -q bookinfo.git work`, top);
  return join(top, 'work');
}

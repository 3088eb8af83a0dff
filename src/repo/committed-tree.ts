import { execFileSync } from 'node:child_process';
import type { FileTree, RepoPath } from '../model/source.ts';

/** Larger inputs than a repository of intents has. */
const limit = 256 * 1024 * 1024;

/** Files beneath some folders as the last commit has them; undefined where `root` is in no repository, has no commit, or there is no git. */
export function committedTree(root: string, folders: readonly RepoPath[], accepts: (path: RepoPath) => boolean): FileTree | undefined {
  const listed = git(root, ['ls-tree', '-r', '-z', 'HEAD', '--', ...folders]);
  if (listed === undefined) return undefined;
  const entries = listed
    .toString('utf8')
    .split('\0')
    .flatMap((line): readonly (readonly [string, RepoPath])[] => {
      const [, kind, hash, path] = /^\d+ (blob) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      return kind === undefined || hash === undefined || path === undefined || !accepts(path) ? [] : [[hash, path]];
    });
  if (entries.length === 0) return new Map();
  const contents = git(root, ['cat-file', '--batch'], entries.map(([hash]) => `${hash}\n`).join(''));
  return contents === undefined ? undefined : new Map(blobsIn(contents).map((text, i) => [entries[i]?.[1] ?? '', text]));
}

/** `<hash> blob <bytes>\n<content>\n`, one behind the other. */
function blobsIn(batch: Buffer): readonly string[] {
  const texts: string[] = [];
  for (let at = 0; at < batch.length; ) {
    const head = batch.indexOf(10, at);
    const size = Number(batch.subarray(at, head).toString('latin1').split(' ')[2] ?? Number.NaN);
    if (head === -1 || !Number.isInteger(size)) break;
    texts.push(batch.subarray(head + 1, head + 1 + size).toString('utf8'));
    at = head + size + 2;
  }
  return texts;
}

function git(root: string, words: readonly string[], input = ''): Buffer | undefined {
  try {
    return execFileSync('git', ['-C', root, ...words], { input, maxBuffer: limit, stdio: ['pipe', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}

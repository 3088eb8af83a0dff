import type { ChangedBlob, Commit, HistoryCommit } from '../../model/commit.ts';
import type { GitRepository } from './repository.ts';
import type { GitAnswer } from './run-git.ts';
import { kindOf } from './tree-entries.ts';

/** Begins a commit: git takes this byte out of no message, but no message has it behind a NUL. */
const start = '\u0001';
const fields = ['%H', '%P', '%an', '%ae', '%at', '%cn', '%ce', '%ct', '%s', '%(trailers:only=true,unfold=true)'];
const format = `--format=%x01${fields.join('%x00')}%x00`;

/** Commits, and what each changed where `changes` asks for it, in the order in which git walks from `tips`, newest first. */
export function readLog(
  repository: GitRepository,
  options: readonly string[],
  tips: readonly string[],
  paths: readonly string[],
): Promise<GitAnswer> {
  const words = [
    'log',
    '-z',
    '--no-abbrev',
    '--no-renames',
    '--no-show-signature',
    '--no-mailmap',
    '--no-notes',
    '--no-color',
    format,
    ...options,
  ];
  return repository.run([...words, '--end-of-options', ...tips, '--', ...paths]);
}

/** What `readLog` was answered. */
export function commitsIn(log: string): readonly HistoryCommit[] {
  const words = log.split('\0');
  const commits: HistoryCommit[] = [];
  for (let at = 0; at < words.length; ) {
    const first = words[at] ?? '';
    if (!first.startsWith(start)) {
      at += 1;
      continue;
    }
    const commit = commitFrom([first.slice(1), ...words.slice(at + 1, at + fields.length)]);
    const changes: ChangedBlob[] = [];
    at += fields.length;
    // Behind the fields: an empty word, or `LF :<mode> <mode> <hash> <hash> <letter>` and a path for each file.
    for (; at < words.length && !(words[at] ?? '').startsWith(start); at += 1) {
      const change = changeFrom(words[at] ?? '', words[at + 1] ?? '');
      if (change === undefined) continue;
      changes.push(change);
      at += 1;
    }
    commits.push({ ...commit, changes });
  }
  return commits;
}

function commitFrom(words: readonly string[]): Commit {
  const [hash = '', parents = '', authorName = '', authorEmail = '', authorAt, name = '', email = '', at, subject = '', trailers = ''] =
    words;
  return {
    hash,
    parents: parents === '' ? [] : parents.split(' '),
    author: { name: authorName, email: authorEmail, at: Number(authorAt) },
    committer: { name, email, at: Number(at) },
    subject,
    trailers: trailers.split('\n').flatMap((line): Commit['trailers'] => {
      const colon = line.indexOf(':');
      return colon <= 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
    }),
  };
}

function changeFrom(entry: string, path: string): ChangedBlob | undefined {
  const [, oldMode = '', newMode = '', before = '', after = ''] = /^\n?:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) [A-Z]/.exec(entry) ?? [];
  if (oldMode === '') return undefined;
  return {
    path,
    ...(oldMode === '000000' || kindOf(oldMode) !== 'file' ? {} : { before }),
    ...(newMode === '000000' || kindOf(newMode) !== 'file' ? {} : { after }),
  };
}

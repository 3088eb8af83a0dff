import { showPath } from '../../model/path-rules.ts';

/** Git itself allows 255 bytes in a component of a loose ref, and file systems no more. */
const longest = 244;
const allowed = /^[A-Za-z0-9_][A-Za-z0-9_./+#@=,-]*$/;

/**
 * Why a name can't be that of a branch or remote here, as the end of a sentence; undefined when it can. A subset of what git allows
 * (git-check-ref-format): nothing that begins like an option, and nothing that a shell, a forge or a file system reads in its own way.
 */
export function branchFault(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (name.startsWith('-')) return 'it begins like an option';
  if (name.length > longest) return `it is longer than ${longest} characters`;
  if (!allowed.test(name)) return 'only letters, digits and . _ - / + # @ = , are used in names';
  if (name.includes('..')) return 'it contains ".."';
  if (name.includes('@{') || name === '@' || name === 'HEAD') return 'it means something else to git';
  if (name.split('/').some((part) => part === '' || part.startsWith('.') || part.endsWith('.') || part.endsWith('.lock')))
    return 'a part of it is empty, begins or ends with a dot, or ends with ".lock"';
  return undefined;
}

/** Why a remote can't be called so. */
export function remoteFault(name: string): string | undefined {
  return branchFault(name);
}

/**
 * Why a word can't name a commit: a branch, tag, remote branch, `HEAD` or hash, with `~2` or `^` behind it. Ranges, `:/text` and
 * `@{yesterday}` are not commits that two runs would agree on.
 */
export function revisionFault(word: string): string | undefined {
  const name = word.replace(/([~^]\d*)+$/, '');
  if (name === 'HEAD' || name === '@' || name === 'ORIG_HEAD' || name === 'FETCH_HEAD') return undefined;
  return branchFault(name);
}

/** The full hash of an object, in either of git's formats. */
export function isHash(word: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(word);
}

/** A name as a message may show it. */
export function showName(name: string): string {
  const shown = showPath(name);
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}

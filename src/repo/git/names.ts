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

/** `~2`, `^`, `^{}` and `^{commit}`: the way from a name to its commit, or to one before it. */
const behind = /(?:[~^]\d*|\^\{(?:commit)?\})*$/;

/** What a word begins with: 'main' of 'main~2^'. */
export function nameIn(word: string): string {
  return word.replace(behind, '');
}

/** Whether a name says where something else is: the branch that one follows, or is pushed to, an earlier place of it, or the branch before this one. */
export function isRelative(name: string): boolean {
  return /@\{[^{}]*\}$/.test(name);
}

/**
 * Why a word can't name a commit: a branch, tag, remote branch, `HEAD`, hash or beginning of one, `main@{u}`, `@{-1}` or `stash@{0}`, with `~2` or
 * `^` behind it. Ranges, `:/text` and `@{yesterday}` are not commits that two runs would agree on.
 */
export function revisionFault(word: string): string | undefined {
  const name = nameIn(word);
  if (name === 'HEAD' || name === '@' || name === 'ORIG_HEAD' || name === 'FETCH_HEAD') return undefined;
  if (/[^.]\.\.|^\.\./.test(name) && !name.startsWith('-'))
    return 'it is a range, and one commit is meant; where two branches part says `git merge-base main HEAD`';
  const [, of, where = ''] = /^([^{}]*)@\{([^{}]*)\}$/.exec(name) ?? [];
  if (of === undefined) return branchFault(name);
  const isKnown = of === '' ? /^(u|upstream|push|-?\d{1,6})$/i : /^(u|upstream|push|\d{1,6})$/i;
  if (!isKnown.test(where))
    return 'of what stands in braces only u, upstream, push and numbers name the same commit for everyone who asks here';
  return of === '' || of === 'HEAD' ? undefined : branchFault(of);
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

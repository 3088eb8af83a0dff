/**
 * Files named `.sourceignore`, as Flux's source-controller reads them (fluxcd/pkg sourceignore, a copy of go-git's). It differs from git: of all
 * patterns that a path meets the last one counts, so that `!/rendered/` brings back what `/*` takes away, with all that is in it.
 */
export interface IgnorePattern {
  /** Line of its file, from 0. */
  readonly line: number;
  /** The folder of its file, as names from the root of the repository. */
  readonly domain: readonly string[];
  readonly isInclusion: boolean;
  readonly isForFolders: boolean;
  /** Between slashes; one alone is looked for at any depth. */
  readonly parts: readonly string[];
}

/** The patterns of a file, in order. */
export function ignorePatterns(text: string, domain: readonly string[]): readonly IgnorePattern[] {
  return text.split(/\r?\n/).flatMap((written, line): readonly IgnorePattern[] => {
    if (written.startsWith('#') || written.trim() === '') return [];
    const isInclusion = written.startsWith('!');
    const whole = isInclusion ? written.slice(1) : written;
    const pattern = whole.endsWith('\\ ') ? whole : whole.replace(/ +$/, '');
    const isForFolders = pattern.endsWith('/');
    const parts = (isForFolders ? pattern.slice(0, -1) : pattern).split('/');
    return [{ line, domain, isInclusion, isForFolders, parts }];
  });
}

/** The pattern that decides about a file, by the names of its path from the root of the repository; undefined where none speaks of it. */
export function decidingPattern<T extends IgnorePattern>(patterns: readonly T[], path: readonly string[]): T | undefined {
  return patterns.findLast((pattern) => meets(pattern, path));
}

function meets({ domain, parts, isForFolders }: IgnorePattern, path: readonly string[]): boolean {
  if (path.length <= domain.length || domain.some((name, i) => path[i] !== name)) return false;
  const beneath = path.slice(domain.length);
  const [only = '', ...others] = parts;
  if (others.length > 0) return meetsParts(parts, isForFolders, beneath);
  return beneath.some((name, i) => matchesName(only, name) && !(isForFolders && i === beneath.length - 1));
}

/** The parts one after the other, from the top; what is beneath the last of them is met as well. `**` stands for any number of folders. */
function meetsParts(parts: readonly string[], isForFolders: boolean, path: readonly string[]): boolean {
  let at = 0;
  let isMet = false;
  let isAnywhere = false;
  for (const [i, part] of parts.entries()) {
    if (part === '') isAnywhere = false;
    else if (part === '**') {
      if (i === parts.length - 1) break;
      isAnywhere = true;
    } else {
      if (part.includes('**') || at >= path.length) return false;
      const found = isAnywhere ? path.findIndex((name, k) => k >= at && matchesName(part, name)) : at;
      if (!isAnywhere && !matchesName(part, path[at] ?? '')) return false;
      isMet = found >= 0;
      at = found < 0 ? path.length : found + 1;
      isAnywhere = false;
    }
  }
  return isMet && !(isForFolders && at === path.length);
}

/** Go's path.Match of one name; a pattern that cannot be read matches nothing. */
function matchesName(pattern: string, name: string): boolean {
  const source = nameSource(pattern);
  if (source === undefined) return false;
  try {
    return new RegExp(`^${source}$`, 'su').test(name);
  } catch {
    return false; // a range that runs backwards
  }
}

function nameSource(pattern: string): string | undefined {
  let source = '';
  const rest = pattern.match(/\\.|\[\^?(?:\\.|[^\]\\])+\]|./gsu) ?? [];
  for (const piece of rest) {
    if (piece === '*') source += '.*';
    else if (piece === '?') source += '.';
    else if (piece === '[' || piece === '\\') return undefined;
    else if (piece.startsWith('[')) source += classSource(piece);
    else source += escaped(piece.startsWith('\\') ? piece.slice(1) : piece);
  }
  return source;
}

/** `[^a-z]`: all but `^` at the front, `-` and escapes stand for themselves. */
function classSource(piece: string): string {
  const isNegated = piece.startsWith('[^');
  const inside = piece.slice(isNegated ? 2 : 1, -1);
  const pieces = inside.match(/\\.|./gsu) ?? [];
  return `[${isNegated ? '^' : ''}${pieces.map((one) => (one === '-' ? '-' : classEscaped(one.startsWith('\\') ? one.slice(1) : one))).join('')}]`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
}

function classEscaped(text: string): string {
  return text.replace(/[\\\]^[-]/gu, '\\$&');
}

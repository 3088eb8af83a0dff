import { hash } from 'node:crypto';
import { withLineFeeds } from '../model/line-ends.ts';

/** Whose file it is: not Mainsheet's, Mainsheet's as written, or Mainsheet's and changed since. */
export type Mark = 'none' | 'intact' | 'edited';

const prefix = '# mainsheet sha256:';
const markLine = /^# mainsheet sha256:([0-9a-f]{64})\n/;
/** A merge of two renders conflicts in the first line already, and puts git's own marker above the mark. */
const conflictAboveMark = /^<{7}[^\n]*\n# mainsheet sha256:/;

/** The text beneath a first line that holds its SHA-256: by it files are recognised as rendered, and hand edits seen. */
export function withMark(text: string): string {
  return `${prefix}${hash('sha256', withLineFeeds(text))}\n${text}`;
}

export function readMark(text: string): Mark {
  if (text.startsWith('\uFEFF')) return readMark(text.slice(1)) === 'none' ? 'none' : 'edited';
  const lines = withLineFeeds(text);
  if (!lines.startsWith(prefix)) return conflictAboveMark.test(lines) ? 'edited' : 'none';
  const stated = markLine.exec(lines);
  return stated !== null && stated[1] === hash('sha256', lines.slice(stated[0].length)) ? 'intact' : 'edited';
}

import type { CommentMark } from '../../model/forge.ts';

/** A comment's text with its mark in the first line, where readers do not see it. */
export function markedText(mark: CommentMark, text: string): string {
  return `<!-- mainsheet: ${mark.replace(/[^\w./:]+/g, '-')} -->\n${text}`;
}

/** Whether a comment begins with this mark: one that quotes it does not. */
export function isMarked(body: string, mark: CommentMark): boolean {
  return body.replaceAll('\r\n', '\n').startsWith(markedText(mark, ''));
}

/** Forges change line ends and trailing space; that is no change. */
export function sameText(a: string, b: string): boolean {
  return normalText(a) === normalText(b);
}

function normalText(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

import { markText } from './placeholder.ts';
import { scanTags, type Tag } from './scan-tags.ts';

/**
 * The template with a mark at the end of each line that draws something. Lines that hold only blocks, partials or comments stay
 * as they are: Handlebars removes those lines whole, and would not if something else stood on them.
 */
export function markLines(code: string, template: number): string {
  const tags = scanTags(code);
  let marked = '';
  let next = 0;
  let from = 0;
  for (let line = 1; from < code.length; line++) {
    const end = code.indexOf('\n', from);
    const stop = end === -1 ? code.length : end;
    const drawn = drawnText(code, from, stop, tags, next);
    next = drawn.next;
    marked += code.slice(from, stop) + (drawn.inTag || drawn.text.trim() === '' ? '' : markText(template, line)) + (end === -1 ? '' : '\n');
    from = stop + 1;
  }
  return marked;
}

/** What a line draws, its tags left out unless they print; and whether it ends inside a tag. */
function drawnText(code: string, from: number, stop: number, tags: readonly Tag[], first: number) {
  let text = '';
  let at = from;
  let next = first;
  for (let tag = tags[next]; tag !== undefined && tag.start < stop; tag = tags[++next]) {
    text += code.slice(at, Math.max(at, tag.start)) + (tag.kind === 'print' ? tag.text : '');
    at = tag.end;
    if (tag.end > stop) return { text, next, inTag: true };
  }
  return { text: text + code.slice(Math.min(at, stop), stop), next, inTag: false };
}

/** A `{{…}}` of a template as its text shows it, before Handlebars reads it. */
export interface Tag {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** 'print' draws something on its own line; all others only steer. */
  readonly kind: 'print' | 'open' | 'else' | 'close' | 'partial' | 'comment';
}

/** The tags in order. Linear in the text; an unclosed tag ends the scan, Handlebars will name it. */
export function scanTags(code: string): readonly Tag[] {
  const tags: Tag[] = [];
  for (let start = code.indexOf('{{'); start !== -1; start = code.indexOf('{{', tags.at(-1)?.end ?? start + 2)) {
    const closing = /^\{\{~?!--/.test(code.slice(start, start + 6)) ? '--' : '';
    const close = code.indexOf(`${closing}}}`, start + 2);
    if (close === -1) break;
    const end = close + closing.length + 2;
    const text = code.slice(start, end);
    tags.push({ text, start, end, kind: kindOf(text) });
  }
  return tags;
}

function kindOf(text: string): Tag['kind'] {
  const [, sign] = /^\{\{~?\s*([#/^>!]|else\b|)/.exec(text) ?? [];
  switch (sign) {
    case '#':
      return 'open';
    case '/':
      return 'close';
    case '>':
      return 'partial';
    case '!':
      return 'comment';
    case 'else':
      return 'else';
    case '^':
      return /^\{\{~?\s*\^\s*~?\}\}$/.test(text) ? 'else' : 'open';
    default:
      return 'print';
  }
}

/** How deep blocks stand inside each other at most. Each `{{else if}}` counts, because it is a block inside the one before. */
export function blockDepth(tags: readonly Tag[]): { readonly depth: number; readonly deepest?: Tag } {
  const open: number[] = [];
  let current = 0;
  let depth = 0;
  let deepest: Tag | undefined;
  for (const tag of tags) {
    if (tag.kind === 'open') open.push(1);
    else if (tag.kind === 'else' && /else\s+\w/.test(tag.text)) open.push((open.pop() ?? 0) + 1);
    else if (tag.kind !== 'close') continue;
    current = tag.kind === 'close' ? current - (open.pop() ?? 0) : current + 1;
    if (current > depth) {
      depth = current;
      deepest = tag;
    }
  }
  return deepest === undefined ? { depth } : { depth, deepest };
}

import { visibleText } from './visible-text.ts';

/**
 * Text of others in Markdown that a forge draws. Forges look for mentions, references and addresses in the drawn text, after entities and
 * escapes have been read, so escaping alone does not help: values stand in code, where no forge looks, and in prose a zero-width space
 * parts the sign from the name.
 */

/** A value in code, on one line, fit for a table cell. */
export function codeText(text: string, most = 160): string {
  const shown = shortened(text, most);
  return /[`|\\]/.test(shown) || shown.trim() !== shown || shown === '' ? tagged(shown) : `\`${shown}\``;
}

/** The same where Markdown is not read: inside HTML, such as a `<summary>`. */
export function htmlCode(text: string, most = 160): string {
  return tagged(shortened(text, most));
}

/** Words with text of others in them, on one line, fit for a table cell: read as nothing but text, also at the beginning of a line. */
export function proseText(text: string, most = 320): string {
  return shortened(text, most)
    .replace(/[&<>]/g, (sign) => entities[sign] ?? sign)
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/[@#!]/g, `$&${gap}`)
    .replace(/(&amp;|\\[~$]|[%^])(?=[\p{L}\p{N}"{_])/gu, `$1${gap}`)
    .replace(/:(?=\/\/)/g, `:${gap}`)
    .replace(/www(?=\.)/gi, `$&${gap}`)
    .replace(/\bGH(?=-)/gi, `$&${gap}`)
    .replace(/^[-+=#]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** The same, but words between backquotes are code. */
export function markedText(text: string, most = 320): string {
  return text
    .split('`')
    .map((part, i) => (part === '' ? '' : i % 2 === 1 ? codeText(part) : proseText(part, most)))
    .join('');
}

/** A link, where the address can stand in one as it is; else the address as code. */
export function linkText(markdown: string, url: string): string {
  return /^https?:\/\/[\w.:/~%-]+$/.test(url) ? `[${markdown}](${url})` : codeText(url);
}

/** Lines in a fence that nothing in them can close. */
export function fencedText(language: string, lines: readonly string[]): readonly string[] {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence];
}

/** Visible, and not longer than `most` characters: cut before anything is escaped, so that no escape is cut. */
export function shortened(text: string, most: number): string {
  const characters = [...visibleText(text)];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}

const gap = '&#8203;';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function tagged(text: string): string {
  return `<code>${text.replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
}

import { type Node, Parser } from 'commonmark';

/** What of a Markdown text would act where a forge draws it. */
export interface DrawnMarkdown {
  /** Text that is drawn as such: outside code of any kind. */
  readonly prose: string;
  readonly links: readonly string[];
  readonly images: readonly string[];
  /** Tags as they are written, comments included. */
  readonly tags: readonly string[];
  readonly headings: readonly string[];
}

/** What the filters of forges look for in text that is not code: mentions, references, addresses. */
export const acting: readonly RegExp[] = [
  /@[\p{L}\p{N}_]/u,
  /[#!][\p{N}]/u,
  /(^|\s)[~%$&^]["{\p{L}\p{N}]/u,
  /\bGH-\d/i,
  /:\/\//,
  /\bwww\./i,
];

/** Reads a text as CommonMark does; what stands between `<code>` tags is code, as it is for the filters of forges. */
export function drawnMarkdown(text: string): DrawnMarkdown {
  const found = { prose: [] as string[], links: [] as string[], images: [] as string[], tags: [] as string[], headings: [] as string[] };
  let isCode = false;
  const html = (literal: string) => {
    for (const [, tag = '', words = ''] of literal.matchAll(/(<!--[\s\S]*?-->|<[^>]*>)|([^<]+)/g)) {
      if (tag === '<code>') isCode = true;
      if (tag === '</code>') isCode = false;
      if (tag !== '') found.tags.push(tag);
      if (tag !== '' && !/^<\/?code>$/.test(tag)) found.prose.push('\n');
      if (words !== '' && !isCode) found.prose.push(decodedEntities(words));
    }
  };
  const walker = new Parser().parse(text).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    const { entering, node } = event;
    if (!entering) continue;
    const literal = node.literal ?? '';
    if (node.type === 'text' && !isCode) found.prose.push(literal);
    if (node.type === 'softbreak' || node.type === 'paragraph' || node.type === 'heading') found.prose.push('\n');
    if (node.type === 'html_inline' || node.type === 'html_block') html(literal);
    if (node.type === 'link') found.links.push(node.destination ?? '');
    if (node.type === 'image') found.images.push(node.destination ?? '');
    if (node.type === 'heading') found.headings.push(wordsOf(node));
  }
  return { ...found, prose: found.prose.join('') };
}

function wordsOf(node: Node): string {
  const words: string[] = [];
  for (let child = node.firstChild; child !== null; child = child.next) words.push(child.literal ?? '');
  return words.join('');
}

function decodedEntities(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

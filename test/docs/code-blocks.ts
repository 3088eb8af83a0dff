/** A fenced block of a Markdown page. */
export interface CodeBlock {
  /** The first word after the fence. */
  readonly language: string;
  /** The words after it: `intent`, and where the block is a whole file, its path. */
  readonly words: readonly string[];
  readonly text: string;
  /** Where the text stands in the page: half-open, without the fences. */
  readonly start: number;
  readonly end: number;
}

const fencedBlock = /^```(\S*)([^\n]*)\n([\s\S]*?)^```$/gm;

export function codeBlocks(page: string): readonly CodeBlock[] {
  return [...page.matchAll(fencedBlock)].map(({ index, 1: language = '', 2: rest = '', 3: text = '' }) => {
    const start = index + '```'.length + language.length + rest.length + 1;
    return { language, words: rest.split(' ').filter((word) => word !== ''), text, start, end: start + text.length };
  });
}

/** The page without its code blocks. */
export function proseOf(page: string): string {
  return page.replace(fencedBlock, '');
}

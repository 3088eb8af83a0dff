/** A stretch of a stream that holds one document: half-open, in UTF-16 code units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

// A line that begins with `---` or `...` ends what stands before it, whatever that is (YAML 1.2.2, c-forbidden).
const marker = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm;
const directive = /^%/m;

/**
 * The stretches of a stream that say something, each holding one document; undefined where directives may stand before one.
 * So a stream of thousands of documents is read and looked up one by one.
 */
export function splitDocuments(text: string): readonly Stretch[] | undefined {
  if (directive.test(text)) return undefined;
  const starts: number[] = [0];
  for (const { 0: mark, index } of text.matchAll(marker)) {
    // What `...` ends is over with that line; `---` belongs to what it begins.
    if (mark === '...') starts.push(index, index + mark.length);
    else if (index > 0) starts.push(index);
  }
  return starts
    .map((start, i) => ({ start, end: starts[i + 1] ?? text.length }))
    .filter(({ start, end }) => !silent.test(text.slice(start, end)));
}

const silent = /^(?:\uFEFF?(?:---|\.\.\.))?[ \t]*(?:#[^\n]*)?(?:\r?\n[ \t]*(?:#[^\n]*)?)*$/;

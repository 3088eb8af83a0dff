import { displayWidth } from './display-width.ts';

/** Words on lines of at most `width` columns; a longer word has a line of its own. The author's own line breaks stay. */
export function wrappedText(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrappedLine(line, width));
}

function wrappedLine(text: string, width: number): readonly string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(' ')) {
    const columns = displayWidth(word);
    if (line !== '' && used + 1 + columns > width) {
      lines.push(line);
      line = word;
      used = columns;
    } else {
      used += (line === '' ? 0 : 1) + columns;
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

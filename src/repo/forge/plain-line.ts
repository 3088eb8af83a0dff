/** What a terminal, a log or a Markdown page could act on instead of showing it. */
const active = /[\p{C}\p{Zl}\p{Zp}<>`]+/gu;
const longest = 300;

/** Text of another program as one line for people: no controls, no markup, not too long. */
export function plainLine(text: string): string {
  const line = text.replace(active, ' ').replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${[...line.slice(0, longest)].join('')}…` : line;
}

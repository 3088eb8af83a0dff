/** A text fit to be quoted in a message: one line, cut after `limit` UTF-16 code units, whatever is not plain ASCII shown as its code point. */
export function excerpt(text: string, limit = 60): string {
  const cut = text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
  return cut.replace(/[^\x20-\x7e…]/gu, (character) => {
    const name = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return character === '\n' ? '\\n' : `\\u{${name}}`;
  });
}

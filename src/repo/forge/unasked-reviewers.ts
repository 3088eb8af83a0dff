const mark = '<!-- mainsheet has still to ask for reviews -->';

/**
 * A body of which reviewers have still to be asked: taken out once they were. So a run that ends in between leaves a sign for the next one,
 * and where the sign is gone nobody is asked again, whom a person may have taken off. The last line stays the last.
 */
export function withUnasked(body: string): string {
  const text = body.trimEnd();
  const last = text.lastIndexOf('\n') + 1;
  return `${text.slice(0, last)}${mark}\n${text.slice(last)}\n`;
}

export function hasUnasked(body: string): boolean {
  return body.replaceAll('\r\n', '\n').split('\n').includes(mark);
}

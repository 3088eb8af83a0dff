import type { PullRequestTrailer } from '../model/pull-request.ts';

const opening = '<!-- mainsheet ';
const closing = ' -->';

/**
 * The last line of a body, for machines: a comment that nothing in its values can end, and that no text above can pass for, because only the
 * last line is read. What counts is in git; this is a copy for whoever has the body alone.
 */
export function trailerComment(trailer: PullRequestTrailer): string {
  const { schema, key, digest, base, tool, step } = trailer;
  const { environment, subject } = key;
  const told = {
    schema,
    key: { environment, ...(subject === undefined ? {} : { subject }) },
    digest,
    base,
    tool,
    ...(step === undefined ? {} : { step }),
  };
  return `${opening}${JSON.stringify(told).replace(/[^ !"$%'()*+,./0-9:;=?A-Z[\\\]^_a-z{|}~]/gu, escaped)}${closing}`;
}

/** JSON's own escapes: the value stays the same. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
}

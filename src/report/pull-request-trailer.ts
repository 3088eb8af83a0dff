import type { PullRequestTrailer } from '../model/pull-request.ts';

const opening = '<!-- mainsheet ';
const closing = ' -->';

/**
 * The last line of a body, for machines: a comment that nothing in its values can end, and that no text above can pass for, because only the
 * last line is read. What counts is in git; this is a copy for whoever has the body alone.
 */
export function trailerComment(trailer: PullRequestTrailer): string {
  const { schema, key, digest, base, tool, step } = trailer;
  const { environment, subject, root } = key;
  const told = {
    schema,
    key: { environment, ...(subject === undefined ? {} : { subject }), ...(root === undefined ? {} : { root }) },
    digest,
    base,
    tool,
    ...(step === undefined ? {} : { step }),
  };
  return `${opening}${JSON.stringify(told).replace(/[^ !"$%'()*+,./0-9:;=?A-Z[\\\]^_a-z{|}~]/gu, escaped)}${closing}`;
}

/** The digest in the last line of a body; undefined where there is none of ours. */
export function trailerDigest(body: string): string | undefined {
  return trailerWord(body, 'digest');
}

/** The step of a rollout, or the phase, that a body tells; undefined where it is of neither, or not ours. */
export function trailerStep(body: string): string | undefined {
  return trailerWord(body, 'step');
}

function trailerWord(body: string, word: 'digest' | 'step'): string | undefined {
  const last = body.replaceAll('\r\n', '\n').trimEnd().split('\n').at(-1) ?? '';
  if (!last.startsWith(opening) || !last.endsWith(closing)) return undefined;
  try {
    const told: unknown = JSON.parse(last.slice(opening.length, -closing.length));
    if (typeof told !== 'object' || told === null) return undefined;
    const value = Object.entries(told).find(([key]) => key === word)?.[1];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** JSON's own escapes: the value stays the same. */
function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PullRequestTrailer } from '../../src/model/pull-request.ts';
import { commitMessage } from '../../src/propose/commit-message.ts';
import { type GitTrailers, parseTrailers, printTrailers } from '../../src/propose/commit-trailers.ts';

const trailer: PullRequestTrailer = {
  schema: 1,
  key: { environment: 'prod', subject: 'reviews' },
  digest: 'd'.repeat(64),
  base: 'b'.repeat(40),
  tool: '0.1.0',
  step: 'expand',
};
const tree = 't'.repeat(40);

/** The last paragraph of a message, as `git interpret-trailers` reads it. */
function trailersOf(message: string): GitTrailers {
  const lines = message.replaceAll('\r\n', '\n').trimEnd().split('\n');
  return lines.slice(lines.findLastIndex((line) => line.trim() === '') + 1).flatMap((line): GitTrailers => {
    const colon = line.indexOf(':');
    return colon <= 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
  });
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...'%0a: \n\r\tMainsheet-'), maxLength: 20 }),
);
const trailers: fc.Arbitrary<PullRequestTrailer> = fc
  .record(
    { environment: text, subject: text, root: text, digest: text, base: text, tool: text, step: text },
    { requiredKeys: ['environment', 'digest', 'base', 'tool'] },
  )
  .map(({ environment, subject, root, digest, base, tool, step }) => ({
    ...{ schema: 1, digest, base, tool },
    key: { environment, ...(subject === undefined ? {} : { subject }), ...(root === undefined ? {} : { root }) },
    ...(step === undefined ? {} : { step }),
  }));

describe('trailers of a commit', () => {
  it('are lines that people can read', () => {
    expect(commitMessage('prod: reviews v3 gets 10 %', 'Agreed with the web team.', trailer, tree)).toBe(`prod: reviews v3 gets 10 %

Agreed with the web team.

Mainsheet-Schema: 1
Mainsheet-Environment: prod
Mainsheet-Subject: reviews
Mainsheet-Step: expand
Mainsheet-Digest: ${'d'.repeat(64)}
Mainsheet-Base: ${'b'.repeat(40)}
Mainsheet-Tool: 0.1.0
Mainsheet-Tree: ${tree}
`);
  });

  it('come back as they were, whatever is in them and above them', () => {
    fc.assert(
      fc.property(trailers, text, text, (written, title, words) => {
        const message = commitMessage(title, words, written, tree);
        expect(parseTrailers(trailersOf(message)).value).toEqual({ trailer: written, tree });
        // What git calls the subject: all lines up to the first blank one.
        expect(message.split('\n').slice(0, 2)).toEqual([expect.stringMatching(/[^ \t\v\f\r]/), '']);
        for (const line of printTrailers(written, tree)) expect(line).toMatch(/^[\x20-\x7e]+$/);
      }),
      { numRuns: 500, seed: 8 },
    );
  });

  it('are read with the lines that git adds to them', () => {
    const signed = `${commitMessage('a', undefined, trailer, tree)}Signed-off-by: jason <jason@bookinfo.example.com>\n`;
    expect(parseTrailers(trailersOf(signed.replaceAll('\n', '\r\n'))).value).toEqual({ trailer, tree });
  });

  it.each([
    ['nothing', 'a person wrote this'],
    ['a quotation', `${commitMessage('a', undefined, trailer, tree)}\nSee above.\n`],
    ['a part', 'a\n\nMainsheet-Schema: 1\nMainsheet-Environment: prod\n'],
    ['one thing twice', `${commitMessage('a', undefined, trailer, tree)}Mainsheet-Digest: e\n`],
    ['an older schema', commitMessage('a', undefined, trailer, tree).replace('Schema: 1', 'Schema: 0')],
  ])('are none where a message has %s', (_name, message) => {
    expect(parseTrailers(trailersOf(message))).toEqual({ value: undefined, diagnostics: [] });
  });

  it('of a newer schema are refused', () => {
    const { diagnostics } = parseTrailers(trailersOf(commitMessage('a', undefined, trailer, tree).replace('Schema: 1', 'Schema: 2')));
    expect(diagnostics.map(({ code }) => code)).toEqual(['MS8020']);
  });
});

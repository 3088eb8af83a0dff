import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeDocuments, parseTokens } from '../../src/document/compose-documents.ts';
import { splitDocuments } from '../../src/document/split-documents.ts';

const pieces = [
  ...['---\n', '--- \n', '--- # note\n', '...\n', '... # end\n', '\n', '# note\n', '  # note\n', '\r\n', '---\r\n'],
  ...[
    'a: 1\n',
    'b: {c: [d]}\n',
    'list:\n  - x\n',
    'text: |\n  ---\n  line\n',
    'text: >-\n  a\n\n  b\n',
    '"quoted": "x"\n',
    '--- {a: 1}\n',
    '---x: 1\n',
  ],
];

describe('splitDocuments', () => {
  it('finds the documents that the parser finds, at the same places', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => {
        const text = parts.join('');
        const whole = composeDocuments(parseTokens(text), text.length);
        // Two documents that nothing divides are one broken one; the parser's recovery from that is its own.
        fc.pre(whole.every(({ errors }) => errors.length === 0));
        const apart = splitDocuments(text)?.flatMap(({ start, end }) => {
          const part = text.slice(start, end);
          return composeDocuments(parseTokens(part), part.length).map((document) => [
            JSON.stringify(document.toJS()),
            (document.contents?.range?.[0] ?? 0) + start,
          ]);
        });
        expect(apart).toEqual(whole.map((document) => [JSON.stringify(document.toJS()), document.contents?.range?.[0] ?? 0]));
        expect(splitDocuments(text)).toHaveLength(whole.length);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  it('leaves streams with directives to the parser', () => {
    expect(splitDocuments('%YAML 1.2\n---\na: 1\n')).toBeUndefined();
  });
});

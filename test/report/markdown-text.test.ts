import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeText, fencedText, htmlCode, proseText } from '../../src/report/markdown-text.ts';
import { acting, drawnMarkdown } from '../support/drawn-markdown.ts';
import { hostileText, hostileTexts } from '../support/hostile-texts.ts';

const runs = { numRuns: 400, seed: 9 };

function inert(text: string): void {
  // In a table cell, in a list, at the beginning of a line: wherever it may stand.
  for (const around of [`a ${text} z`, `- ${text}`, text, `# ${text}`]) {
    const drawn = drawnMarkdown(around);
    expect([around, drawn.links, drawn.images]).toEqual([around, [], []]);
    expect(drawn.tags.filter((tag) => !/^<\/?code>$/.test(tag))).toEqual([]);
    for (const pattern of acting) expect(drawn.prose).not.toMatch(pattern);
  }
  expect(text).not.toMatch(/[\n\r]/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none may come through
  expect(text).not.toMatch(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/);
}

describe('text of others in Markdown', () => {
  it.each(hostileTexts)('is inert: %j', (text) => {
    for (const shown of [codeText(text), htmlCode(text), proseText(text)]) inert(shown);
  });

  it('is inert, whatever it is made of', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const shown of [codeText(text), htmlCode(text), proseText(text)]) inert(shown);
      }),
      runs,
    );
  });

  it('opens no cell of a table', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const shown of [codeText(text), htmlCode(text), proseText(text)]) {
          // cmark-gfm parts cells at every pipe but one behind an odd number of backslashes.
          const unescaped = shown.replace(/\\[\\|]/g, '');
          expect(unescaped).not.toContain('|');
        }
      }),
      runs,
    );
  });

  it('stays in its fence', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 5 }), (texts) => {
        const lines = texts.flatMap((text) => text.split('\n')).map((line) => `+${line.replace(/\r/g, '')}`);
        const drawn = drawnMarkdown([...fencedText('diff', lines), '', 'end'].join('\n'));
        expect(drawn.prose.trim()).toBe('end');
      }),
      runs,
    );
  });

  it('reads as it did where nothing in it acts', () => {
    expect(proseText('v1 90 %, v3 10 % (503 NC)')).toBe('v1 90 %, v3 10 % (503 NC)');
    expect(codeText('VirtualService bookinfo/reviews')).toBe('`VirtualService bookinfo/reviews`');
    expect(codeText('a|b')).toBe('<code>a&#124;b</code>');
    expect(proseText('ask @jason about #12')).toBe('ask @&#8203;jason about #&#8203;12');
    expect(proseText('x'.repeat(400))).toHaveLength(320);
  });
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMark, withMark } from '../../src/repo/mark.ts';

describe('withMark', () => {
  it('puts the SHA-256 of the rest into the first line', () => {
    const text = 'kind: VirtualService\n';
    const digest = createHash('sha256').update(text).digest('hex');
    expect(withMark(text)).toBe(`# mainsheet sha256:${digest}\n${text}`);
  });
});

describe('readMark', () => {
  const marked = withMark('kind: VirtualService\nmetadata:\n  name: reviews\n');

  it.each([
    ['as written', marked, 'intact'],
    ['checked out with autocrlf', marked.replaceAll('\n', '\r\n'), 'intact'],
    ['of an empty text', withMark(''), 'intact'],
    ['with a changed value', marked.replace('reviews', 'ratings'), 'edited'],
    ['with a line added', `${marked}# mine\n`, 'edited'],
    ['cut off', marked.slice(0, -10), 'edited'],
    ['with only the mark left', marked.slice(0, marked.indexOf('\n')), 'edited'],
    ['with a mangled digest', marked.replace(/sha256:..../, 'sha256:XXXX'), 'edited'],
    ['with a byte order mark added', `\uFEFF${marked}`, 'edited'],
    ['with a merge conflict in its first line', `<<<<<<< HEAD\n${marked}=======\n${marked}>>>>>>> canary\n`, 'edited'],
    ['that never had a mark', 'kind: VirtualService\n', 'none'],
    ['that is empty', '', 'none'],
    ['with the mark on the second line', `\n${marked}`, 'none'],
    ['that only mentions mainsheet', '# mainsheet wrote this\nkind: VirtualService\n', 'none'],
  ])('a file %s', (_, text, expected) => {
    expect(readMark(text)).toBe(expected);
  });

  it('holds for every text and breaks with every edit', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, fc.nat(), (body, insertion, at) => {
        expect(readMark(withMark(body))).toBe('intact');
        const place = at % (body.length + 1);
        const edited = body.slice(0, place) + insertion + body.slice(place);
        const same = edited.replaceAll('\r\n', '\n') === body.replaceAll('\r\n', '\n');
        const firstLine = withMark(body).slice(0, withMark(body).indexOf('\n') + 1);
        expect(readMark(firstLine + edited)).toBe(same ? 'intact' : 'edited');
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

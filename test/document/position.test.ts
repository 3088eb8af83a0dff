import { describe, expect, it } from 'vitest';
import { lineStarts, lineText, positionIn, positionOf } from '../../src/model/position.ts';

describe('positionOf', () => {
  it.each([
    ['a: 1\nb: 2\n', 0, 1, 1],
    ['a: 1\nb: 2\n', 4, 1, 5],
    ['a: 1\nb: 2\n', 5, 2, 1],
    ['a: 1\nb: 2\n', 10, 3, 1],
    ['a: 1\nb: 2\n', 99, 3, 1],
    ['a: 1\r\nb: 2\r\n', 6, 2, 1],
    ['a: 1\r\nb: 2\r\n', 9, 2, 4],
    ['\uFEFFa: 1\n', 0, 1, 1],
    ['\uFEFFa: 1\n', 4, 1, 4],
    ['', 0, 1, 1],
    ['é😀x', 3, 1, 4],
  ])('%j at %i', (text, offset, line, column) => {
    expect(positionOf(text, offset)).toEqual({ line, column });
    expect(positionIn(text, lineStarts(text), offset)).toEqual({ line, column });
  });
});

describe('lineText', () => {
  it('gives lines without their ends', () => {
    const text = '\uFEFFa: 1\r\nb: 2\nc';
    const starts = lineStarts(text);
    expect([1, 2, 3, 4].map((line) => lineText(text, starts, line))).toEqual(['a: 1', 'b: 2', 'c', '']);
  });
});

import { describe, expect, it } from 'vitest';
import { wildcardsAmong } from '../../src/mesh/known-hosts.ts';

describe('wildcardsAmong', () => {
  const over = wildcardsAmong(['*', '*.com', '*.example.com', '*ple.com', 'www.example.com', '*.other.com']);

  it('finds those over a host, the longest first, by any suffix', () => {
    expect(over('www.example.com')).toEqual(['*.example.com', '*ple.com', '*.com', '*']);
    expect(over('example.com')).toEqual(['*ple.com', '*.com', '*']);
    expect(over('com')).toEqual(['*']);
    expect(over('*.example.com')).toEqual(['*.example.com', '*ple.com', '*.com', '*']);
    expect(over('*.com')).toEqual(['*.com', '*']);
  });

  it('finds none where there are none', () => {
    expect(wildcardsAmong(['www.example.com'])('www.example.com')).toEqual([]);
  });
});

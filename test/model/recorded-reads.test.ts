import { describe, expect, it } from 'vitest';
import { questionsOf, rememberedByReads, withFollowers } from '../../src/model/recorded-reads.ts';

interface Names {
  readonly all: readonly string[];
  readonly has: (name: string) => boolean;
}

function namesOf(...all: readonly string[]): Names {
  return withFollowers({ all, has: (name) => all.includes(name) });
}

describe('answers remembered by what was read', () => {
  it('stand as long as every read says the same, and no longer', () => {
    let found = 0;
    const greet = rememberedByReads(({ name }: { readonly name: string }, names: Names) => {
      found += 1;
      return names.has(name) ? `hello ${name}` : 'nobody';
    });
    const jason = { name: 'jason' };
    expect(greet(jason, namesOf('jason'))).toBe('hello jason');
    expect(greet(jason, namesOf('jason', 'another'))).toBe('hello jason');
    expect(found).toBe(1);
    expect(greet(jason, namesOf('another'))).toBe('nobody');
    expect(found).toBe(2);
  });

  it('follow what indexes and other answers say, through however many', () => {
    const lengths = questionsOf((names: Names) => ({ of: (name: string) => names.all.find((one) => one === name)?.length }));
    const length = rememberedByReads(({ name }: { readonly name: string }, names: Names) => lengths(names).of(name) ?? 0);
    let found = 0;
    const double = rememberedByReads((subject: { readonly name: string }, names: Names) => {
      found += 1;
      return 2 * length(subject, names);
    });
    const jason = { name: 'jason' };
    expect([double(jason, namesOf('jason')), double(jason, namesOf('other', 'jason'))]).toEqual([10, 10]);
    expect(found).toBe(1);
    expect(double(jason, namesOf('other'))).toBe(0);
  });

  it('are found again by who reads all, when anything of it changes', () => {
    const last = rememberedByReads((_subject: object, names: Names) => names.all.at(-1));
    const subject = {};
    expect([last(subject, namesOf('a', 'b')), last(subject, namesOf('a', 'b')), last(subject, namesOf('a', 'c'))]).toEqual(['b', 'b', 'c']);
  });

  it('are never too old of who reads more than is written down', () => {
    const many = Array.from({ length: 3000 }, (_, i) => `n${i}`);
    const count = rememberedByReads((_subject: object, names: Names) => many.filter((name) => names.has(name)).length);
    const subject = {};
    expect([count(subject, namesOf(...many)), count(subject, namesOf('n1')), count(subject, namesOf('n1', 'n2999'))]).toEqual([3000, 1, 2]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AddressRange,
  addressRange,
  addressWithin,
  intersectRanges,
  printAddress,
  sameRange,
  subtractRanges,
} from '../../src/requests/address-range.ts';

const read = (text: string): AddressRange => {
  const range = addressRange(text);
  if (range === undefined) throw new Error(text);
  return range;
};

describe('ranges of addresses', () => {
  it.each([
    ['10.1.2.3/8', '10.255.255.255', true],
    ['10.1.2.3/8', '11.0.0.0', false],
    ['10.0.0.1', '10.0.0.1', true],
    ['10.0.0.1', '10.0.0.2', false],
    ['0.0.0.0/0', '255.255.255.255', true],
    ['0.0.0.0/0', '::1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['::/0', '::ffff:1.2.3.4', true],
    ['fe80::1%eth0', 'fe80::1', true],
  ])('%s has %s: %s', (range, address, within) => {
    expect(addressWithin(address, [read(range)])).toBe(within);
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.01',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0.0/x',
    '::1::',
    '1:2:3',
    ':::',
    'g::',
    '1:2:3:4:5:6:7:8:9',
    '::1.2.3',
    'a.b',
  ])('%j is none', (text) => {
    expect(addressRange(text)).toBeUndefined();
  });

  it.each(['::', '::1', '1::', '2001:db8::1', '1:0:2::3', '1:2:3:4:5:6:7:8', '10.0.0.1'])('%s is printed as it is written', (text) => {
    const { family, first } = read(text);
    expect(printAddress(family, first)).toBe(text);
  });

  it('one subnet by two of its addresses', () => {
    expect(sameRange(read('10.1.2.3/8'), read('10.9.9.9/8'))).toBe(true);
    expect(sameRange(read('10.0.0.0/8'), read('10.0.0.0/9'))).toBe(false);
  });

  it('are cut and joined as sets are', () => {
    const subnet = fc
      .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
      .map(([last, length]) => read(`10.0.0.${last}/${length}`));
    const some = fc.array(subnet, { maxLength: 4 });
    fc.assert(
      fc.property(some, some, (these, those) => {
        const both = intersectRanges(these, those);
        const left = subtractRanges(these, those);
        for (let i = 0; i < 16; i++) {
          const [inThese, inThose] = [addressWithin(`10.0.0.${i}`, these), addressWithin(`10.0.0.${i}`, those)];
          expect([i, addressWithin(`10.0.0.${i}`, both)]).toEqual([i, inThese && inThose]);
          expect([i, addressWithin(`10.0.0.${i}`, left)]).toEqual([i, inThese && !inThose]);
        }
      }),
      { seed: 31, numRuns: 1000 },
    );
  });
});

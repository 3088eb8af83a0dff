/** Addresses from `first` to `last` of one family, as numbers. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const bits = { 4: 32n, 6: 128n } as const;

export const allAddresses: readonly AddressRange[] = [
  { family: 4, first: 0n, last: (1n << bits[4]) - 1n },
  { family: 6, first: 0n, last: (1n << bits[6]) - 1n },
];

/** '10.0.0.0/8' or '::1'; undefined for a text that is neither an address nor a subnet. */
export function addressRange(text: string): AddressRange | undefined {
  const [address = '', length, ...more] = text.split('/');
  const parsed = parseAddress(address);
  if (parsed === undefined || more.length > 0) return undefined;
  const { family, value } = parsed;
  if (length === undefined) return { family, first: value, last: value };
  if (!/^\d{1,3}$/.test(length) || BigInt(length) > bits[family]) return undefined;
  const rest = bits[family] - BigInt(length);
  const first = (value >> rest) << rest;
  return { family, first, last: first + (1n << rest) - 1n };
}

/** Whether a text is an IPv4 or IPv6 address. */
export function isAddress(text: string): boolean {
  return !text.includes('/') && addressRange(text) !== undefined;
}

export function sameRange(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first === b.first && a.last === b.last;
}

/** The common parts of any of these with any of those. */
export function intersectRanges(these: readonly AddressRange[], those: readonly AddressRange[]): readonly AddressRange[] {
  return these.flatMap((a) =>
    those.flatMap((b): readonly AddressRange[] => {
      if (a.family !== b.family) return [];
      const first = a.first > b.first ? a.first : b.first;
      const last = a.last < b.last ? a.last : b.last;
      return first > last ? [] : [{ family: a.family, first, last }];
    }),
  );
}

/** What is left of these without those. */
export function subtractRanges(these: readonly AddressRange[], those: readonly AddressRange[]): readonly AddressRange[] {
  return those.reduce<readonly AddressRange[]>((left, { family, first, last }) => {
    return left.flatMap((range): readonly AddressRange[] => {
      if (range.family !== family || last < range.first || first > range.last) return [range];
      return [
        ...(range.first < first ? [{ family, first: range.first, last: first - 1n }] : []),
        ...(range.last > last ? [{ family, first: last + 1n, last: range.last }] : []),
      ];
    });
  }, these);
}

export function addressWithin(address: string, ranges: readonly AddressRange[]): boolean {
  const one = addressRange(address);
  return one !== undefined && intersectRanges([one], ranges).length > 0;
}

export function printAddress(family: 4 | 6, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(16 * (7 - i))) & 0xffffn).toString(16));
  return shortestGroups(groups);
}

function shortestGroups(groups: readonly string[]): string {
  let [start, length] = [0, 0];
  for (let i = 0; i < groups.length; i++) {
    let end = i;
    while (groups[end] === '0') end++;
    if (end - i > length) [start, length] = [i, end - i];
  }
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

function parseAddress(text: string): { readonly family: 4 | 6; readonly value: bigint } | undefined {
  if (!text.includes(':')) {
    const value = parseDotted(text);
    return value === undefined ? undefined : { family: 4, value };
  }
  const groups = expandGroups(text);
  if (groups === undefined) return undefined;
  return { family: 6, value: groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n) };
}

function parseDotted(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

/** The eight groups of an IPv6 address, a dotted tail written out; a zone is no part of it. */
function expandGroups(text: string): readonly string[] | undefined {
  const [bare = ''] = text.split('%');
  const dotted = bare.slice(bare.lastIndexOf(':') + 1);
  const tail = dotted.includes('.') ? parseDotted(dotted) : undefined;
  if (dotted.includes('.') && tail === undefined) return undefined;
  const written =
    tail === undefined ? bare : `${bare.slice(0, -dotted.length)}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  const [head = '', rest, ...more] = written.split('::');
  if (more.length > 0) return undefined;
  const before = head === '' ? [] : head.split(':');
  const after = rest === undefined || rest === '' ? [] : rest.split(':');
  const missing = 8 - before.length - after.length;
  if (rest === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) ? groups : undefined;
}

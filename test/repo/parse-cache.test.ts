import { readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/model/json.ts';
import { loadParseCache, textHash } from '../../src/repo/parse-cache.ts';
import { calls, withFault } from './disk-faults.ts';
import { aFolder, identity } from './folders.ts';

const key = textHash('service: reviews\n');
const documents: readonly JsonObject[] = [
  { service: 'reviews', 2: 'b', 1: 'a' },
  { external: 'caf\u00E9 \u2028 \u{1F6A2}', ports: { http: 80 } },
];

function saved(
  folder: string,
  entries: readonly (readonly [string, readonly JsonObject[]])[] = [[key, documents]],
  version = '0.1.0',
): void {
  const cache = loadParseCache(folder, version);
  for (const [hash, parsed] of entries) cache.put(hash, parsed);
  cache.save();
}

describe('loadParseCache', () => {
  it('gives back in a later run what an earlier one put', () => {
    const folder = join(aFolder(), 'not/yet/there');
    saved(folder);
    expect(loadParseCache(folder, '0.1.0').get(key)).toEqual(documents);
    expect(loadParseCache(folder, '0.1.0').get(textHash('other'))).toBeUndefined();
  });

  it('gives every caller a copy of his own, with the keys in their order', () => {
    const cache = loadParseCache(aFolder(), '0.1.0');
    cache.put(key, documents);
    expect(cache.get(key)?.[0]).not.toBe(cache.get(key)?.[0]);
    expect(JSON.stringify(cache.get(key))).toBe(JSON.stringify(documents));
  });

  it('keeps what other runs put, and puts nothing twice', () => {
    const folder = aFolder();
    saved(folder);
    const other = textHash('other');
    saved(folder, [[other, [{ gateway: 'bookinfo' }]]]);
    expect(loadParseCache(folder, '0.1.0').get(key)).toEqual(documents);
    expect(loadParseCache(folder, '0.1.0').get(other)).toEqual([{ gateway: 'bookinfo' }]);
    expect(readFileSync(join(folder, 'parsed-inputs'), 'utf8').split('\n')).toHaveLength(4);
  });

  it('writes nothing when nothing is new', () => {
    const folder = aFolder();
    saved(folder);
    const first = identity(folder);
    const cache = loadParseCache(folder, '0.1.0');
    cache.get(key);
    cache.save();
    expect(identity(folder)).toEqual(first);
  });

  it('is empty for another version of the tool, which may parse otherwise', () => {
    const folder = aFolder();
    saved(folder);
    expect(loadParseCache(folder, '0.2.0').get(key)).toBeUndefined();
  });

  it('drops what a run did not use once it has grown past its bound', () => {
    const folder = aFolder();
    saved(folder, [
      [key, documents],
      [textHash('unused'), [{ external: 'x'.repeat(500) }]],
    ]);
    const cache = loadParseCache(folder, '0.1.0', 600);
    cache.get(key);
    cache.put(textHash('new'), [{ service: 'new' }]);
    cache.save();
    const later = loadParseCache(folder, '0.1.0');
    expect([later.get(key), later.get(textHash('unused')), later.get(textHash('new'))]).toEqual([
      documents,
      undefined,
      [{ service: 'new' }],
    ]);
  });

  it('does not take what JSON text cannot carry', () => {
    const cache = loadParseCache(aFolder(), '0.1.0');
    cache.put(key, [{ weight: [-0] }]);
    cache.put(textHash('nan'), [{ weight: Number.NaN }]);
    expect([cache.get(key), cache.get(textHash('nan'))]).toEqual([undefined, undefined]);
  });

  it('carries __proto__ as a key like any other', () => {
    const folder = aFolder();
    saved(folder, [[key, [JSON.parse('{"__proto__": {"polluted": true}}')]]]);
    const [document = {}] = loadParseCache(folder, '0.1.0').get(key) ?? [];
    expect(Object.hasOwn(document, '__proto__')).toBe(true);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('a cache that cannot be trusted is empty', () => {
  it('wherever its file is damaged (property)', () => {
    const folder = aFolder();
    saved(folder);
    const file = join(folder, 'parsed-inputs');
    const intact = readFileSync(file);
    fc.assert(
      fc.property(fc.nat(intact.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, difference, cut) => {
        const damaged = Buffer.from(cut ? intact.subarray(0, at) : intact);
        if (!cut) damaged[at] = (damaged[at] ?? 0) ^ difference;
        writeFileSync(file, damaged);
        expect(loadParseCache(folder, '0.1.0').get(key)).toBeUndefined();
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('when the file is a link, a folder, empty, or enormous', () => {
    const [real, linked, empty, enormous] = [aFolder(), aFolder(), aFolder({ 'parsed-inputs': '' }), aFolder({ 'parsed-inputs': '' })];
    saved(real);
    symlinkSync(join(real, 'parsed-inputs'), join(linked, 'parsed-inputs'));
    truncateSync(join(enormous, 'parsed-inputs'), 2 ** 40);
    for (const folder of [linked, empty, enormous, aFolder({ 'parsed-inputs/x': '' })])
      expect(loadParseCache(folder, '0.1.0').get(key)).toBeUndefined();
  });

  it('when its folder is a file, and saving there is silently nothing', () => {
    const folder = join(aFolder({ cache: 'mine' }), 'cache');
    saved(folder);
    expect(readFileSync(folder, 'utf8')).toBe('mine');
  });

  it('or whole, wherever the disk fails while it is saved', () => {
    for (const call of calls) {
      for (let nth = 1; ; nth++) {
        const folder = aFolder();
        saved(folder);
        const { reached } = withFault(call, { errno: 'ENOSPC', nth }, () => saved(folder, [[textHash('new'), [{ service: 'new' }]]]));
        if (!reached) break;
        const found = loadParseCache(folder, '0.1.0');
        expect([documents, undefined]).toContainEqual(found.get(key));
        saved(folder);
        expect(loadParseCache(folder, '0.1.0').get(key)).toEqual(documents);
        expect(readdirSync(folder)).toEqual(['parsed-inputs']);
      }
    }
  });
});

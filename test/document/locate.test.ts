import { describe, expect, it } from 'vitest';
import { createLocator } from '../../src/document/locate.ts';
import { parseYaml } from '../../src/document/parse.ts';
import { isList, isObject, type Json } from '../../src/model/json.ts';
import { joinPointer, type Pointer } from '../../src/model/pointer.ts';

const file = 'environments/prod/reviews.yaml';
const text = `# reviews
service: reviews
canary: {version: v3, percent: 10}
pins:
  - {user: jason, version: v2}
  - users: &testers [tester-1, tester-2]
    version: v3
timeout:
labels:
  a/b: "x"
  80: y1
---
# nothing
---
service: ratings
copied: &c
  deep: 1
again: *c
`;
const locate = createLocator(new Map([[file, text]]));

function at(document: number, pointer: Pointer, part?: 'key' | 'value'): string | undefined {
  const span = locate({ file, document, pointer, ...(part === undefined ? {} : { part }) });
  return span === undefined ? undefined : text.slice(span.start, span.end);
}

describe('createLocator', () => {
  it.each([
    [0, '/service', 'reviews'],
    [0, '/canary', '{version: v3, percent: 10}'],
    [0, '/canary/percent', '10'],
    [0, '/pins/0/user', 'jason'],
    [0, '/pins/1/users/1', 'tester-2'],
    [0, '/pins/1', 'users: &testers [tester-1, tester-2]\n    version: v3'],
    [0, '/labels/a~1b', '"x"'],
    [0, '/labels/80', 'y1'],
    [1, '/service', 'ratings'],
    [1, '/again/deep', '1'],
    [1, '/again', '*c'],
  ])('finds the value of document %i at %s', (document, pointer, expected) => {
    expect(at(document, pointer)).toBe(expected);
  });

  it.each([
    ['/canary/percent', 'percent'],
    ['/canary', 'canary'],
    ['/pins/1/version', 'version'],
    ['/pins/0', 'user'],
    ['', 'service'],
  ])('finds the key at %s', (pointer, expected) => {
    expect(at(0, pointer, 'key')).toBe(expected);
  });

  it.each([
    ['/canary/sticky/cookie', 'canary'],
    ['/pins/7', 'pins'],
    ['/pins/1/match/0', 'users'],
    ['/service/name', 'reviews'],
    ['/nowhere/at/all', 'service'],
    ['/timeout', 'timeout'],
    ['/timeout/x', 'timeout'],
  ])('falls back to what is written nearest to %s', (pointer, expected) => {
    expect(at(0, pointer)).toBe(expected);
    if (pointer !== '/service/name') expect(at(0, pointer, 'key')).toBe(expected);
  });

  it('passes spans through and knows what is missing', () => {
    expect(locate({ file: 'other.yaml', start: 1, end: 2 })).toEqual({ file: 'other.yaml', start: 1, end: 2 });
    expect(locate({ file: 'other.yaml', document: 0, pointer: '' })).toBeUndefined();
    expect(at(2, '')).toBeUndefined();
  });

  it('finds exactly the text of every scalar that the parser reads', () => {
    const documents = parseYaml(file, text).value ?? [];
    const check = (document: number, pointer: Pointer, value: Json): void => {
      if (isList(value)) for (const [index, item] of value.entries()) check(document, joinPointer(pointer, index), item);
      else if (isObject(value)) for (const [key, item] of Object.entries(value)) check(document, joinPointer(pointer, key), item);
      else if (value !== null) expect(at(document, pointer)?.replaceAll('"', '')).toBe(String(value));
    };
    expect(documents).toHaveLength(2);
    for (const { index, value } of documents) check(index, '', value);
  });

  it('does not depend on line endings or a byte order mark', () => {
    const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const span = createLocator(new Map([[file, windows]]))({ file, document: 1, pointer: '/service' });
    expect(windows.slice(span?.start, span?.end)).toBe('ratings');
  });
});

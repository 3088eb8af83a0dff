import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { proseOf } from './code-blocks.ts';
import { pages } from './pages.ts';

const root = process.cwd();
const page = pages.get('docs/architecture.md') ?? '';
const rules = readFileSync(join(root, 'test/architecture/layers.test.ts'), 'utf8');

function quoted(text: string, quote: string): readonly string[] {
  return [...text.matchAll(new RegExp(`${quote}([^${quote}]+)${quote}`, 'g'))].map(([, word = '']) => word);
}

function listNamed(name: string): readonly string[] {
  const found = new RegExp(`^const ${name} = \\[([^\\]]*)\\];$`, 'm').exec(rules)?.[1];
  expect(found, name).toBeDefined();
  return quoted(found ?? '', "'");
}

/** What the test of the walls allows, read from its text. */
function allowed(): ReadonlyMap<string, readonly string[]> {
  const vocabulary = listNamed('vocabulary');
  const rows = [...rules.matchAll(/^ {2}(\w+): \[(.*)\],$/gm)].map(([, room = '', list = '']) => {
    const shared = [...list.matchAll(/\.\.\.(\w+)/g)].flatMap(([, name = '']) => listNamed(name));
    return [room, [...quoted(list, "'"), ...shared]] as const;
  });
  const packageHomes = rules.indexOf('const packageHomes');
  const rooms = rows.filter(([room]) => rules.indexOf(`  ${room}: [`) < packageHomes);
  return new Map([...rooms, ...listNamed('stages').map((stage) => [stage, vocabulary] as const)]);
}

/** What the page's table says. */
function described(): ReadonlyMap<string, readonly string[]> {
  const rows = [...page.matchAll(/^\| `(\w+)` \| (.*) \| (.*) \| (.*) \|$/gm)];
  return new Map(rows.map(([, room = '', , may = '']) => [room, roomsOf(may)] as const));
}

function roomsOf(may: string): readonly string[] {
  const groups = ['vocabulary', 'stages'].filter((group) => may.includes(`the ${group}`));
  return [...quoted(may, '`'), ...groups.flatMap(listNamed)];
}

describe('docs/architecture.md', () => {
  it('says of each folder what the test of the walls holds up', () => {
    const sorted = (table: ReadonlyMap<string, readonly string[]>) =>
      Object.fromEntries([...table].map(([room, may]) => [room, [...may].sort()]));
    expect(allowed().size).toBeGreaterThan(8);
    expect(sorted(described())).toEqual(sorted(allowed()));
  });

  it('names only files that exist', () => {
    const paths = quoted(proseOf(page), '`').filter((word) => /^[\w./-]+\/[\w.-]+\.(ts|mjs)$/.test(word));
    expect(paths.length).toBeGreaterThan(20);
    const folders = ['.', 'src', 'src/pipelines'];
    expect(paths.filter((path) => !folders.some((folder) => existsSync(join(root, folder, path))))).toEqual([]);
  });
});

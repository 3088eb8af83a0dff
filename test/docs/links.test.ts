import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { expect, test } from 'vitest';
import { anchorOf } from '../../docs/site/anchor-of.ts';
import { proseOf } from './code-blocks.ts';
import { pages } from './pages.ts';

const root = process.cwd();

/** The anchors that GitHub makes of a page's headings. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...proseOf(page).matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(headings.map(anchorOf));
}

/** Targets of Markdown links, without those to other sites. Code is not looked at. */
function relativeLinks(page: string): readonly string[] {
  const text = proseOf(page).replace(/`[^`\n]*`(?!\])/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target).filter((target) => !/^[a-z]+:/.test(target));
}

function brokenLinks(path: string, page: string): readonly string[] {
  return relativeLinks(page).filter((link) => {
    const [file = '', anchor] = link.split('#');
    if (file === '') return !anchorsOf(page).has(anchor ?? '');
    const target = normalize(join(dirname(path), file));
    if (!existsSync(join(root, target))) return true;
    if (anchor === undefined) return false;
    return statSync(join(root, target)).isDirectory() || !anchorsOf(readFileSync(join(root, target), 'utf8')).has(anchor);
  });
}

test('there are pages and links to look at', () => {
  expect([...pages].flatMap(([, page]) => relativeLinks(page)).length).toBeGreaterThan(50);
});

test.each([...pages])('every link of %s leads somewhere', (path, page) => {
  expect(brokenLinks(path, page)).toEqual([]);
});

test('a broken link would be seen', () => {
  const page = '# A page\n[no file](nowhere.md) [no heading](#nowhere) [ours](#a-page) [theirs](https://istio.io)\n';
  expect(brokenLinks('docs/README.md', page)).toEqual(['nowhere.md', '#nowhere']);
});

test('every page can be reached from README', () => {
  const seen = new Set<string>();
  const queue = ['README.md'];
  for (const path of queue) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const link of relativeLinks(pages.get(path) ?? '')) {
      const target = normalize(join(dirname(path), link.split('#')[0] ?? ''));
      if (pages.has(target)) queue.push(target);
    }
  }
  const generated = /^docs\/diagnostics\//;
  expect([...pages.keys()].filter((path) => !seen.has(path) && !generated.test(path))).toEqual([]);
});

test('every source that a page names by a short mark is given at its end', () => {
  for (const [path, page] of pages) {
    const text = proseOf(page);
    const named = [...text.matchAll(/\[([A-Z]\d)\](?![:(])/g)].map(([, mark]) => mark);
    const given = [...text.matchAll(/^\[([A-Z]\d)\]: https:\/\/\S+$/gm)].map(([, mark]) => mark);
    expect([...new Set(given)].sort(), path).toEqual([...new Set(named)].sort());
  }
});

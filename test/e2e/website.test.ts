import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { treeOf } from '../support/tree-of.ts';

const vitepress = join(process.cwd(), 'docs/site/node_modules/.bin/vitepress');
const base = '/a/sub-path/';

/** Targets of links, styles and scripts of a page. */
function targetsOf(html: string): readonly string[] {
  return [...html.matchAll(/<[^>]*?\s(?:href|src)="([^"]+)"/g)].map(([, target = '']) => target.replaceAll('&amp;', '&'));
}

function idsOf(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id));
}

describe.skipIf(!existsSync(vitepress))('the site of docs/, under a sub-path (needs `npm ci` in docs/site)', () => {
  let folder = '';
  let pages: ReadonlyMap<string, string> = new Map();

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mainsheet-website-'));
    execFileSync(vitepress, ['build', 'docs/site', '--base', base, '--outDir', folder], { stdio: 'pipe' });
    pages = treeOf(folder, (path) => path.endsWith('.html'));
  }, 600_000);

  it('has a page for each finding, and the first page', () => {
    expect(pages.size).toBeGreaterThan(500);
    expect(pages.get('index.html')).toContain('GitOps compiler');
  });

  it('has no link that leads nowhere, to a page or to a heading', () => {
    const ids = new Map([...pages].map(([path, html]) => [path, idsOf(html)]));
    const broken = [...pages].flatMap(([path, html]) =>
      targetsOf(html)
        .filter((target) => !/^[a-z]+:/.test(target) && !leads(path, target, ids))
        .map((target) => `${path}: ${target}`),
    );
    expect([...new Set(broken)]).toEqual([]);
  });

  it('shows what pages say between double braces as it is', () => {
    expect(pages.get('gates.html')).toContain('{{version}}');
  });

  function leads(from: string, target: string, ids: ReadonlyMap<string, ReadonlySet<string>>): boolean {
    const [path = '', anchor] = decodeURI(target).split('#');
    if (path !== '' && !path.startsWith('/')) return false;
    if (path !== '' && !path.startsWith(base)) return false;
    const file = path === '' ? from : fileOf(path.slice(base.length));
    if (file.endsWith('.html')) return ids.has(file) && (!anchor || ids.get(file)?.has(anchor) === true);
    return existsSync(join(folder, file));
  }

  function fileOf(path: string): string {
    if (path === '' || path.endsWith('/')) return `${path}index.html`;
    return posix.extname(path) === '' ? `${path}.html` : path;
  }
});

it('the lock file of the site names no server: whoever installs uses their own', () => {
  const { packages } = JSON.parse(readFileSync('docs/site/package-lock.json', 'utf8')) as {
    packages: Record<string, { resolved?: string }>;
  };
  const fixed = Object.values(packages).filter(({ resolved }) => resolved !== undefined);
  expect(fixed).toEqual([]);
});

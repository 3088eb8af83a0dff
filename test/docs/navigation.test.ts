import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sectionsOf, sidebarOf } from '../../docs/site/navigation.ts';
import { pageAddress } from '../../docs/site/page-address.ts';
import { contents, findings, sitePages } from '../../docs/site/site-pages.ts';

const root = process.cwd();
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const named = [contents, findings].flatMap((page) =>
  sectionsOf(text(page), page).flatMap(({ pages }) => pages.map(({ source }) => source)),
);
const sidebar = sidebarOf(text(contents), text(findings));

test('the contents name every page of the site exactly once', () => {
  expect(named.length).toBeGreaterThan(400);
  expect([...named].sort()).toEqual([...sitePages(root)].filter((path) => path !== 'README.md' && path !== contents).sort());
});

test('what the contents name is there', () => {
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('each page has an address of its own, and the lists beside pages lead to these', () => {
  const addresses = new Set([...sitePages(root)].map((path) => `/${pageAddress(path)}`));
  expect(addresses.size).toBe(sitePages(root).size);
  const links = Object.values(sidebar).flatMap((groups) => groups.flatMap(({ items }) => items.map(({ link }) => link)));
  const pages = links.map((link) => link.replace(/#.*$/, '').replace(/\/$/, '/index.md'));
  expect(pages.filter((page) => !addresses.has(page))).toEqual([]);
});

test('beside a finding stand those of its band', () => {
  const beside = (path: string) => Object.entries(sidebar).find(([start]) => path.startsWith(start))?.[1];
  const texts = (path: string) => beside(path)?.flatMap(({ items }) => items.map(({ text: title }) => title)) ?? [];
  expect(texts('/diagnostics/MS2001')).toContain('MS2001 known-version');
  expect(texts('/diagnostics/MS2001').filter((title) => /^MS[^2]/.test(title))).toEqual([]);
  expect(texts('/tutorial')).toContain('Tutorial');
});

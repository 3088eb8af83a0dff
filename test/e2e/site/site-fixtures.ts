import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { runBuilt } from '../../cli/built-cli.ts';
import { put } from '../../cli/cli-fixtures.ts';
import { gitIn } from '../../cli/site-repository.ts';
import { type OpenedPage, withBrowser } from './browser.ts';

export interface BookinfoSite {
  /** Gone after the tests. */
  readonly home: string;
  /** The inputs of the site. */
  readonly folder: () => string;
  readonly open: (hash: string) => Promise<OpenedPage>;
  /** Opens a page, of another file where one is named, and sees to it that nothing went wrong on it, and that it asked for nothing but itself. */
  readonly visit: (hash: string, look: (page: Page) => Promise<void>, options?: BrowserContextOptions, file?: string) => Promise<void>;
}

/** This repository's Bookinfo, promoted from dev to prod, with a rollout on its way: its site, in a browser. */
export function bookinfoSite(): BookinfoSite {
  const openFile = withBrowser();
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'mainsheet-site-')));
  const folder = join(home, 'bookinfo');
  let own = '';
  beforeAll(() => {
    writeBookinfo(folder);
    own = siteIn(folder);
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  return {
    home,
    folder: () => folder,
    open: (hash) => openFile(own, hash),
    visit: async (hash, look, options, file = own) => {
      const { page, faults, requests } = await openFile(file, hash, options);
      await look(page);
      expect(faults).toEqual([]);
      expect([...new Set(requests.map((address) => address.replace(/^file:\/\/|#.*$/g, '')))]).toEqual([file]);
      await page.context().close();
    },
  };
}

function writeBookinfo(folder: string): void {
  cpSync(join(process.cwd(), 'environments'), join(folder, 'environments'), { recursive: true });
  put(folder, 'mainsheet.yaml', 'order: [dev, staging, prod]\n');
  put(
    folder,
    'environments/prod/services/details.yaml',
    'service: details\ncanary: {version: v2, percent: 25}\nrollout: {steps: [5, 25, {percent: 100, approve: true}], soak: 1h30m, assumeReady: true}\n',
  );
  for (const line of ['init -q -b main', 'add -A', 'commit -q -m Begin']) gitIn(folder, line);
}

/** The site of a folder's inputs: the path of its file. */
export function siteIn(folder: string): string {
  const { code, stderr } = runBuilt(['site'], folder);
  expect([code, stderr]).toEqual([0, '']);
  return join(folder, 'mainsheet.html');
}

/** Compares with what is kept; writes it anew with UPDATE_GOLDEN=1. */
export function expectGolden(name: string, text: string): void {
  const path = join(import.meta.dirname, name);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, `${text}\n`);
  expect(`${text}\n`).toBe(readFileSync(path, 'utf8'));
}

/** What a screen reader is told, whatever the commit is. */
export async function told(page: Page): Promise<string> {
  return (await page.locator('body').ariaSnapshot()).replaceAll(/\b[0-9a-f]{10}\b/g, 'COMMIT');
}

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const found = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap((folder) => names.map((name) => join(folder, name)))
  .find(existsSync);

/** For the reason of a skip; undefined where there is a browser. */
export const missingBrowser = found === undefined ? 'needs chromium' : undefined;

/** A page of a file on disk, with everything that went wrong there, and every address that it asked for. */
export interface OpenedPage {
  readonly page: Page;
  readonly faults: string[];
  readonly requests: string[];
}

/** One browser for the tests of a file; pages are opened in contexts of their own. */
export function withBrowser(): (file: string, hash?: string, options?: BrowserContextOptions) => Promise<OpenedPage> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (found !== undefined) browser = await chromium.launch({ executablePath: found, args: ['--no-sandbox'] });
  });
  afterAll(async () => browser?.close());
  return async (file, hash = '#/', options = {}) => {
    if (browser === undefined) throw new Error('there is no browser');
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    // On a slow machine all of it is slow.
    page.setDefaultTimeout(120_000);
    const [faults, requests]: [string[], string[]] = [[], []];
    page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('dialog', (dialog) => {
      faults.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    return { page, faults, requests };
  };
}

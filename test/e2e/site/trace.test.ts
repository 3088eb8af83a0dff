import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { runBuilt } from '../../cli/built-cli.ts';
import { missingBrowser } from './browser.ts';
import { bookinfoSite } from './site-fixtures.ts';

const urlIs = async (page: Page, url: string) => await page.getByLabel('URL, or').fill(url);

const questions: readonly (readonly [words: readonly string[], fill: (page: Page) => Promise<void>])[] = [
  [['--env', 'prod', 'http://reviews:9080/'], async (page) => await urlIs(page, 'http://reviews:9080/')],
  [
    ['--env', 'prod', '-H', 'end-user: jason', 'http://reviews:9080/reviews/1'],
    async (page) => {
      await urlIs(page, 'http://reviews:9080/reviews/1');
      await page.getByLabel('Headers').fill('end-user: jason');
    },
  ],
  [
    ['--env', 'dev', '-X', 'POST', '-H', 'end-user: tester-1', 'ratings:9080'],
    async (page) => {
      await page.getByLabel('Environment').selectOption('dev');
      await urlIs(page, "curl -X POST -H 'end-user: tester-1' ratings:9080");
    },
  ],
  [
    ['--env', 'prod', '--via', 'bookinfo-gateway', 'http://bookinfo.example.com/nowhere'],
    async (page) => {
      await page.getByLabel('Comes by').fill('bookinfo-gateway');
      await urlIs(page, 'http://bookinfo.example.com/nowhere');
    },
  ],
  [
    ['--env', 'prod', '--tcp', 'mysqldb.vm.bookinfo.example.com:3306'],
    async (page) => await urlIs(page, 'mainsheet trace --env prod --tcp mysqldb.vm.bookinfo.example.com:3306'),
  ],
  [
    ['--env', 'prod', '--sni', 'api.payments.example.com', '--from', 'shop/app=cart', 'api.payments.example.com:443'],
    async (page) => {
      await page.getByText('Caller, claims').click();
      await page.getByLabel('What is sent').selectOption('tls');
      await page.getByLabel('Calling pods').fill('shop/app=cart');
      await urlIs(page, 'api.payments.example.com:443');
    },
  ],
  [['--env', 'staging', 'http://revews:9080/'], async (page) => await urlIs(page, 'mainsheet trace -e staging http://revews:9080/')],
];

describe.skipIf(missingBrowser !== undefined)(
  `the request box${missingBrowser === undefined ? '' : `: skipped, ${missingBrowser}`}`,
  () => {
    const world = bookinfoSite();

    it.each(questions)('answers %s as the command does', async (words, fill) => {
      const { code, stdout } = runBuilt(['trace', ...words], world.folder());
      expect(code).toBe(0);
      await world.visit('#/?trace', async (page) => {
        await fill(page);
        await page.getByRole('button', { name: 'Trace' }).click();
        await page.locator('.story').waitFor();
        expect(await page.locator('.story').textContent()).toBe(stdout);
        // The address is the question: whoever is sent it sees the same.
        const { page: other } = await world.open(await page.evaluate('location.hash'));
        expect(await other.locator('.story').textContent()).toBe(stdout);
        await other.context().close();
        const command = (await page.locator('.command code').textContent()) ?? '';
        expect(command.startsWith(`mainsheet trace --env ${words[1]} `)).toBe(true);
      });
    });

    it('says what it cannot read, as the command does', async () => {
      await world.visit('#/?trace', async (page) => {
        await urlIs(page, 'ftp://reviews');
        await page.keyboard.press('Enter');
        expect(await page.getByRole('alert').innerText()).toMatch(/^"ftp:\/\/reviews" speaks ftp\n+write http/);
        await urlIs(page, "curl -H 'end-user: jason http://reviews/");
        await page.keyboard.press('Enter');
        await page.getByRole('alert').getByText('a quote is not closed').waitFor();
      });
    });
  },
);

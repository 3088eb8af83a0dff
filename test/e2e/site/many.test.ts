import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { missingBrowser } from './browser.ts';
import { manyServices, nameOf, teamOf, writeFiles } from './many-services.ts';
import { bookinfoSite, siteIn } from './site-fixtures.ts';

describe.skipIf(missingBrowser !== undefined)(
  `a site of a thousand services${missingBrowser === undefined ? '' : `: skipped, ${missingBrowser}`}`,
  () => {
    const world = bookinfoSite();

    it('opens, finds one of them, and traces a request to it', async () => {
      const folder = join(world.home, 'many');
      writeFiles(folder, manyServices(1000));
      const last = nameOf(999);
      await world.visit(
        '#/',
        async (page) => {
          expect(await page.getByRole('status').textContent()).toBe('1,000 services');
          expect(await page.getByRole('rowheader').count()).toBe(200);
          await page.getByRole('searchbox').fill(`${last} ${teamOf(999)}`);
          expect(await page.getByRole('status').textContent()).toBe('1 of 1,000 services');
          await page.getByRole('link', { name: new RegExp(`^${last} in prod`) }).click();
          await page.getByRole('heading', { level: 1, name: `${last} in prod` }).waitFor();
          await page.getByRole('link', { name: 'Trace a request to it' }).click();
          await page.locator('.story').waitFor();
          expect(await page.locator('.story').textContent()).toContain(`v1 of ${last}.${teamOf(999)}.svc.cluster.local`);
          await page.getByRole('link', { name: 'Services' }).click();
          await page.getByRole('searchbox').fill('');
          await page.getByRole('button', { name: 'Show 800 more services' }).click();
          expect(await page.getByRole('rowheader').count()).toBe(1000);
        },
        {},
        siteIn(folder),
      );
    });
  },
);

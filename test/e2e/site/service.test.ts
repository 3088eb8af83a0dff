import { describe, expect, it } from 'vitest';
import { missingBrowser } from './browser.ts';
import { bookinfoSite, expectGolden, told } from './site-fixtures.ts';

describe.skipIf(missingBrowser !== undefined)(
  `the page of a service${missingBrowser === undefined ? '' : `: skipped, ${missingBrowser}`}`,
  () => {
    const world = bookinfoSite();

    it('shows all there is of a service', async () => {
      await world.visit('#/prod/reviews', async (page) => {
        const sections = ['Traffic', 'Pins', 'Policies', 'Dependencies', 'Environments compared', 'Recent changes'];
        expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(sections);
        expectGolden('reviews.aria.yaml', await told(page));
        await page.getByRole('link', { name: 'productpage' }).first().click();
        await page.getByRole('heading', { level: 1, name: 'productpage in prod' }).waitFor();
      });
    });

    it('draws traffic as it is shared, and says it in a table', async () => {
      await world.visit('#/prod/reviews', async (page) => {
        await page.getByRole('img', { name: /The table of routes says the same/ }).waitFor();
        const widths = await page.locator('.band').evaluateAll((bands) => bands.map((band) => Number(band.getAttribute('stroke-width'))));
        expect(widths.map((width) => width.toFixed(1))).toEqual(['13.0', '26.0', '13.0', '26.0', '13.0', '23.4', '2.6']);
        const rows = await page
          .getByRole('table', { name: /Routes/ })
          .getByRole('row')
          .allInnerTexts();
        const told = rows.map((row) =>
          row
            .split('\t')
            .slice(0, 3)
            .map((cell) => cell.trim().replaceAll('\n', ' '))
            .join(' | '),
        );
        expect(told).toEqual([
          'Comes by | Takes | Goes to',
          'mesh | the header end-user is "jason" | v2 reviews.bookinfo',
          'mesh | the header end-user is "tester-1" the header end-user is "tester-2" | v3 reviews.bookinfo',
          'mesh | every request | 90 % v1 reviews.bookinfo 10 % v3 reviews.bookinfo',
        ]);
      });
    });

    it('shows a rollout with steps done and to come, since when, and until when it soaks', async () => {
      await world.visit('#/prod/details', async (page) => {
        await page.getByRole('img', { name: 'Step 2 of 3' }).waitFor();
        const rows = await page.getByRole('table', { name: 'Steps of the plan' }).getByRole('row').allInnerTexts();
        expect(rows.map((row) => row.split('\t').slice(0, 4).join(' | '))).toEqual([
          'Step | State | Share | Soak',
          '1 | done | 5 % | 1h 30m',
          '2 | now | 25 % | 1h 30m',
          '3 | to come | 100 % | 1h 30m',
        ]);
        const section = await page.getByRole('region', { name: 'Rollout' }).innerText();
        expect(section).toContain('From v1 to v2, at 25 %. So since 2026-11-24 12:00 UTC');
        expect(section).toContain('It soaks until 2026-11-24 13:30 UTC at least.');
      });
    });

    it('shows the layer that set each value', async () => {
      await world.visit('#/staging/reviews', async (page) => {
        const compared = page.getByRole('region', { name: 'Environments compared' });
        const wordsOf = async (name: RegExp) => (await compared.getByRole('row', { name }).innerText()).replaceAll(/\s+/g, ' ');
        expect(await wordsOf(/^canary\.percent/)).toBe(
          'canary.percent – 50 environments/staging/services/reviews.yaml:2 10 environments/prod/services/reviews.yaml:2',
        );
        expect(await compared.getByRole('row', { name: /^timeout/ }).count()).toBe(0);
        await compared.getByRole('button', { name: /^All/ }).click();
        expect(await wordsOf(/^loadBalancer/)).toMatch(
          /^loadBalancer (LEAST_REQUEST environments\/base\/environment\.yaml:\d+ for all ?){3}$/,
        );
      });
    });
  },
);

import { describe, expect, it } from 'vitest';
import { missingBrowser } from './browser.ts';
import { bookinfoSite, expectGolden, told } from './site-fixtures.ts';

describe.skipIf(missingBrowser !== undefined)(
  `the list of services${missingBrowser === undefined ? '' : `: skipped, ${missingBrowser}`}`,
  () => {
    const world = bookinfoSite();

    it('shows services by environment, and asks nobody for anything', async () => {
      await world.visit('#/', async (page) => {
        const table = page.getByRole('table');
        expect(await table.getByRole('columnheader').allTextContents()).toEqual(['Service', 'dev', 'staging', 'prod']);
        const names = ['details', 'mongodb', 'productpage', 'ratings', 'reviews'];
        expect((await table.getByRole('rowheader').allTextContents()).map((name) => name.trim())).toEqual(names);
        const cell = page.getByRole('link', { name: /^reviews in prod/ });
        expect((await cell.textContent())?.replaceAll(/\s+/g, ' ')).toBe('reviews in prod: v1 90 % v3 10 % canary 2 pins');
        expectGolden('matrix.aria.yaml', await told(page));
      });
    });

    it('filters, marks and sorts', async () => {
      await world.visit('#/', async (page) => {
        const names = async () => (await page.getByRole('rowheader').allTextContents()).map((name) => name.trim());
        await page.keyboard.press('/');
        await page.keyboard.type('re v3');
        expect([await names(), await page.getByRole('status').textContent()]).toEqual([['reviews'], '1 of 5 services']);
        await page.getByRole('searchbox').fill('nothing like it');
        expect(await names()).toEqual([]);
        await page.getByRole('button', { name: 'Show all' }).click();
        await page.getByRole('button', { name: /^Pinned/ }).click();
        expect(await names()).toEqual(['ratings', 'reviews']);
        await page.getByRole('button', { name: /^Pinned/, pressed: true }).click();
        await page.getByRole('combobox', { name: 'Sort' }).selectOption('rollouts');
        expect((await names())[0]).toBe('details');
        // Whoever comes back, or is sent the address, finds the list as it was.
        await page.getByRole('searchbox').fill('reviews');
        expect(await page.evaluate('location.hash')).toBe('#/?filter=reviews&sort=rollouts');
        await page.getByRole('link', { name: /^reviews in prod/ }).click();
        await page.getByRole('heading', { level: 1, name: 'reviews in prod' }).waitFor();
        await page.goBack();
        await page.getByText('1 of 5 services').waitFor();
        await page.reload();
        await page.getByText('1 of 5 services').waitFor();
        expect([await names(), await page.getByRole('searchbox').inputValue()]).toEqual([['reviews'], 'reviews']);
        await page.getByRole('link', { name: 'Services' }).click();
        await page.getByText('5 services', { exact: true }).waitFor();
        expect(await names()).toContain('details');
      });
    });

    it('is used with the keyboard alone', async () => {
      await world.visit('#/', async (page) => {
        const focused = () => page.evaluate('document.activeElement.textContent.trim()');
        await page.keyboard.press('Tab');
        expect(await focused()).toBe('Skip to the content');
        await page.keyboard.press('Enter');
        expect(await page.evaluate('document.activeElement.id')).toBe('main');
        await page.keyboard.press('Tab');
        expect(await page.evaluate('document.activeElement.type')).toBe('search');
        await page.keyboard.type('details');
        await page.getByRole('link', { name: /^details in prod/ }).focus();
        expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { level: 1, name: 'details in prod' }).waitFor();
        expect([await focused(), await page.title()]).toEqual(['details in prod', 'details in prod · Mesh traffic']);
      });
    });
  },
);

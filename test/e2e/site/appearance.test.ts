import { describe, expect, it } from 'vitest';
import { missingBrowser } from './browser.ts';
import { bookinfoSite, told } from './site-fixtures.ts';

const pages = [
  '#/',
  '#/prod/reviews',
  '#/prod/productpage',
  '#/prod/details',
  '#/prod',
  '#/prod/external:books-api',
  '#/prod/gateway:bookinfo-gateway',
  '#/?trace&env=prod&url=http://reviews/',
  '#/nowhere/x',
];

describe.skipIf(missingBrowser !== undefined)(
  `the looks of the site${missingBrowser === undefined ? '' : `: skipped, ${missingBrowser}`}`,
  () => {
    const world = bookinfoSite();

    it.each(['light', 'dark'] as const)('can be read in %s', async (colorScheme) => {
      for (const hash of pages)
        await world.visit(
          hash,
          async (page) => {
            expect(await page.evaluate(faintest), hash).toBeGreaterThanOrEqual(4.5);
          },
          { colorScheme },
        );
    });

    it('takes the colours that a reader chooses', async () => {
      await world.visit(
        '#/',
        async (page) => {
          const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
          const dark = await background();
          await page.getByRole('button', { name: 'Light colours' }).click();
          const light = await background();
          expect(light).not.toBe(dark);
          await page.reload();
          expect(await background()).toBe(light);
          await page.getByRole('button', { name: 'Dark colours' }).click();
          expect(await background()).toBe(dark);
        },
        { colorScheme: 'dark' },
      );
    });

    it.each(pages)('fits a phone, and names everything that can be used: %s', async (hash) => {
      await world.visit(
        hash,
        async (page) => {
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
          const lines = (await told(page)).split('\n');
          expect(lines.filter((line) => /^\s*- (link|button|textbox|searchbox|combobox|img|table)(:|$| \[)/.test(line))).toEqual([]);
          expect(await page.locator('h1').count()).toBe(1);
          const ids = await page.locator('[id]').evaluateAll((elements) => elements.map((element) => element.id));
          expect(new Set(ids).size).toBe(ids.length);
          expect(await page.locator('table:not(:has(caption)), th:not([scope]), img:not([alt])').count()).toBe(0);
        },
        { viewport: { width: 360, height: 740 } },
      );
    });
  },
);

/** The least contrast that a text of the page has with what is behind it, by WCAG's formula; run in the page. */
const faintest = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const luminance = (color) => {
    const [r, g, b] = rgba(color).map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let one = element; one !== null; one = one.parentElement) {
      const color = getComputedStyle(one).backgroundColor;
      if (rgba(color)[3] === 255) return color;
    }
    return 'white';
  };
  let least = 21;
  const walker = document.createTreeWalker(document.getElementById('page'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (walker.currentNode.data.trim() === '' || element.closest('svg, .for-readers, select') !== null || !element.checkVisibility()) continue;
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    least = Math.min(least, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
  }
  return least;
})()`;

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { put } from '../../cli/cli-fixtures.ts';
import { gitIn } from '../../cli/site-repository.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { missingBrowser } from './browser.ts';
import { bookinfoSite, siteIn } from './site-fixtures.ts';

describe.skipIf(missingBrowser !== undefined)(
  `a site of hostile texts${missingBrowser === undefined ? '' : `: skipped, ${missingBrowser}`}`,
  () => {
    const world = bookinfoSite();

    it('shows what intents and commits say as text, whatever it is', async () => {
      const folder = join(world.home, 'hostile');
      cpSync(world.folder(), folder, { recursive: true });
      // Intents with characters that nobody sees are refused; git takes everything.
      const texts = hostileTexts.filter((text) => /^[\x20-\x7e\n\u3040-\u9fff]+$/.test(text) && text.trim() !== '' && text.length < 1000);
      const pins = texts.map((text, i) => `  - {user: user-${i}, version: v1, owner: ${JSON.stringify(text)}}`);
      const service = `service: hostile\nport: 80\nversions: [v1]\nstable: v1\npins:\n${pins.join('\n')}\n`;
      put(folder, 'environments/prod/services/hostile.yaml', service);
      gitIn(folder, 'add -A');
      gitIn(folder, 'commit -q -m <img/src=x/onerror=alert(1)>\u202egnp.exe');
      await world.visit(
        '#/prod/hostile',
        async (page) => {
          await page.getByText('<script>alert(1)</script>').first().waitFor();
          await page.getByText('<img/src=x/onerror=alert(1)>\\u202egnp.exe').first().waitFor();
          expect(await page.locator('#page :is(script, img, iframe, style, details)').count()).toBe(0);
          expect(await page.locator('a[href]:not([href^="#"])').count()).toBe(0);
        },
        {},
        siteIn(folder),
      );
    });

    it('takes nothing of an address for more than words', async () => {
      const hash = `#/?trace&env=prod&url=${encodeURIComponent('"><img src=x onerror=alert(1)>')}&headers=${encodeURIComponent('a: <script>alert(1)</script>')}`;
      for (const address of [hash, '#/%3Cimg%20src=x%3E/%3Csvg%20onload=alert(1)%3E', '#/%E0%A4%A/x', '#/prod/__proto__', '#/constructor'])
        await world.visit(address, async (page) => {
          expect(await page.locator('#page :is(script, img, iframe, style)').count()).toBe(0);
        });
    });
  },
);

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sitePage } from '../../src/generated/site-page.js';
import { isSitePage, renderSiteHtml } from '../../src/report/site-html.ts';
import { hostileTexts } from '../support/hostile-texts.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ...hostileTexts,
    '</script><script>alert(1)</script>',
    '<!--<script>',
    '</SCRIPT >',
    ']]>',
    '\u2028',
    '</title><svg onload=alert(1)>',
    '"><img src=x>',
  ),
);

describe('the file of the site', () => {
  it('has the same elements whatever texts it holds, and gives each text back', () => {
    const code = { script: { text: 'begin()', hash: 'sha256-a' }, style: { text: 'p {}', hash: 'sha256-b' } };
    const plain = renderSiteHtml('', code, [['site', []]]);
    fc.assert(
      fc.property(hostile, fc.array(hostile), (title, texts) => {
        const html = renderSiteHtml(title, code, [['site', texts]]);
        expect(html.split('<').length).toBe(plain.split('<').length);
        const [, data = ''] = /<script type="application\/json" id="site">(.*?)<\/script>/.exec(html) ?? [];
        expect(data).toMatch(/^[\x20-\x7e]*$/);
        expect(JSON.parse(data)).toEqual(texts);
      }),
      { numRuns: 200, seed: 20_261_125 },
    );
  });

  it('allows just the script and the style that it holds, and no connection', () => {
    const html = renderSiteHtml('Bookinfo', sitePage, []);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    const hashOf = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1];
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1];
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf(script)}`,
      `style-src ${hashOf(style)}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(isSitePage(html.slice(0, 1024))).toBe(true);
    expect(isSitePage('<!doctype html><title>something of someone</title>')).toBe(false);
  });

  it('names no address that a browser would fetch', () => {
    const html = renderSiteHtml('Bookinfo', sitePage, []).replace(/<script>[\s\S]*?<\/script>/, '');
    expect(/ (?:src|href|action)=|@import|url\(/i.exec(html)).toBeNull();
  });
});

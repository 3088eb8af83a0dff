import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { anchorOf } from '../anchor-of.ts';
import { asOnAForge } from '../markdown.ts';
import { sidebarOf } from '../navigation.ts';
import { pageAddress } from '../page-address.ts';
import { contents, findings, sitePages } from '../site-pages.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = sitePages(root);
const repository = process.env.WEBSITE_REPOSITORY || undefined;

function isOfTheSite(name: string): boolean {
  return [...pages].some((page) => page === name || page.startsWith(`${name}/`));
}

/** A sail. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#3451b2" d="M17 2v21h11zM15 7v16H6zM3 25h26l-4 5H7z"/></svg>';

export default defineConfig({
  title: 'Mainsheet',
  description: 'The GitOps compiler for Istio traffic: short intents in, proven manifests out, one reviewed pull request at a time.',
  lang: 'en',
  base: process.env.WEBSITE_BASE || '/',
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  srcDir: root,
  srcExclude: [...readdirSync(root).filter((name) => !isOfTheSite(name)), 'docs/site'].flatMap((name) => [name, `${name}/**`]),
  rewrites: pageAddress,
  cleanUrls: true,
  // What is the same for all pages is one file, instead of a part of each.
  metaChunk: true,
  // The index of the search is one chunk, loaded when someone searches.
  vite: { build: { chunkSizeWarningLimit: 4096 } },
  markdown: {
    anchor: { slugify: anchorOf },
    codeTransformers: [plainOutput()],
    config: (markdown) => asOnAForge(markdown, { root, pages, repository: repository && `${repository}/blob/main` }),
  },
  themeConfig: {
    nav: [
      { text: 'Tutorial', link: '/tutorial' },
      { text: 'Comparison', link: '/comparison' },
      { text: 'Commands', link: '/cli' },
      { text: 'Findings', link: '/diagnostics/' },
      { text: 'Contents', link: '/contents' },
    ],
    sidebar: sidebarOf(text(contents), text(findings)),
    outline: [2, 3],
    search: { provider: 'local' },
    ...(repository === undefined ? {} : { socialLinks: [{ icon: 'github', link: repository }] }),
  },
});

/** Of what a terminal shows, only what is typed has colours. */
function plainOutput(): { name: string; line(this: { source: string; options: { lang: string } }, node: LineNode, line: number): void } {
  return {
    name: 'plain-output',
    line(node, line) {
      const typed = this.source.split('\n')[line - 1]?.startsWith('$ ') === true;
      if (this.options.lang !== 'console') return;
      if (typed) node.properties.class = `${node.properties.class ?? ''} typed`;
      else for (const part of node.children) delete part.properties?.style;
    },
  };
}

interface LineNode {
  readonly properties: Record<string, unknown>;
  readonly children: { readonly properties?: Record<string, unknown> }[];
}

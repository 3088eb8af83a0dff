import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sectionsOf } from './navigation.ts';

/** Folders whose Markdown is for readers of the site. */
const folders = ['docs', 'examples'];

export const contents = 'docs/README.md';
export const findings = 'docs/diagnostics/README.md';

/** Paths of the site's pages in the repository: all of these folders, README, and what else the contents name. */
export function sitePages(root: string): ReadonlySet<string> {
  const below = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  );
  const pages = below.filter((path) => path.endsWith('.md') && !path.startsWith('docs/site/'));
  const named = sectionsOf(readFileSync(join(root, contents), 'utf8'), contents).flatMap((section) => section.pages);
  return new Set(['README.md', ...pages.sort(), ...named.map(({ source }) => source)]);
}

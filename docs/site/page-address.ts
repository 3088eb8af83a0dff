/**
 * Where a page of the repository stands on the site, both as paths of Markdown files: `docs/` is left out, a folder's README is its
 * index, and the repository's README is the first page.
 */
export function pageAddress(source: string): string {
  if (source === 'docs/README.md') return 'contents.md';
  const path = source.replace(/^docs\//, '').replace(/(^|\/)README\.md$/, '$1index.md');
  return path.includes('/') ? path : path.toLowerCase();
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { treeOf } from '../support/tree-of.ts';

const root = process.cwd();
const atRoot = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'];

/** Everything that people read, by path. */
export const pages: ReadonlyMap<string, string> = new Map([
  ...atRoot.map((path) => [path, readFileSync(join(root, path), 'utf8')] as const),
  ...[...treeOf(join(root, 'docs'), (path) => path.endsWith('.md') && !path.startsWith('site/'))].map(
    ([path, text]) => [`docs/${path}`, text] as const,
  ),
]);

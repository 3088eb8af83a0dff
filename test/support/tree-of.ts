import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileTree } from '../../src/model/source.ts';

/** A folder's text files as the tree that the compiler reads. */
export function treeOf(folder: string, accept: (path: string) => boolean = () => true): FileTree {
  const tree = new Map<string, string>();
  const walk = (path: string): void => {
    for (const name of readdirSync(join(folder, path)).sort()) {
      const inner = path === '' ? name : `${path}/${name}`;
      if (statSync(join(folder, inner)).isDirectory()) walk(inner);
      else if (accept(inner)) tree.set(inner, readFileSync(join(folder, inner), 'utf8'));
    }
  };
  walk('');
  return tree;
}

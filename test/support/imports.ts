import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { treeOf } from './tree-of.ts';

/** One import of a source file: who imports what. Paths are relative to the repository. */
export interface Import {
  readonly from: string;
  /** 'src/model/json.ts' for a file of ours, 'yaml' for a package, 'node:fs' for a module of Node. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const importStatement = /^\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const dynamicImport = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every static and dynamic import under src/, read from the text: type imports count, for they couple as well. */
export function sourceImports(root: string): readonly Import[] {
  const imports: Import[] = [];
  for (const path of treeOf(join(root, 'src'), (file) => /\.tsx?$/.test(file) && !file.startsWith('generated/')).keys()) {
    const from = `src/${path}`;
    const text = readFileSync(join(root, from), 'utf8');
    for (const match of text.matchAll(importStatement))
      imports.push({ from, to: target(from, match[2] ?? ''), typeOnly: match[1] !== undefined });
    for (const match of text.matchAll(dynamicImport)) imports.push({ from, to: target(from, match[1] ?? ''), typeOnly: false });
  }
  return imports;
}

function target(from: string, specifier: string): string {
  return specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : specifier;
}

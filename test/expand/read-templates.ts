import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FileTree } from '../../src/model/source.ts';

const folder = fileURLToPath(new URL('../../templates/', import.meta.url));

/** The built-in templates as the product ships them. */
export const builtinTemplates: FileTree = new Map(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.hbs'))
    .sort()
    .map((path) => [`templates/${path.replaceAll('\\', '/')}`, readFileSync(`${folder}${path}`, 'utf8')]),
);

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const folder = process.argv[2];
for (const path of readdirSync(folder, { recursive: true })) {
  if (path.endsWith('.yaml')) parse(readFileSync(join(folder, path), 'utf8'));
}

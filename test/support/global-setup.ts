import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Before any test: the generated modules are made up to date with schemas and templates. */
export function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/generate-validators.mjs', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

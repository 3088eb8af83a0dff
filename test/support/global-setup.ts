import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Before any test: generated modules and the built command are brought up to date with their sources, once for all tests. */
export function setup(): void {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

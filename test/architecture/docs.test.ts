import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Runs a script of scripts/ as `make check` does; what it complains about, or nothing. */
function complaints(script: string): string {
  try {
    execFileSync(process.execPath, [join(process.cwd(), 'scripts', script), '--check'], { stdio: 'pipe', encoding: 'utf8' });
    return '';
  } catch (error) {
    return error instanceof Error && 'stdout' in error
      ? `${String(error.stdout)}${'stderr' in error ? String(error.stderr) : ''}`
      : String(error);
  }
}

describe('generated pages say what the source says (`make docs` writes them anew)', () => {
  it.each(['generate-diagnostic-pages.mjs', 'generate-reference.mjs'])('%s', (script) => {
    expect(complaints(script)).toBe('');
  });
});

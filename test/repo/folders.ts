import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A fresh folder on the real disk holding the given files; gone after the test. Readable by every user. */
export function aFolder(files: { readonly [path: string]: string | Buffer } = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'mainsheet-test-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  chmodSync(root, 0o755);
  for (const [path, content] of Object.entries(files)) putFile(root, path, content);
  return root;
}

export function putFile(root: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** Every file beneath, path → text; folders end with '/', links show as such. */
export function contents(root: string, path = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of readdirSync(join(root, path)).sort()) {
    const here = path === '' ? name : `${path}/${name}`;
    const kind = lstatSync(join(root, here));
    if (kind.isDirectory()) Object.assign(found, { [`${here}/`]: '' }, contents(root, here));
    else found[here] = kind.isFile() ? readFileSync(join(root, here), 'utf8') : '<special>';
  }
  return found;
}

/** Only the files of `contents`. */
export function files(root: string): Record<string, string> {
  return Object.fromEntries(Object.entries(contents(root)).filter(([path]) => !path.endsWith('/')));
}

/** Permission bits, as in 0o644. */
export function mode(path: string): number {
  return statSync(path).mode & 0o777;
}

/** What changes whenever a file is written or replaced. */
export function identity(root: string): Record<string, string> {
  const paths = Object.keys(contents(root));
  return Object.fromEntries(
    paths.map((path) => {
      const { ino, mtimeNs, ctimeNs } = statSync(join(root, path), { bigint: true });
      return [path, `${ino} ${mtimeNs} ${ctimeNs}`];
    }),
  );
}

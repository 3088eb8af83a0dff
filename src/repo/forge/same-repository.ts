import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseRemote } from './repository-address.ts';

/**
 * Whether two remotes' addresses lead to one repository, however they are spelled: by https or ssh, with a port or without, as a folder by another
 * path. Rather yes than no: whoever asks is about to write. `folder` is what relative paths are of.
 */
export function isSameRepository(a: string, b: string, folder: string): boolean {
  return a === b || placeOf(a, folder) === placeOf(b, folder);
}

function placeOf(address: string, folder: string): string {
  const parsed = parseRemote(address);
  if (parsed === undefined) return address;
  if (parsed.form === 'server') return `${parsed.host}/${parsed.path}`.toLowerCase();
  const path = resolve(folder, parsed.path);
  const real = existsSync(path) ? realpathSync(path) : path;
  return real.replace(/\/\.git$/, '');
}

import { closeSync, constants, openSync, readSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { makeFolders } from './make-folders.ts';
import { closeFolder, kindAt, openRoot } from './open-folder.ts';
import { writeFile } from './write-file.ts';

/**
 * Puts a file at an absolute path, whole or not at all, its folder made where it is missing. What stands there is replaced only if `isOurs` says so of
 * its first kibibyte: else 'foreign', and nothing is done. Throws the system's error.
 */
export function writePage(path: string, text: string, isOurs: (start: string) => boolean): 'written' | 'foreign' {
  makeFolders(dirname(path));
  const folder = openRoot(dirname(path));
  const name = basename(path);
  try {
    const kind = kindAt(folder, name);
    if (kind !== undefined && (kind !== 'file' || !isOurs(startOf(`${folder.path}/${name}`)))) return 'foreign';
    writeFile(folder, name, text);
    return 'written';
  } finally {
    closeFolder(folder);
  }
}

function startOf(path: string): string {
  const handle = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const bytes = Buffer.alloc(1024);
    return bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, 0)).toString('utf8');
  } finally {
    closeSync(handle);
  }
}

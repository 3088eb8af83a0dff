import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { errnoOf } from './disk-failure.ts';
import type { OpenFolder } from './open-folder.ts';

/** What came of reading: bytes, which are valid until the next read, or why there are none. */
export type FileRead =
  | { readonly state: 'read'; readonly bytes: Buffer }
  | { readonly state: 'too-large'; readonly size: number }
  | { readonly state: 'symlink' | 'special' | 'changed' };

const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const shared = Buffer.allocUnsafeSlow(256 * 1024 + 1);
/** What decoding puts where bytes make no sense, but a file may hold it as a character of its own. */
const replacement = Buffer.from('\uFFFD');

/** Reads a regular file of at most `limit` bytes; never follows a link, never blocks, never trusts a size it did not measure on the open file. */
export function readFile(folder: OpenFolder, name: string, limit: number): FileRead {
  const handle = openFile(`${folder.path}/${name}`);
  if (typeof handle !== 'number') return handle;
  try {
    const { size, mode } = fstatSync(handle);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) return { state: 'special' };
    return size > limit ? { state: 'too-large', size } : readExactly(handle, size);
  } finally {
    closeSync(handle);
  }
}

function openFile(path: string): number | { readonly state: 'symlink' | 'special' } {
  try {
    return openSync(path, flags);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'ELOOP') return { state: 'symlink' };
    if (errno === 'ENXIO') return { state: 'special' };
    throw error;
  }
}

function readExactly(handle: number, size: number): FileRead {
  const room = size < shared.length ? shared : Buffer.allocUnsafe(size + 1);
  let length = 0;
  while (length <= size) {
    const count = readSync(handle, room, length, size + 1 - length, null);
    length += count;
    if (count === 0 || length === size) break;
  }
  return length === size ? { state: 'read', bytes: room.subarray(0, length) } : { state: 'changed' };
}

/** The text of UTF-8 bytes, a byte order mark included; undefined when they are not UTF-8. */
export function decode(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

/** Where the first byte lies that is not UTF-8, from 0; undefined when all are. */
export function firstIllFormedByte(bytes: Buffer): number | undefined {
  const text = bytes.toString('utf8');
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', from)) {
    offset += Buffer.byteLength(text.slice(from, at));
    if (!bytes.subarray(offset, offset + 3).equals(replacement)) return offset;
    offset += replacement.length;
    from = at + 1;
  }
  return undefined;
}

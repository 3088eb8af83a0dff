import { randomBytes } from 'node:crypto';
import { closeSync, constants, fchmodSync, openSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { errnoOf } from './disk-failure.ts';
import type { OpenFolder } from './open-folder.ts';

const fileMode = 0o644;
const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

/** Two processes never count in the same place. */
let serial = randomBytes(8).readBigUInt64BE();

function temporaryName(): string {
  serial = BigInt.asUintN(64, serial + 1n);
  return `.mainsheet-${serial.toString(16).padStart(16, '0')}.tmp`;
}

/** A file that a killed run left behind: no file of anyone else is named like this. */
export function isTemporary(name: string): boolean {
  return /^\.mainsheet-[0-9a-f]{16}\.tmp$/.test(name);
}

/**
 * Puts a whole file at a name in one step: whoever looks sees the old text or the new one. Replaces a link, never follows it. Mode 0644 whatever the umask.
 * Nothing is flushed to the platter: a render can be repeated, and its mark shows a file that a power loss tore.
 */
export function writeFile(folder: OpenFolder, name: string, content: string | Buffer): void {
  const temporary = `${folder.path}/${temporaryName()}`;
  const handle = openSync(temporary, flags, fileMode);
  try {
    try {
      fchmodSync(handle, fileMode);
      writeFileSync(handle, content);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, `${folder.path}/${name}`);
  } catch (error) {
    discard(temporary);
    throw error;
  }
}

/** The failure that led here is the one to report; what cannot be removed now, the next run removes. */
function discard(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  }
}

/** Removes a file if it is still there. */
export function removeFile(folder: OpenFolder, name: string): void {
  try {
    unlinkSync(`${folder.path}/${name}`);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}

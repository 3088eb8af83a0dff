import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../disk-failure.ts';

/** Texts by name in one folder, each written whole: whoever looks sees the old text or the new one. */
export interface LocalFiles {
  readonly folder: string;
  readonly names: () => readonly string[];
  readonly read: (name: string) => string | undefined;
  /** When it was last written, seconds since 1970; undefined where it is not there. */
  readonly writtenAt: (name: string) => number | undefined;
  readonly write: (name: string, text: string) => void;
  /** False where there is one of this name already. */
  readonly create: (name: string, text: string) => boolean;
}

export function openLocalFiles(folder: string): LocalFiles {
  const aside = (text: string): string => {
    mkdirSync(folder, { recursive: true });
    // Of processes that share a folder two can have one number: in containers, or on two machines.
    const path = join(folder, `.${randomUUID()}.tmp`);
    writeFileSync(path, text);
    return path;
  };
  return {
    folder,
    names: () => (existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : []),
    read: (name) => {
      try {
        return readFileSync(join(folder, name), 'utf8');
      } catch (error) {
        if (errnoOf(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
    writtenAt: (name) => {
      const found = statSync(join(folder, name), { throwIfNoEntry: false });
      return found === undefined ? undefined : Math.ceil(found.mtimeMs / 1000);
    },
    write: (name, text) => renameSync(aside(text), join(folder, name)),
    create: (name, text) => {
      const path = aside(text);
      try {
        linkSync(path, join(folder, name));
        return true;
      } catch (error) {
        if (errnoOf(error) === 'EEXIST') return false;
        throw error;
      } finally {
        unlinkSync(path);
      }
    },
  };
}

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** All that stands beneath a folder, in memory: what took many programs to make is there again without any. */
export interface FolderImage {
  /** Each behind the one that it is in. */
  readonly folders: readonly string[];
  readonly files: readonly { readonly path: string; readonly mode: number; readonly bytes: Buffer }[];
}

export function imageOf(folder: string): FolderImage {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const pathOf = (entry: (typeof entries)[number]) => join(entry.parentPath, entry.name).slice(folder.length + 1);
  const paths = (isWanted: (entry: (typeof entries)[number]) => boolean) => entries.filter(isWanted).map(pathOf).sort();
  return {
    folders: paths((entry) => entry.isDirectory()),
    files: paths((entry) => entry.isFile()).map((path) => {
      const whole = join(folder, path);
      return { path, mode: statSync(whole).mode, bytes: readFileSync(whole) };
    }),
  };
}

/** Writes it into a folder that is there and empty. */
export function unfold({ folders, files }: FolderImage, folder: string): void {
  for (const path of folders) mkdirSync(join(folder, path));
  for (const { path, mode, bytes } of files) writeFileSync(join(folder, path), bytes, { mode });
}

import { basename, dirname } from 'node:path';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { showPath } from '../model/path-rules.ts';
import type { FileTree } from '../model/source.ts';
import { noSymlink } from './diagnostics.ts';
import { type DiskTask, diskFailure } from './disk-failure.ts';
import { makeFolders } from './make-folders.ts';
import { closeFolder, kindAt, type OpenFolder, openOrMake, openPath, openRoot } from './open-folder.ts';
import { writeFile } from './write-file.ts';

/** Puts texts at paths beneath a root, each whole, their folders made where they are missing; what is reached through a link is left alone. */
export function writeFresh(root: string, files: FileTree): readonly Diagnostic[] {
  const task: DiskTask = { action: 'write', path: '.' };
  try {
    makeFolders(root);
    for (const [path, text] of files) {
      task.path = path;
      if (!writeOne(root, path, text)) return [diagnose(noSymlink, { params: { path: showPath(path) } })];
    }
    return [];
  } catch (error) {
    return [diskFailure(error, task)];
  }
}

/** False where a link or something that is no file stands in the way. */
function writeOne(root: string, path: string, text: string): boolean {
  const opened: OpenFolder[] = [];
  try {
    const top = openRoot(root);
    opened.push(top);
    const folder = openPath(top, dirname(path), openOrMake, opened);
    if (folder === undefined) return false;
    const kind = kindAt(folder, basename(path));
    if (kind !== undefined && kind !== 'file') return false;
    writeFile(folder, basename(path), text);
    return true;
  } finally {
    for (const folder of opened) closeFolder(folder);
  }
}

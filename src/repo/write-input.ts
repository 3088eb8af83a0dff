import { basename, dirname } from 'node:path';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { showPath } from '../model/path-rules.ts';
import type { FileTree } from '../model/source.ts';
import { noSymlink } from './diagnostics.ts';
import { type DiskTask, diskFailure } from './disk-failure.ts';
import { closeFolder, kindAt, type OpenFolder, openInside, openPath, openRoot } from './open-folder.ts';
import { writeFile } from './write-file.ts';

/** Puts new texts at files that are there already, each whole; what is reached through a link is left alone. */
export function writeInputs(root: string, files: FileTree): readonly Diagnostic[] {
  const task: DiskTask = { action: 'write', path: '.' };
  const opened: OpenFolder[] = [];
  try {
    const top = openRoot(root);
    opened.push(top);
    const targets: { readonly folder: OpenFolder; readonly name: string; readonly text: string; readonly path: string }[] = [];
    for (const [path, text] of files) {
      task.path = path;
      const folder = openPath(top, dirname(path), openInside, opened);
      if (folder === undefined || kindAt(folder, basename(path)) !== 'file')
        return [diagnose(noSymlink, { params: { path: showPath(path) } })];
      targets.push({ folder, name: basename(path), text, path });
    }
    for (const { folder, name, text, path } of targets) {
      task.path = path;
      writeFile(folder, name, text);
    }
    return [];
  } catch (error) {
    return [diskFailure(error, task)];
  } finally {
    for (const folder of opened) closeFolder(folder);
  }
}

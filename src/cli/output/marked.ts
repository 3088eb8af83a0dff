import type { FileTree } from '../../model/source.ts';
import { withMark } from '../../repo/mark.ts';

/** Each text with the line by which it is recognised later. */
export function marked(files: FileTree): FileTree {
  return new Map([...files].map(([path, text]) => [path, withMark(text)]));
}

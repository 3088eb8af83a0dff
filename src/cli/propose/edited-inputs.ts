import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import { withLineFeeds } from '../../model/line-ends.ts';
import { byCodePoint } from '../../model/names.ts';
import type { Result } from '../../model/result.ts';
import { success } from '../../model/result.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { changedOnOneSide } from '../../pipelines/propose/propose.ts';

/** The same inputs at three times. */
export interface InputVersions {
  /** Where this work tree's history parted from the base branch. */
  readonly origin: FileTree;
  readonly here: FileTree;
  readonly base: FileTree;
}

/**
 * What the work tree changed, as edits of the base branch: what others changed there since is not undone. Refused where both changed a file
 * differently. Line ends alone, as some checkouts write them, are no change.
 */
export function editedInputs({ origin, here, base }: InputVersions, baseName: string): Result<ReadonlyMap<RepoPath, string | null>> {
  const edits = new Map<RepoPath, string | null>();
  const clashes: Diagnostic[] = [];
  for (const path of [...new Set([...origin.keys(), ...here.keys()])].sort(byCodePoint)) {
    const [was, is, there] = [origin.get(path), asCommitted(here.get(path), origin.get(path) ?? base.get(path)), base.get(path)];
    if (is === was || is === there) continue;
    if (there === was) edits.set(path, is ?? null);
    else clashes.push(diagnose(changedOnOneSide, { params: { path, base: baseName } }));
  }
  return clashes.length > 0 ? { value: undefined, diagnostics: clashes } : success(edits);
}

/** With the line ends that are committed. */
function asCommitted(text: string | undefined, committed: string | undefined): string | undefined {
  return text === undefined || committed?.includes('\r\n') === true ? text : withLineFeeds(text);
}

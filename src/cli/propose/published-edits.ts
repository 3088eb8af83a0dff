import { byCodePoint } from '../../model/names.ts';
import { type Result, success } from '../../model/result.ts';
import type { RepoPath } from '../../model/source.ts';
import { planWrites, type WriteOptions } from '../../repo/plan-writes.ts';
import type { RenderedEntry } from '../../repo/rendered-folder.ts';
import type { Compiled } from '../compiler.ts';
import type { RenderedEnvironments } from '../diff/read-commit.ts';
import { marked } from '../output/marked.ts';

/** What makes a folder of rendered environments hold just these, by the rules of `render`; those that are no more go. */
export function publishedEdits(
  compilations: ReadonlyMap<string, Compiled>,
  there: RenderedEnvironments,
  folder: RepoPath,
  options: WriteOptions,
): Result<ReadonlyMap<RepoPath, string | null>> {
  const edits = new Map<RepoPath, string | null>();
  for (const name of [...new Set([...compilations.keys(), ...there.keys()])].sort(byCodePoint)) {
    const desired = marked(compilations.get(name)?.files ?? new Map());
    const existing = new Map(
      [...(there.get(name) ?? [])].map(([path, text]): readonly [RepoPath, RenderedEntry] => [path, { kind: 'file', text }]),
    );
    const out = folder === '.' ? name : `${folder}/${name}`;
    const { create, update, remove, refusals } = planWrites(existing, desired, out, options);
    if (refusals.length > 0) return { value: undefined, diagnostics: refusals };
    for (const path of [...create, ...update]) edits.set(`${out}/${path}`, desired.get(path) ?? null);
    for (const path of remove) edits.set(`${out}/${path}`, null);
  }
  return success(edits);
}

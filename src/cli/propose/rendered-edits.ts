import { diagnose } from '../../model/diagnostic.ts';
import { type Result, success } from '../../model/result.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { type ProposedChange, sameShards } from '../../propose.ts';
import { planWrites, type WriteOptions } from '../../repo/plan-writes.ts';
import type { RenderedEntry } from '../../repo/rendered-folder.ts';
import { marked } from '../output/marked.ts';

/**
 * What a change makes of the rendered files of the base branch, held to the rules of `render`: nothing that a person edited or put there is
 * overwritten or removed, and not too much at once. `rendered` yields what the base branch has of an environment.
 */
export function renderedEdits(
  { environments }: ProposedChange,
  folder: RepoPath,
  rendered: (environment: string) => FileTree,
  options: WriteOptions,
): Result<ReadonlyMap<RepoPath, string | null>> {
  const edits = new Map<RepoPath, string | null>();
  for (const { name, files, shards, plan, only } of environments) {
    const out = `${folder}/${name}`;
    const there = rendered(name);
    const from = shardsOf(there);
    if (from !== undefined && files.size > 0 && from !== shards)
      return { value: undefined, diagnostics: [diagnose(sameShards, { params: { environment: name, from, to: shards } })] };
    const isAbout = (path: RepoPath) => only?.has(path) !== false;
    const existing = new Map(
      [...there]
        .filter(([path]) => isAbout(path))
        .map(([path, text]): readonly [RepoPath, RenderedEntry] => [path, { kind: 'file', text }]),
    );
    const desired = marked(new Map([...files].filter(([path]) => isAbout(path))));
    // An environment that is no more goes whole: that is what its pull request says.
    const { create, update, remove, refusals } = planWrites(
      existing,
      desired,
      out,
      plan === undefined ? { ...options, allowPrune: true } : options,
    );
    if (refusals.length > 0) return { value: undefined, diagnostics: refusals };
    for (const path of [...create, ...update]) edits.set(`${out}/${path}`, desired.get(path) ?? null);
    for (const path of remove) edits.set(`${out}/${path}`, null);
  }
  return success(edits);
}

/** Undefined where nothing is rendered yet. */
function shardsOf(files: FileTree): number | undefined {
  if (files.size === 0) return undefined;
  const folders = new Set([...files.keys()].flatMap((path) => /^shard-\d+(?=\/)/.exec(path)?.[0] ?? []));
  return Math.max(1, folders.size);
}

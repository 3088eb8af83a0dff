import { diagnose } from '../../model/diagnostic.ts';
import { byCodePoint } from '../../model/names.ts';
import { type Result, success } from '../../model/result.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { type ProposedChange, sameShards } from '../../pipelines/propose/propose.ts';
import { readMark } from '../../repo/mark.ts';
import { planWrites, type WriteOptions } from '../../repo/plan-writes.ts';
import type { RenderedEntry } from '../../repo/rendered-folder.ts';
import { marked } from '../output/marked.ts';
import type { StandingOutput } from './read-versions.ts';

export interface RenderedPlaces {
  readonly stands: StandingOutput;
  /** Where rendered files shall be. */
  readonly folder: RepoPath;
  /** What the base branch has of an environment. */
  readonly rendered: (environment: string) => FileTree;
}

export interface RenderedEdits {
  /** New texts by path from the repository's root; null = gone. */
  readonly edits: ReadonlyMap<RepoPath, string | null>;
  /** Those that a person edited or put there, and that are replaced all the same. */
  readonly replaced: readonly RepoPath[];
}

/**
 * What a change makes of the rendered files of the base branch, held to the rules of `render`: nothing that a person edited or put there is
 * overwritten or removed, and not too much at once; but a way back is not kept by what was done to its own files. A change of the settings takes the
 * files of all environments along to where they say.
 */
export function renderedEdits(
  { environments, inputs }: ProposedChange,
  { stands, folder, rendered }: RenderedPlaces,
  options: WriteOptions,
): Result<RenderedEdits> {
  // Other changes are put upon the base branch as it is, settings included.
  const to = inputs.has('mainsheet.yaml') ? folder : stands.folder;
  const isMoved = inputs.has('mainsheet.yaml') && (stands.isElsewhere || to !== stands.folder);
  const edits = new Map<RepoPath, string | null>();
  const replaced: RepoPath[] = [];
  for (const { name, files, shards, only, own = new Set<RepoPath>() } of environments) {
    const out = below(to, name);
    const there = rendered(name);
    const from = shardsOf(there);
    if (from !== undefined && files.size > 0 && from !== shards)
      return { value: undefined, diagnostics: [diagnose(sameShards, { params: { environment: name, from, to: shards } })] };
    const isAbout = (path: RepoPath) => only?.has(path) !== false && !own.has(path);
    const existing = new Map(
      [...there]
        .filter(([path]) => isAbout(path))
        .map(([path, text]): readonly [RepoPath, RenderedEntry] => [path, { kind: 'file', text }]),
    );
    const desired = marked(new Map([...files].filter(([path]) => isAbout(path))));
    const { create, update, unchanged, remove, refusals } = planWrites(existing, desired, out, options);
    if (refusals.length > 0) return { value: undefined, diagnostics: refusals };
    for (const path of [...create, ...update, ...(isMoved ? unchanged : [])]) edits.set(below(out, path), desired.get(path) ?? null);
    if (!isMoved) for (const path of remove) edits.set(below(out, path), null);
    const fresh = marked(new Map([...files].filter(([path]) => own.has(path))));
    for (const path of own) {
      const text = there.get(path);
      if (text === fresh.get(path)) continue;
      edits.set(below(out, path), fresh.get(path) ?? null);
      if (text !== undefined && readMark(text) !== 'intact') replaced.push(below(out, path));
    }
  }
  if (!isMoved) return success({ edits, replaced });
  const changed = environments.map(({ name }) => name);
  for (const name of stands.environments) {
    for (const [path, text] of rendered(name)) {
      if (!changed.includes(name)) edits.set(below(below(to, name), path), text);
      const old = below(below(stands.folder, name), path);
      if (!stands.isElsewhere && !edits.has(old)) edits.set(old, null);
    }
  }
  return success({ edits: new Map([...edits].sort(([a], [b]) => byCodePoint(a, b))), replaced });
}

function below(folder: RepoPath, path: RepoPath): RepoPath {
  return folder === '.' ? path : `${folder}/${path}`;
}

/** Undefined where nothing is rendered yet. */
function shardsOf(files: FileTree): number | undefined {
  if (files.size === 0) return undefined;
  const folders = new Set([...files.keys()].flatMap((path) => /^shard-\d+(?=\/)/.exec(path)?.[0] ?? []));
  return Math.max(1, folders.size);
}

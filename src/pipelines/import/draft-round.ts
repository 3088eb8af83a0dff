import { kindHasIntents } from '../../import/diagnostics.ts';
import { draftIntents } from '../../import/draft-intents.ts';
import { istioKindOf } from '../../mesh/istio-kinds.ts';
import { type Diagnostic, diagnose } from '../../model/diagnostic.ts';
import type { DraftIntent } from '../../model/imported.ts';
import { type Manifest, manifestId, originAt } from '../../model/manifest.ts';
import { type FileTree, isSpan, type RepoPath } from '../../model/source.ts';
import { environmentText, withKeptFolder } from './import-environment.ts';
import { intentPath, intentText, keptPaths, keptText } from './import-files.ts';
import type { ImportTask } from './import-task.ts';

/** Drafts as texts among those of the repository. */
export interface DraftRound {
  readonly intents: readonly DraftIntent[];
  readonly kept: ReadonlyMap<Manifest, Diagnostic>;
  /** All that is written. */
  readonly files: FileTree;
  /** Of the intents, by path. */
  readonly texts: FileTree;
  readonly byPath: ReadonlyMap<RepoPath, DraftIntent>;
  readonly byKept: ReadonlyMap<RepoPath, Manifest>;
  /** The repository with them. */
  readonly tree: FileTree;
  /** What the environment renders without what is written here. */
  readonly standing: readonly Manifest[];
}

export function draftRound(task: ImportTask, before: ReadonlyMap<Manifest, Diagnostic>): DraftRound {
  const { tree, folder, environment, input, checked, own, words, settings } = task;
  const { intents, kept: settled } = draftIntents(checked.mesh, settings, before);
  const kept = keepingUnread(own, settled);
  const stays = own.filter((manifest) => kept.has(manifest));
  const byPath = new Map(intents.map((intent) => [intentPath(folder, intent), intent]));
  const byKept = keptPaths(folder, stays, settings.namespace);
  const texts = new Map([...byPath].map(([path, intent]) => [path, intentText(intent)]));
  const files = new Map([
    ...environmentFile(tree.get(`${folder}/environment.yaml`)),
    ...texts,
    ...[...byKept].map(([path, manifest]): [RepoPath, string] => [path, keptText(manifest, input)]),
  ]);
  const standing = task.standing.filter(
    ({ owner: { origin } }) => origin.at === undefined || isSpan(origin.at) || !files.has(origin.at.file),
  );
  return { intents, kept, files, texts, byPath, byKept, tree: new Map([...tree, ...files]), standing };

  function environmentFile(text: string | undefined): FileTree {
    const path = `${folder}/environment.yaml`;
    if (text === undefined) return new Map([[path, environmentText(environment, words, stays.length > 0)]]);
    const extended = stays.length === 0 ? text : withKeptFolder(text);
    return extended === undefined || extended === text ? new Map() : new Map([[path, extended]]);
  }
}

/** Kinds of Istio's that nobody here reads stay, too. */
function keepingUnread(own: readonly Manifest[], kept: ReadonlyMap<Manifest, Diagnostic>): ReadonlyMap<Manifest, Diagnostic> {
  const unread = own.filter((manifest) => istioKindOf(manifest) === undefined);
  return new Map([
    ...kept,
    ...unread.map((manifest): [Manifest, Diagnostic] => {
      const at = originAt(manifest.provenance, '/kind')?.at;
      return [manifest, diagnose(kindHasIntents, { params: { object: manifestId(manifest) }, at })];
    }),
  ]);
}

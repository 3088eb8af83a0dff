import type { LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { PullRequestKey } from '../../model/pull-request.ts';
import { type Result, success } from '../../model/result.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { type RolloutsAnswer, readRollouts, rememberedTexts } from '../../pipelines/rollouts/read-rollouts.ts';
import { type SoundEnvironment, soundEnvironment, soundInputsOf } from '../../pipelines/rollouts/sound-inputs.ts';
import { firstParentHistory } from '../../repo/git/first-parent-history.ts';
import { readCommitTree } from '../../repo/git/read-commit-tree.ts';
import type { GitRepository } from '../../repo/git/repository.ts';
import type { CreateCompiler } from '../compiler.ts';
import { contentsIn } from './contents-in.ts';

export interface CommitReader {
  readonly create: CreateCompiler;
  readonly repository: GitRepository;
  readonly key: PullRequestKey;
}

const settingsPath = 'mainsheet.yaml';

/** The inputs of a commit, and the folder that environments stand in there. */
export interface CommitInputs {
  readonly tree: FileTree;
  readonly environments: RepoPath;
}

export async function inputsAt({ create, repository }: CommitReader, commit: string): Promise<Result<CommitInputs>> {
  const isInput = (path: string): boolean => path === settingsPath || /\.(ya?ml|hbs)$/.test(path);
  const first = await readCommitTree(repository, commit, [settingsPath], isInput);
  if (first.value === undefined) return first;
  const { environments = 'environments', templates = 'templates' } = create(first.value, {}).settings.value ?? {};
  const tree = await readCommitTree(repository, commit, [settingsPath, environments, templates], isInput);
  return tree.value === undefined ? tree : success({ tree: tree.value, environments });
}

/** The rollout that a commit is about, as some inputs have it. Since when is not asked. */
export async function rolloutIn({ key }: CommitReader, tree: FileTree): Promise<RolloutsAnswer> {
  return await readRollouts({
    tree,
    environment: key.environment,
    named: [subjectOf(key)],
    commits: async () => [],
    read: async () => new Map(),
  });
}

/** Inputs of a commit without their errors, as a way back read them that was made from it; undefined where they never were without. */
export async function soundAt(
  { repository, key }: CommitReader,
  commit: string,
  { tree, environments }: CommitInputs,
): Promise<SoundEnvironment | undefined> {
  return await soundEnvironment({
    tree,
    environment: key.environment,
    commits: async () => (await firstParentHistory(repository, commit, [settingsPath, environments])).value?.commits ?? [],
    read: contentsIn(repository),
    parsed: rememberedTexts(),
  });
}

/** A commit's inputs with what was read as it was before, too, but for what it goes back from; and what it did to that which is others'. */
export function readAlike(
  before: FileTree,
  after: FileTree,
  sound: SoundEnvironment,
  key: PullRequestKey,
): { readonly tree: FileTree; readonly touched: readonly RepoPath[] } {
  const own = soundInputsOf(sound, subjectOf(key))?.restored ?? new Map();
  const isLeft = (path: RepoPath) => before.get(path) === after.get(path);
  const tree = new Map(after);
  for (const path of [...sound.taken].filter((one) => isLeft(one) || !own.has(one))) {
    const text = sound.tree.get(path);
    if (text === undefined) tree.delete(path);
    else tree.set(path, text);
  }
  return { tree, touched: [...sound.taken].filter((path) => !own.has(path) && !isLeft(path)) };
}

function subjectOf({ subject = '' }: PullRequestKey): string {
  return subject.replace(/^(train|external) /, '');
}

/** Findings of the repository as those of inputs are told. */
export function unlocated(create: CreateCompiler, { diagnostics }: Result<unknown>): readonly LocatedDiagnostic[] {
  return create(new Map(), {}).locate(diagnostics);
}

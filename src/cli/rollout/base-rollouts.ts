import type { HistoryCommit } from '../../model/commit.ts';
import { rememberedFor } from '../../model/remembered-for.ts';
import { type Result, success } from '../../model/result.ts';
import type { Seconds } from '../../model/rollout.ts';
import type { FileTree } from '../../model/source.ts';
import { type CompileTree, rememberingCompile } from '../../pipelines/remembering-compile.ts';
import { type ParsedTexts, type RolloutsAnswer, readRollouts, rememberedTexts } from '../../pipelines/rollouts/read-rollouts.ts';
import type { ReadContents } from '../../pipelines/rollouts/rollout-history.ts';
import { fetchTip } from '../../repo/git/fetch-commit.ts';
import { firstParentHistory } from '../../repo/git/first-parent-history.ts';
import { readCommitTree } from '../../repo/git/read-commit-tree.ts';
import type { CliContext } from '../cli-context.ts';
import type { Compiled, Locations } from '../compiler.ts';
import { once } from '../once.ts';
import { fetchBase, openSession, type ProposeSession, type SessionFlags } from '../propose/propose-session.ts';
import { renderedFiles, settingsIn } from '../propose/read-versions.ts';
import type { Workspace } from '../workspace.ts';
import { contentsIn } from './contents-in.ts';
import { type EngineBranch, openEngineBranch } from './engine-branch.ts';

/** The base branch as it is on the remote now: where every rollout is. */
export interface BaseRollouts {
  readonly session: ProposeSession;
  readonly settings: Locations;
  readonly commit: string;
  readonly tree: FileTree;
  /** Texts of it that were parsed. */
  readonly parsed: ParsedTexts;
  /** Knows what was compiled last. */
  readonly compileTree: CompileTree;
  /** What it has rendered of each environment, texts with their mark. */
  readonly rendered: () => Promise<Result<(environment: string) => FileTree>>;
  /** The base branch's first-parent history, newest first, and contents by their hashes. */
  readonly history: () => Promise<readonly HistoryCommit[]>;
  readonly contents: ReadContents;
  /** What the base branch says of an environment, compiled once. */
  readonly compiled: (environment: string) => Compiled;
  /** What the GitOps engine applies. */
  readonly engine: EngineBranch;
  /** `as` are texts to read instead of those of the base branch. */
  readonly read: (environment: string, named?: readonly string[], as?: FileTree) => Promise<RolloutsAnswer>;
}

const settingsPath = 'mainsheet.yaml';

/** Opens repository, remote and forge, and reads the base branch's inputs. History and rendered files are read when they are asked for, once. */
export async function openBase(
  context: CliContext,
  { root, inputs }: Workspace,
  flags: SessionFlags & { readonly now?: Seconds },
): Promise<Result<BaseRollouts>> {
  if (inputs === undefined) return { value: undefined, diagnostics: [] };
  const { settings } = inputs;
  const session = await openSession(context, root, settings, flags);
  if (session.value === undefined) return session;
  const { repository } = session.value;
  const commit = await fetchBase(session.value);
  if (commit.value === undefined) return commit;
  const old = await settingsIn(session.value, commit.value, await context.compiler());
  if (old.value === undefined) return old;
  // What is on the base branch is found as it says itself.
  const stands = old.value ?? settings;
  const folders = [settingsPath, stands.environments, stands.templates];
  const tree = await readCommitTree(repository, commit.value, folders, (path) => path === settingsPath || /\.(ya?ml|hbs)$/.test(path));
  if (tree.value === undefined) return tree;
  const history = once(() => historyOf(session.value, commit.value, stands, flags.now ?? context.now()));
  const texts = tree.value;
  const parsed = rememberedTexts();
  const create = await context.compiler();
  const compilations = new Map<string, Compiled>();
  return success({
    session: session.value,
    settings: stands,
    commit: commit.value,
    tree: texts,
    parsed,
    compileTree: rememberingCompile(),
    compiled: (environment) => {
      const compiled = compilations.get(environment) ?? create(texts, { parsed }).compile(environment);
      compilations.set(environment, compiled);
      return compiled;
    },
    engine: openEngineBranch(context, session.value, stands, commit.value),
    rendered: once(async () => {
      const read = await renderedFiles(session.value, commit.value, stands);
      if (read.value === undefined) return read;
      const files = read.value;
      return success((environment: string) => files.get(environment) ?? new Map());
    }),
    history,
    contents: contentsIn(repository),
    read: (environment, named, as = texts) =>
      readRollouts({
        tree: as,
        environment,
        parsed,
        commits: history,
        read: contentsIn(repository),
        ...(named === undefined ? {} : { named }),
        ...(settings.output === undefined ? { rendered: settings.rendered } : {}),
      }),
  });
}

/** All of it, as far as the clone has it: a shallow one is told where that is not enough. */
async function historyOf(
  { repository, remote, access, base }: ProposeSession,
  commit: string,
  settings: Locations,
  now: Seconds,
): Promise<readonly HistoryCommit[]> {
  if (repository.isShallow) await fetchTip(repository, remote, base.branch, 'history', access);
  const history = await firstParentHistory(
    repository,
    commit,
    [settingsPath, settings.environments, ...(settings.output === undefined ? [settings.rendered] : [])],
    { now },
  );
  return history.value?.commits ?? [];
}

/** Files as they are compared: without the mark that writing adds. The same tree for the same files. */
export const unmarked = rememberedFor(
  (files: FileTree): FileTree => new Map([...files].map(([path, text]) => [path, text.replace(/^# mainsheet sha256:[^\n]*\n/, '')])),
);

import { type Result, success } from '../../model/result.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { mergeBase } from '../../repo/git/merge-base.ts';
import { readCommitTree } from '../../repo/git/read-commit-tree.ts';
import type { CreateCompiler, Locations } from '../compiler.ts';
import { type RenderedEnvironments, renderedIn } from '../diff/read-commit.ts';
import { editedInputs, type InputVersions } from './edited-inputs.ts';
import { openOutput, outputFaults } from './output-place.ts';
import type { ProposeSession } from './propose-session.ts';

/** What is compared: inputs on the base branch, what the work tree makes of them, and what the base branch has rendered. */
export interface BaseVersions {
  readonly base: FileTree;
  readonly edits: ReadonlyMap<RepoPath, string | null>;
  /** By path beneath an environment's output folder, texts with their mark. */
  readonly rendered: (environment: string) => FileTree;
  /** Where the base branch's own settings say that its rendered files are. */
  readonly stands: StandingOutput;
}

/** Rendered files of a commit, as its own settings say. */
export interface StandingOutput {
  readonly folder: RepoPath;
  /** Whether they are in another branch or repository. */
  readonly isElsewhere: boolean;
  readonly environments: readonly string[];
}

const settingsPath = 'mainsheet.yaml';

/** Reads a commit of the base branch beside the work tree's inputs, `here`. */
export async function readVersions(
  session: ProposeSession,
  commit: string,
  settings: Locations,
  here: FileTree,
  create: CreateCompiler,
): Promise<Result<BaseVersions>> {
  const { repository, base: branch } = session;
  const faults = settings.output === undefined ? [] : outputFaults(session, settings.output);
  if (faults.length > 0) return { value: undefined, diagnostics: faults };
  const origin = await mergeBase(repository, repository.head.commit ?? commit, commit);
  if (origin.value === undefined && origin.diagnostics.length > 0) return { value: undefined, diagnostics: origin.diagnostics };
  const old = await settingsIn(session, commit, create);
  if (old.value === undefined) return old;
  const was = old.value ?? settings;
  const folders = [...new Set([settings, was].flatMap(({ environments, templates }) => [environments, templates]))];
  const inputsOf = (hash: string) => readCommitTree(repository, hash, [settingsPath, ...folders], isInput);
  const base = await inputsOf(commit);
  if (base.value === undefined) return base;
  // Where the two have no history in common, all that is here is new.
  const then = origin.value === commit ? base : origin.value === undefined ? success<FileTree>(new Map()) : await inputsOf(origin.value);
  if (then.value === undefined) return then;
  const versions: InputVersions = { origin: then.value, here, base: base.value };
  const edits = editedInputs(versions, branch.branch);
  if (edits.value === undefined) return edits;
  const rendered = await renderedFiles(session, commit, was);
  if (rendered.value === undefined) return rendered;
  const files = rendered.value;
  const stands = { folder: was.rendered, isElsewhere: was.output !== undefined, environments: [...files.keys()] };
  return success({ base: base.value, edits: edits.value, rendered: (environment) => files.get(environment) ?? new Map(), stands });
}

/** Settings as a commit has them: folders may have been renamed since. Null where they have errors, which a change may mend. */
export async function settingsIn(
  { repository }: ProposeSession,
  commit: string,
  create: CreateCompiler,
): Promise<Result<Locations | null>> {
  const read = await readCommitTree(repository, commit, [settingsPath], (path) => path === settingsPath);
  return read.value === undefined ? read : success(create(read.value, {}).settings.value ?? null);
}

/** What is rendered of the base branch: in its own commit, or where else rendered files are. */
export async function renderedFiles(session: ProposeSession, commit: string, settings: Locations): Promise<Result<RenderedEnvironments>> {
  const { repository, base } = session;
  if (settings.output === undefined)
    return await renderedIn(repository, { hash: commit, name: base.branch }, settings.rendered, () => undefined);
  const output = await openOutput(session, settings.output);
  if (output.value === undefined) return output;
  const { repository: own, tip, branch } = output.value;
  return tip === undefined ? success(new Map()) : await renderedIn(own, { hash: tip, name: branch }, settings.rendered, () => undefined);
}

function isInput(path: RepoPath): boolean {
  return path === settingsPath || /\.(ya?ml|hbs)$/.test(path);
}

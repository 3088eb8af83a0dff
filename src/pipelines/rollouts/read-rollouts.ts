/**
 * The page of rollouts as a base branch has them: its intents, and as much of its history as they need.
 *
 *   tree ──load──▶ intents ──▶ rollouts ──which intents?──▶ history ──▶ states, dated
 */
import { createLocator } from '../../document/locate.ts';
import { locateDiagnostics } from '../../document/locate-diagnostics.ts';
import { type ParsedTexts, rememberingParser } from '../../document/remembering-parser.ts';
import { load, loadSettings } from '../../load/load.ts';
import type { HistoryCommit } from '../../model/commit.ts';
import { isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import type { PromotionStage } from '../../model/rollout.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { intentNamed } from '../../rollout/named-intent.ts';
import { type ReadContents, readHistories } from './rollout-history.ts';
import type { RolloutEntry } from './rollout-moves.ts';
import { type Histories, rolloutsOf } from './rollouts.ts';

export interface RolloutsRequest {
  readonly tree: FileTree;
  readonly environment: string;
  /** Newest first. Asked for once, and only where something is on its way. */
  readonly commits: () => Promise<readonly HistoryCommit[]>;
  readonly read: ReadContents;
  /** Services and trains that are wanted whether or not they are on their way. */
  readonly named?: readonly string[];
  readonly parsed?: ParsedTexts;
  /** The folder of rendered environments, where it is in the same commits. */
  readonly rendered?: RepoPath;
}

export interface ReadRollouts {
  readonly loaded: LoadedEnvironment;
  readonly entries: readonly RolloutEntry[];
  readonly histories: Histories;
  /** Titles of intents whose history does not reach back far enough: since when they say what they say is not known. */
  readonly unknown: readonly string[];
  /** The environment before this one in `order:`, whose versions have to be stable for its soak. */
  readonly upstream?: PromotionStage;
  /** `order:` of mainsheet.yaml. */
  readonly order: readonly PromotionStage[];
}

export type RolloutsAnswer =
  | { readonly value: ReadRollouts }
  | { readonly value: undefined; readonly diagnostics: readonly LocatedDiagnostic[] };

/** The rollouts of an environment, each with since when it is where it is; findings where the environment can't be loaded. */
export async function readRollouts({
  tree,
  environment,
  commits,
  read,
  named = [],
  parsed,
  rendered,
}: RolloutsRequest): Promise<RolloutsAnswer> {
  const parse = rememberingParser(parsed);
  const settings = loadSettings(tree, parse);
  const found =
    settings.value === undefined ? { value: undefined, diagnostics: settings.diagnostics } : load(tree, environment, settings.value, parse);
  const loaded = found.value;
  if (loaded === undefined)
    return { value: undefined, diagnostics: locateDiagnostics(found.diagnostics.filter(isError), createLocator(tree)) };
  const undated = rolloutsOf(loaded, new Map(), named);
  // What is promoted is known by name, also where no plan moves it.
  const asked = named.flatMap((name) => intentNamed(loaded.intents, name) ?? []);
  const intents = [...new Set([...undated.flatMap((entry) => entry.intents), ...asked])];
  const order = settings.value?.order ?? [];
  const upstream = order[order.findIndex((stage) => stage.environment === environment) - 1];
  const before = { order, ...(upstream === undefined ? {} : { upstream }) };
  if (intents.length === 0) return { value: { loaded, entries: [], histories: new Map(), unknown: [], ...before } };
  const { histories, unknown } = await readHistories(tree, loaded, intents, await commits(), read, beneath(rendered, environment));
  return { value: { loaded, entries: rolloutsOf(loaded, histories, named), histories, unknown, ...before } };
}

function beneath(folder: RepoPath | undefined, environment: string): RepoPath | undefined {
  return folder === '.' ? environment : folder === undefined ? undefined : `${folder}/${environment}`;
}

export { type ParsedTexts, rememberedTexts } from '../../document/remembering-parser.ts';

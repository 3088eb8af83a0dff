/**
 * The page of what a move of a rollout makes of the intents.
 *
 *   move ──▶ words after it ──edit──▶ texts ──load──▶ do they say just that? ── no ──▶ refused, and shown
 *
 * Nothing is trusted: texts that were edited are read again. Whether what they say is safe to apply, and in which phases, is asked of
 * `propose.ts` and `plan-change.ts`, as of any other change.
 */
import { mergePatchBetween } from '../../diff/merge-patch.ts';
import { editIntent } from '../../document/edit-intent.ts';
import { type ParsedTexts, rememberingParser } from '../../document/remembering-parser.ts';
import { load, loadSettings } from '../../load/load.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import { type Intent, intentTitle } from '../../model/intent.ts';
import { type JsonObject, objectOr, sameJson } from '../../model/json.ts';
import type { RolloutMove, RolloutState } from '../../model/rollout.ts';
import type { FileTree, RepoPath } from '../../model/source.ts';
import { type StickyId, withState, wordsAfter } from '../../rollout/words-after.ts';
import type { RefusedEdit } from '../phase-edits.ts';

/** One rollout of an environment: a train, or a service that rides none. */
export interface RolloutEntry {
  readonly state: RolloutState;
  /** The intent whose `rollout:` it follows: the service's own, or the train's. */
  readonly subject: Intent;
  /** In the order of the state's members. */
  readonly intents: readonly Intent[];
}

export interface EditedIntents {
  /** New texts by path; empty where anything is refused, or where the intents say it already. */
  readonly files: FileTree;
  readonly refused: readonly RefusedEdit[];
}

export interface EditOptions {
  readonly stickyId: StickyId;
  /** The folder under environments/ whose texts are edited: all environments that extend it move together. Default: the environment's own. */
  readonly folder?: string;
  /** Nothing that was asked for to follow it is begun after it. */
  readonly forgetsQueue?: boolean;
  /** Comments of what is taken away are kept above where it stood: nothing may be in the way of going back. */
  readonly keepsComments?: boolean;
  readonly parsed?: ParsedTexts;
}

/** Whether a move ends something, and a comment beside that is no reason not to. */
function keepsComments({ kind }: RolloutMove): boolean {
  return kind === 'rollback' || kind === 'finish';
}

/** The texts by which the intents say what they shall after a move. */
export function editsOfMove(
  tree: FileTree,
  loaded: LoadedEnvironment,
  entry: RolloutEntry,
  move: RolloutMove,
  options: EditOptions,
): EditedIntents {
  const { state, subject, intents } = entry;
  if (move.kind === 'hold' && state.isTrain)
    return editsOfWords(tree, loaded, [{ intent: subject, value: withState(subject.value, { hold: move.reason }) }], options);
  const wanted = state.members.flatMap((member, i): readonly WantedWords[] => {
    const intent = intents[i];
    if (intent === undefined) return [];
    const value = wordsAfter(state, member, intent.value, move, options.stickyId);
    return [{ intent, value: options.forgetsQueue === true ? withState(value, { queued: undefined }) : value }];
  });
  return editsOfWords(tree, loaded, wanted, { keepsComments: keepsComments(move), ...options });
}

/** Words of the subject's `rollout:`: held, queued; undefined takes one away. */
export function editsOfState(
  tree: FileTree,
  loaded: LoadedEnvironment,
  { subject }: RolloutEntry,
  state: Parameters<typeof withState>[1],
  options: EditOptions,
): EditedIntents {
  return editsOfWords(tree, loaded, [{ intent: subject, value: withState(subject.value, state) }], options);
}

export interface WantedWords {
  readonly intent: Intent;
  /** All that it shall say. */
  readonly value: JsonObject;
}

/** The texts by which intents of an environment say what they shall, or why that can't be written. */
export function editsOfWords(
  tree: FileTree,
  loaded: LoadedEnvironment,
  wanted: readonly WantedWords[],
  options: EditOptions,
): EditedIntents {
  const edited = new Map(tree);
  const { name } = loaded.environment;
  const folder = options.folder ?? name;
  const changes = wanted.flatMap(({ intent, value }) => {
    const patch = mergePatchBetween(intent.value, value);
    return patch === undefined ? [] : [{ intent, value, patch }];
  });
  const refused = changes.flatMap((change): readonly RefusedEdit[] => {
    const fresh = freshFile(loaded, folder, change.intent);
    const reason = editIntent(edited, change, { folder, fresh, keepsComments: options.keepsComments === true });
    return reason === undefined ? [] : [{ title: intentTitle(change.intent), reason, patch: change.patch }];
  });
  if (refused.length > 0) return { files: new Map(), refused };
  const files = new Map([...edited].filter(([path, text]) => tree.get(path) !== text));
  const other = files.size === 0 ? [] : misread(edited, name, changes, options.parsed);
  if (other.length > 0)
    return {
      files: new Map(),
      refused: other.map(({ intent, patch }) => ({
        title: intentTitle(intent),
        reason: `written into ${folder}, another folder or a short form would still say something else`,
        patch,
      })),
    };
  return { files, refused: [] };
}

/** Where an intent is written that the folder says nothing of: environments/prod/services/reviews.yaml. */
function freshFile({ environment }: LoadedEnvironment, folder: string, { kind, name, namespace }: Intent): RepoPath {
  const own = environment.layers.at(-1)?.file ?? '';
  const root = own.slice(0, own.lastIndexOf('/')).split('/').slice(0, -1).join('/');
  return `${root}/${folder}/${kind}s/${namespace === undefined ? '' : `${namespace}.`}${name}.yaml`;
}

/** Changes after which the intents, read again, do not say what they shall. */
function misread<Change extends WantedWords>(
  tree: FileTree,
  environment: string,
  changes: readonly Change[],
  parsed: ParsedTexts | undefined,
): readonly Change[] {
  const parse = rememberingParser(parsed);
  const settings = loadSettings(tree, parse).value;
  const loaded = settings === undefined ? undefined : load(tree, environment, settings, parse).value;
  const now = new Map((loaded?.intents ?? []).map((intent) => [intentTitle(intent), intent.value]));
  return changes.filter(({ intent, value }) => !sameWords(now.get(intentTitle(intent)), value));
}

/** Equal, but for the order in which entries are written. */
function sameWords(now: JsonObject | undefined, value: JsonObject): boolean {
  return now !== undefined && sameJson(now, value) && sameOrder(objectOr(now.versions), objectOr(value.versions));
}

/** Versions are rendered in their order. */
function sameOrder(a: JsonObject, b: JsonObject): boolean {
  return Object.keys(a).join(' ') === Object.keys(b).join(' ');
}

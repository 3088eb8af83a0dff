import type { Intent, Layer } from '../model/intent.ts';
import { isObject, type JsonObject, objectOr, sameJson } from '../model/json.ts';
import { hasCarriageReturns, withCarriageReturns, withLineFeeds } from '../model/line-ends.ts';
import { type Pointer, valueAt } from '../model/pointer.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { pairText, patchDocument } from './patch-document.ts';

/** A change of what an intent says, to be written into the texts that say it. */
export interface IntentEdit {
  /** As it is written now, with all its layers. */
  readonly intent: Intent;
  /** All that it shall say, but for what is still to come. */
  readonly value: JsonObject;
  /** What is to be changed for that: RFC 7386. */
  readonly patch: JsonObject;
}

export interface EditPlace {
  /** The name of the folder under environments/ whose texts may be changed. */
  readonly folder: string;
  /** The file that is written where the folder says nothing of the intent yet; absent = then it is refused. */
  readonly fresh?: RepoPath;
  /** Comments of what is taken away are kept above where it stood; else they keep it from being taken away. */
  readonly keepsComments?: boolean;
  /** What was said before: what is to be said again is written as it was, and no comment of what is new is lost. */
  readonly before?: EarlierWords;
}

export interface EarlierWords {
  readonly tree: FileTree;
  readonly intent: Intent;
}

/**
 * Writes an edit into the texts of one folder, with comments, order, style and line ends as they are. Answers why it can't be made without losing
 * something; undefined where it was made. Whether the intent then says what it shall is for the caller to see: other folders speak as well.
 */
export function editIntent(
  tree: Map<RepoPath, string>,
  { intent, value, patch: asked }: IntentEdit,
  { folder, fresh, before, keepsComments = false }: EditPlace,
): string | undefined {
  const layer = ownLayer(intent, folder);
  if (layer === undefined) return writeFresh(tree, intent, asked, fresh);
  const text = tree.get(layer.file);
  if (text === undefined) return 'no file of it is known';
  const beneath = intent.layers.filter((other) => other !== layer);
  const keepsNull = (pointer: Pointer) => beneath.some((other) => valueAt(other.value, pointer) !== undefined);
  // A map that other texts speak of as well has their order: it can't be written anew here.
  const isShared = (word: string) => beneath.some((other) => isObject(other.value[word]));
  const texts = before === undefined ? undefined : textsBefore(asked, value, before, folder);
  const whole = outOfOrder(layer.value, asked, value).filter((word) => !isShared(word) && texts?.has(word) !== true);
  const patch = { ...asked, ...Object.fromEntries(whole.map((word) => [word, value[word] ?? null])) };
  const isOfWindows = hasCarriageReturns(text);
  let now = isOfWindows ? withLineFeeds(text) : text;
  const lost: string[] = [];
  for (const step of stepsOf(layer, patch)) {
    const done = patchDocument(now, layer.document, step, {
      keepsNull,
      whole,
      keepsComments: keepsComments || texts !== undefined,
      ...(texts === undefined ? {} : { texts }),
    });
    if (done === undefined) return `${layer.file} could not be read`;
    now = done.text;
    lost.push(...done.lost);
  }
  if (lost.length > 0) return `${layer.file} would lose the comment ${lost.join(', ')}`;
  tree.set(layer.file, isOfWindows ? withCarriageReturns(now) : now);
  return undefined;
}

function ownLayer({ layers }: Intent, folder: string): Layer | undefined {
  return layers.findLast(({ kind, file }) => kind === 'intent' && file.includes(`/${folder}/`));
}

/** Of the words of a patch those that shall be what they were, as they stood in the folder's own text. */
function textsBefore(patch: JsonObject, value: JsonObject, { tree, intent }: EarlierWords, folder: string): ReadonlyMap<string, string> {
  const layer = ownLayer(intent, folder);
  const text = layer === undefined ? undefined : tree.get(layer.file);
  if (layer === undefined || text === undefined) return new Map();
  return new Map(
    Object.keys(patch).flatMap((word): readonly (readonly [string, string])[] => {
      const [was, is] = [intent.value[word], value[word]];
      const written = was !== undefined && is !== undefined && sameJson(was, is) ? pairText(text, layer.document, word) : undefined;
      return written === undefined ? [] : [[word, withLineFeeds(written)]];
    }),
  );
}

/** What is still to come is one patch: it is said anew, not mixed with what was said of it before. */
function stepsOf({ value }: Layer, patch: JsonObject): readonly JsonObject[] {
  return isObject(value.next) && patch.next !== null && patch.next !== undefined ? [{ next: null }, patch] : [patch];
}

/** Only what differs from the texts that it is inherited from. */
function writeFresh(
  tree: Map<RepoPath, string>,
  { kind, name, namespace, layers }: Intent,
  patch: JsonObject,
  file: RepoPath | undefined,
): string | undefined {
  const inherited = layers.findLast((layer) => layer.kind === 'intent');
  if (file === undefined) return inherited === undefined ? 'no file of it is known' : `${inherited.file} is shared with other environments`;
  if (tree.has(file)) return `${file} is there, and says something else`;
  const identity = `${kind}: ${name}\n${namespace === undefined ? '' : `namespace: ${namespace}\n`}`;
  const written = patchDocument(identity, 0, patch, { keepsNull: () => true });
  if (written === undefined) return `${file} could not be written`;
  tree.set(file, written.text);
  return undefined;
}

/** Maps that a patch would leave in another order than they shall have: a patch adds at the end. */
function outOfOrder(written: JsonObject, patch: JsonObject, value: JsonObject): readonly string[] {
  return Object.keys(patch).filter((word) => {
    const [old, now] = [written[word], value[word]];
    if (!isObject(old) || !isObject(now)) return false;
    const patched = [...Object.keys(old), ...Object.keys(objectOr(patch[word]))].filter((key) => now[key] !== undefined);
    return [...new Set(patched)].join(' ') !== Object.keys(now).join(' ');
  });
}

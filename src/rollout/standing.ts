import { type Json, type JsonObject, objectOr, sameJson } from '../model/json.ts';
import type { Seconds } from '../model/rollout.ts';

/** What an intent said from a commit of the base branch's first-parent history on. */
export interface DatedWords {
  readonly commit: string;
  /** Committer date, seconds since 1970. */
  readonly date: Seconds;
  /** Merged as ever; undefined where the commit has no such intent. */
  readonly words: JsonObject | undefined;
  /**
   * When the files that are rendered beside the intents first followed: the date of the first commit, this or a later one, that changed any of the
   * environment's. Absent where that is not known, as for output elsewhere.
   */
  readonly rendered?: Seconds | 'never';
  /**
   * Replaced before anything of the environment was rendered, so that its words by themselves never came to the mesh. Present only where rendered files are in
   * the same commits.
   */
  readonly isPassing?: boolean;
}

/**
 * Since when a part of the words is as it is, and what it was before.
 *
 * Counted is what may have been live. What a base branch says in passing, until somebody corrects it, is not: of words that can't be read or compiled
 * nothing is rendered (they are not among the dated ones), and where rendered files are in the same commits, words that were replaced before any of
 * these changed were never rendered either. In both cases what was applied before them stayed applied, pods went on being observed, and a soak that began
 * before goes on. Older words that say the same belong to it only if something was rendered while they stood: a step that was itself said in passing, before
 * another that was, has never been live. Where an intent was not there at all, a soak always begins anew.
 */
export function standing(words: JsonObject, history: readonly DatedWords[], part: (words: JsonObject) => Json): Standing {
  const now = part(words);
  let first: DatedWords | undefined;
  let isInterrupted = false;
  for (const then of history) {
    const isSame = then.words !== undefined && sameJson(part(then.words), now);
    const isPassing = then.words !== undefined && then.isPassing === true;
    if (!isSame && !isPassing) return { ...(first === undefined ? {} : { first }), before: then };
    if (isSame && !(isInterrupted && isPassing)) {
      first = then;
      isInterrupted = false;
    } else isInterrupted = true;
  }
  return first === undefined ? {} : { first };
}

export interface Standing {
  /** The oldest commit since which it stands; absent where no commit is known. */
  readonly first?: DatedWords;
  /** The newest words that counted before; absent where the history does not reach back to them. */
  readonly before?: DatedWords;
}

/** Whether no request, nor any copy of one, goes to a canary. */
export function sharesNothing({ canary }: JsonObject): boolean {
  const { percent, mirror } = objectOr(canary);
  return canary === undefined || ((percent ?? 0) === 0 && (mirror ?? 0) === 0);
}

import type { JsonObject } from '../model/json.ts';

/** What an earlier run has parsed, by text. Only a shortcut: the result is the same without it. */
export interface ParsedTexts {
  readonly get: (text: string) => readonly JsonObject[] | undefined;
  /** Asked once for each compilation: whether others like it follow in this run, so that what is found out is kept for them. */
  readonly isFollowed?: (environment: string) => boolean;
  readonly put: (text: string, documents: readonly JsonObject[]) => void;
}

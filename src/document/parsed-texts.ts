import type { JsonObject } from '../model/json.ts';

/** What an earlier run has parsed, by text. Only a shortcut: the result is the same without it. */
export interface ParsedTexts {
  readonly get: (text: string) => readonly JsonObject[] | undefined;
  /** Whether others are compiled in this run that are much alike, so that what is found out is kept for them. */
  readonly ofThisRun?: true;
  readonly put: (text: string, documents: readonly JsonObject[]) => void;
}

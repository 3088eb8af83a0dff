import type { JsonObject } from '../model/json.ts';

/** What an earlier run has parsed, by text. Only a shortcut: the result is the same without it. */
export interface ParsedTexts {
  readonly get: (text: string) => readonly JsonObject[] | undefined;
  readonly put: (text: string, documents: readonly JsonObject[]) => void;
}

import type { JsonObject } from '../../model/json.ts';
import type { FileTree } from '../../model/source.ts';
import type { CompileOptions } from '../compiler.ts';

export interface ParsedTexts extends NonNullable<CompileOptions['parsed']> {
  /** Keeps what was parsed of these texts only, so that a day of saves does not fill the memory. */
  readonly forgetOthers: (tree: FileTree) => void;
}

/** What was parsed in this run, by text: a save changes one of many. */
export function parsedTexts(): ParsedTexts {
  let known = new Map<string, readonly JsonObject[]>();
  return {
    isFollowed: () => true,
    get: (text) => known.get(text),
    put: (text, documents) => known.set(text, documents),
    forgetOthers(tree) {
      if (known.size <= tree.size) return;
      const texts = new Set(tree.values());
      known = new Map([...known].filter(([text]) => texts.has(text)));
    },
  };
}

import type { JsonObject } from '../model/json.ts';
import { type Result, result } from '../model/result.ts';
import type { RepoPath } from '../model/source.ts';
import { type ParsedDocument, parseYaml } from './parse.ts';
import type { ParsedTexts } from './parsed-texts.ts';

export type { ParsedTexts };

export type ParseFile = (file: RepoPath, text: string) => Result<readonly ParsedDocument[]>;

/** What there is and what shall be are compiled by most runs; writing down what is read pays where more follow. */
const fewCompilations = 2;

/** For trees that say much the same, one after the other. */
export function rememberedTexts(): ParsedTexts {
  const texts = new Map<string, readonly JsonObject[]>();
  const compilations = new Map<string, number>();
  return {
    get: (text) => texts.get(text),
    put: (text, documents) => texts.set(text, documents),
    isFollowed: (environment) => {
      const before = compilations.get(environment) ?? 0;
      compilations.set(environment, before + 1);
      return before >= fewCompilations;
    },
  };
}

/** Each text is parsed once, however many environments extend its folder. */
export function rememberingParser(parsed: ParsedTexts | undefined): ParseFile {
  const memory = new Map<string, Result<readonly ParsedDocument[]>>();
  return (file, text) => {
    const known = memory.get(file);
    if (known !== undefined) return known;
    const read = parseThrough(parsed, file, text);
    memory.set(file, read);
    return read;
  };
}

function parseThrough(parsed: ParsedTexts | undefined, file: RepoPath, text: string): Result<readonly ParsedDocument[]> {
  const kept = parsed?.get(text);
  if (kept !== undefined)
    return result(
      kept.map((value, index) => ({ file, index, value })),
      [],
    );
  const read = parseYaml(file, text);
  // Only texts that nothing was found in may be taken as read next time.
  const whole = read.diagnostics.length === 0 && read.value?.every(({ index }, i) => index === i);
  if (whole === true && read.value !== undefined)
    parsed?.put(
      text,
      read.value.map(({ value }) => value),
    );
  return read;
}

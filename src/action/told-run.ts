import type { Severity } from '../model/diagnostic.ts';
import { isObject, type Json, listOr, objectOr } from '../model/json.ts';
import type { Position } from '../model/position.ts';
import type { GithubFinding } from '../report/diagnostics-github.ts';

/** A fault that is no finding in a file, in a sentence, and what to do about it. */
export interface Failure {
  readonly message: string;
  readonly hints: readonly string[];
}

/** Findings in the file that MAINSHEET_FINDINGS names, each once: a command that starts over tells the same again. */
export function findingsIn(record: string): readonly GithubFinding[] {
  const told = record.split('\n').flatMap((line) => listOr(objectOr(jsonOf(line)).diagnostics));
  return [...new Map(told.map((one) => [JSON.stringify(one), findingOf(one)])).values()];
}

/** Sentences that begin with `error:` on stderr, each with the indented lines beneath it. A finding has its code there. */
export function failuresIn(stderr: string): readonly Failure[] {
  const lines = stderr.split('\n');
  return lines.flatMap((line, i) => {
    const [, message] = /^error: (.+)$/.exec(line) ?? [];
    if (message === undefined) return [];
    const beneath = lines.slice(i + 1);
    const end = beneath.findIndex((one) => !/^ {2}\S/.test(one));
    const hints = beneath.slice(0, end < 0 ? undefined : end).map((one) => one.trim().replace(/^help: /, ''));
    return [{ message, hints }];
  });
}

function findingOf(value: Json): GithubFinding {
  const { code, name, severity, message, why, fix, hints, location } = objectOr(value);
  const at = placeOf(location);
  return {
    ...{ code: textOf(code), name: textOf(name), severity: severityOf(severity) },
    ...{ message: textOf(message), why: textOf(why), fix: textOf(fix), hints: listOr(hints).map(textOf) },
    ...(at === undefined ? {} : { at }),
  };
}

function placeOf(location: Json | undefined): GithubFinding['at'] {
  const { file, start, end } = objectOr(location);
  if (typeof file !== 'string') return undefined;
  const [from, to] = [positionOf(start), positionOf(end)];
  return from === undefined || to === undefined ? { file } : { file, start: from, end: to };
}

function positionOf(value: Json | undefined): Position | undefined {
  const { line, column } = objectOr(value);
  return typeof line === 'number' && typeof column === 'number' ? { line, column } : undefined;
}

function severityOf(value: Json | undefined): Severity {
  return value === 'warning' || value === 'info' ? value : 'error';
}

export function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Undefined where it is no JSON document. */
export function jsonOf(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

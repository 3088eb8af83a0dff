import { isList, isObject, type Json } from '../model/json.ts';
import type { Origin } from '../model/origin.ts';
import { type Pointer, pointerSegments } from '../model/pointer.ts';
import type { RepoPath } from '../model/source.ts';
import { displayWidth } from './display-width.ts';
import { visibleText } from './visible-text.ts';

/** Where the words of an origin stand, as people say it: 'environments/prod/reviews.yaml:3'. */
export type DescribePlace = (origin: Origin) => string;

interface ExplainedValue {
  readonly pointer: Pointer;
  readonly value: Json;
  readonly origin: Origin;
  readonly overridden: readonly Origin[];
}

interface ExplainedIntent {
  readonly title: string;
  readonly environment: string;
  readonly entries: readonly ExplainedValue[];
}

/** A merged intent: a line per value, with the place it comes from and those it overrules. */
export function renderIntentExplanation(intent: ExplainedIntent, describe: DescribePlace): string {
  const rows = intent.entries.map(({ pointer, value, origin, overridden }) => ({
    line: `${dotted(pointer)}: ${shownValue(value)}`,
    place: [describe(origin), ...overridden.map((other) => `over ${describe(other)}`)].map(visibleText).join(', '),
  }));
  const width = Math.min(56, Math.max(0, ...rows.map(({ line }) => displayWidth(line))));
  const lines = rows.map(({ line, place }) => `  ${line}${' '.repeat(Math.max(0, width - displayWidth(line)))}  ${place}`.trimEnd());
  return [`${visibleText(intent.title)} in ${visibleText(intent.environment)}`, ...lines, ''].join('\n');
}

interface ExplainedLine {
  readonly manifest: string;
  readonly pointer: Pointer;
  readonly value: Json;
  readonly origin?: Origin;
  readonly template?: { readonly file: RepoPath; readonly line: number };
}

/** A line of a rendered file: what it says, which words said so, and which line of a template drew it. */
export function renderLineExplanation(place: string, line: ExplainedLine, describe: DescribePlace): string {
  const { origin, template } = line;
  const rows: readonly (readonly [string, string])[] = [
    ['object', visibleText(line.manifest)],
    ['field', dotted(line.pointer)],
    ['value', shownValue(line.value)],
    ['from', origin === undefined ? 'the template itself, not an intent' : visibleText(describe(origin))],
    ...(origin?.reason === undefined ? [] : [['because', visibleText(origin.reason)] as const]),
    ...(template === undefined ? [] : [['drawn by', visibleText(`${template.file}:${template.line}`)] as const]),
  ];
  return [visibleText(place), ...rows.map(([word, text]) => `  ${word.padEnd(10)}${text}`), ''].join('\n');
}

/** '/spec/http/0/timeout' → 'spec.http[0].timeout' */
function dotted(pointer: Pointer): string {
  const words = pointerSegments(pointer).map((segment, i) => {
    if (/^(0|[1-9]\d*)$/.test(segment) && i > 0) return `[${segment}]`;
    const word = /^[\w-]+$/.test(segment) ? segment : JSON.stringify(segment);
    return i === 0 ? word : `.${word}`;
  });
  return words.length === 0 ? '(whole)' : visibleText(words.join(''));
}

/** As YAML says it on one line: words plain where every reader takes them as text, the rest as JSON. */
function shownValue(value: Json): string {
  if (isList(value)) return `[${value.map(shownValue).join(', ')}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${shownValue(key)}: ${shownValue(item)}`)
      .join(', ')}}`;
  if (typeof value !== 'string') return String(value);
  const isPlain = /^(?:[A-Za-z_/][\w./*-]*|\d+(?:ms|s|m|h))$/.test(value) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(value);
  return isPlain ? value : visibleText(JSON.stringify(value));
}

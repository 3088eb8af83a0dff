import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { lineStarts } from '../model/position.ts';
import type { RepoPath, Span } from '../model/source.ts';
import { findPrivateUse } from './placeholder.ts';
import { frontMatter, noPrivateUse, templateWithinLimit } from './template-diagnostics.ts';

/** For what a template of the user's own is drawn once. */
export type Each = 'service' | 'gateway' | 'external' | 'environment';
const eachWords: ReadonlySet<string> = new Set<Each>(['service', 'gateway', 'external', 'environment']);

/** A template file. Lines of `code` are lines of the file, so that places found in one hold in the other. */
export interface TemplateSource {
  readonly path: RepoPath;
  readonly text: string;
  readonly starts: readonly number[];
  /** What is drawn: front matter blanked, LF, no byte order mark, one line end at the end. */
  readonly code: string;
  readonly each?: Each;
  /** It cannot be used, and why has been reported: what it is for need not be asked any more. */
  readonly refused?: true;
}

/** UTF-16 code units. */
const sizeLimit = 64 * 1024;

const frontMatterBlock = /^---[ \t]*\n((?:[ \t]*[A-Za-z][\w-]*[ \t]*:[^\n]*\n|[ \t]*(?:#[^\n]*)?\n)*)---[ \t]*\n/;

/** Reads a file as a template. Front matter that is wrong is reported and ignored. */
export function readTemplate(path: RepoPath, text: string, diagnostics: Diagnostic[]): TemplateSource {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const source: TemplateSource = { path, text, starts: lineStarts(text), code: plain.endsWith('\n') ? plain : `${plain}\n` };
  if (text.length > sizeLimit) {
    diagnostics.push(diagnose(templateWithinLimit, { params: { measure: 'the template is', limit: '64 KiB' }, at: fileSpan(source) }));
    return { ...source, code: '', refused: true };
  }
  const foreign = findPrivateUse(text);
  if (foreign !== undefined) {
    const at = { file: path, start: foreign.offset, end: foreign.offset + 1 };
    diagnostics.push(diagnose(noPrivateUse, { params: { character: foreign.character }, at }));
    return { ...source, code: '', refused: true };
  }
  return withFrontMatter(source, diagnostics);
}

function withFrontMatter(source: TemplateSource, diagnostics: Diagnostic[]): TemplateSource {
  const found = frontMatterBlock.exec(source.code);
  if (found === null) return source;
  const [block, written = ''] = found;
  const code = block.replace(/[^\n]/g, '') + source.code.slice(block.length);
  const problem = (text: string, line: number) =>
    diagnostics.push(diagnose(frontMatter, { params: { problem: text }, at: lineSpan(source, line) }));
  const before = diagnostics.length;
  let each: Each | undefined;
  for (const [index, line] of written.split('\n').entries()) {
    const [, key, value] = /^\s*([\w-]+)\s*:\s*["']?([^"'#]*?)["']?\s*(?:#.*)?$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    if (key !== 'each') problem(`front matter knows only \`each\`, not \`${key}\``, index + 2);
    else if (!isEach(value)) problem('`each` is `service`, `gateway`, `external` or `environment`', index + 2);
    else each = value;
  }
  if (each !== undefined) return { ...source, code, each };
  return diagnostics.length > before ? { ...source, code, refused: true } : { ...source, code };
}

function isEach(word: string): word is Each {
  return eachWords.has(word);
}

/** The stretch of a line, from 1, between two columns, from 0: without them the line without the blanks around it. */
export function lineSpan({ path, text, starts }: TemplateSource, line: number, column?: number, length?: number): Span {
  const mark = line === 1 && text.startsWith('\uFEFF') ? 1 : 0;
  const first = (starts[line - 1] ?? text.length) + mark;
  const content = text.slice(first, starts[line] ?? text.length);
  const last = first + content.trimEnd().length;
  const start = Math.min(first + (column ?? content.length - content.trimStart().length), last);
  return { file: path, start, end: length === undefined ? last : Math.min(start + length, last) };
}

/** The stretch of `code` from an offset on, as a place of the file. */
export function offsetSpan(source: TemplateSource, offset: number, length: number): Span {
  const before = source.code.slice(0, offset);
  return lineSpan(source, before.split('\n').length, offset - (before.lastIndexOf('\n') + 1), length);
}

/** The beginning of the file: for findings about all of it. */
export function fileSpan(source: TemplateSource): Span {
  return lineSpan(source, 1);
}

/** The tag of a line that names a field; the whole line where none does. */
export function printSpan(source: TemplateSource, line: number, field: string): Span {
  const text = source.code.split('\n', line)[line - 1] ?? '';
  for (const { index, 0: tag } of text.matchAll(/\{\{[^}]*\}\}/g)) {
    if (tag.split(/[^\w]+/).includes(field)) return lineSpan(source, line, index, tag.length);
  }
  return lineSpan(source, line);
}

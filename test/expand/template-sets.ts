import { drawTemplate } from '../../src/expand/draw-template.ts';
import { createTemplateSet, type TemplateSet } from '../../src/expand/template-set.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { positionOf } from '../../src/model/position.ts';
import { isSpan } from '../../src/model/source.ts';
import type { ViewObject } from '../../src/model/view.ts';
import { builtinTemplates } from './read-templates.ts';

/** The user's files by name below `templates/`. */
export type Files = { readonly [name: string]: string };

function treeOf(files: Files): ReadonlyMap<string, string> {
  return new Map(Object.entries(files).map(([name, text]) => [`templates/${name}`, text]));
}

/** "MS4002 templates/x.hbs:3:5 message", as short as a table wants it. */
export function shown(files: Files, { code, at, message }: Diagnostic): string {
  if (at === undefined) return `${code} ${message}`;
  if (!isSpan(at)) return `${code} ${at.file}#${at.pointer} ${message}`;
  const text = treeOf(files).get(at.file) ?? builtinTemplates.get(at.file) ?? '';
  const { line, column } = positionOf(text, at.start);
  return `${code} ${at.file.replace('templates/', '')}:${line}:${column} ${message}`;
}

export function templateSet(files: Files = {}): TemplateSet {
  const { value, diagnostics } = createTemplateSet(builtinTemplates, treeOf(files));
  if (value === undefined) throw new Error(diagnostics.map((diagnostic) => shown(files, diagnostic)).join('\n'));
  return value;
}

/** What is said about the user's files before anything is drawn. */
export function setFindings(files: Files): readonly string[] {
  return createTemplateSet(builtinTemplates, treeOf(files)).diagnostics.map((diagnostic) => shown(files, diagnostic));
}

/** What is said when a view is drawn by a template of the user's own. */
export function drawFindings(lines: string, view: ViewObject, files: Files = {}): readonly string[] {
  const all = { ...files, 'own.hbs': own(lines) };
  return drawTemplate(templateSet(all), 'templates/own.hbs', view).diagnostics.map((diagnostic) => shown(all, diagnostic));
}

/** What a template of the user's own draws beneath `data:`. */
export function drawData(lines: string, view: ViewObject, files: Files = {}): unknown {
  return drawOwn(lines, view, files).data;
}

function drawOwn(lines: string, view: ViewObject, files: Files): JsonObject {
  const all = { ...files, 'own.hbs': own(lines) };
  const { value, diagnostics } = drawTemplate(templateSet(all), 'templates/own.hbs', view);
  if (value === undefined) throw new Error(diagnostics.map((diagnostic) => shown(all, diagnostic)).join('\n'));
  return value.body;
}

/** A ConfigMap whose `data` are the given lines; the first of them is line 9 of the file. */
export function own(lines: string): string {
  const data = lines
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
  return `---\neach: service\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own\ndata:\n${data}\n`;
}

import type Handlebars from 'handlebars';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { blockDepth, scanTags, type Tag } from './scan-tags.ts';
import { templateLanguage, templateSyntax, templateWithinLimit } from './template-diagnostics.ts';
import { lineSpan, type TemplateSource } from './template-source.ts';

/** Blocks inside blocks. */
const nestingLimit = 32;

/** A call of a partial: its name as written, and where. */
export interface PartialCall {
  readonly name: string;
  /** The path that becomes the partial's context. */
  readonly argument?: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

interface Position {
  readonly line: number;
  readonly column: number;
}

/** Handlebars' tree as far as the language of templates goes; every other type is refused by its name. */
interface Node {
  readonly type: string;
  readonly loc: { readonly start: Position; readonly end: Position };
}
interface Path extends Node {
  readonly data: boolean;
  /** How many `../` it starts with. */
  readonly depth: number;
  readonly parts: readonly string[];
  readonly original: string;
}
interface Call extends Node {
  readonly path: Path;
  readonly params: readonly Path[];
  readonly hash?: Node | undefined;
}
interface Mustache extends Call {
  readonly escaped: boolean;
}
interface Block extends Call {
  readonly program?: Program | undefined;
  readonly inverse?: Program | undefined;
}
interface Partial extends Call {
  readonly name: Path;
}
interface Program extends Node {
  readonly body: readonly Node[];
  readonly blockParams?: readonly string[] | undefined;
}

interface Lint {
  readonly source: TemplateSource;
  readonly findings: Diagnostic[];
  readonly partials: PartialCall[];
  /** Loops around the node that is looked at. */
  loops: number;
}

/** Everything in a template that is not its language, and the partials it calls. Nothing here needs to be compiled to be judged. */
export function lintTemplate(source: TemplateSource, parse: typeof Handlebars.parse): Pick<Lint, 'findings' | 'partials'> {
  const lint: Lint = { source, findings: [], partials: [], loops: 0 };
  lintText(lint);
  if (lint.findings.length > 0) return lint;
  try {
    // `hbs.AST` types every statement alike; the visitor below looks at `type` before anything else.
    lintProgram(lint, parse(source.code) as unknown as Program);
  } catch (error) {
    lint.findings.push(syntaxFinding(source, error));
  }
  return lint;
}

/** What is settled before Handlebars reads the text: depth, because its time grows with it, and what it would not show in its tree. */
function lintText(lint: Lint): void {
  const { source } = lint;
  const tags = scanTags(source.code);
  const { depth, deepest } = blockDepth(tags);
  if (depth > nestingLimit && deepest !== undefined) {
    const params = { measure: 'blocks stand inside each other', limit: `${nestingLimit} levels deep` };
    lint.findings.push(diagnose(templateWithinLimit, { params, at: tagSpan(source, deepest.start, deepest.text.length) }));
  }
  const escape = /\\+(?=\{\{)|\{\{\{\{/.exec(source.code);
  if (escape !== null)
    refuseText(lint, escape.index, 4, 'escaped or raw `{{`', 'braces for another program belong into a ConfigMap of their own');
  for (const tag of tags) if (tag.kind !== 'comment') lintTag(lint, tag);
}

function lintTag(lint: Lint, { text, start }: Tag): void {
  const refuse = (construct: string, instead: string) => refuseText(lint, start, text.length, construct, instead);
  if (text.includes('\n')) refuse('tags over several lines', 'write the tag on one line');
  else if (text.startsWith('{{~') || text.endsWith('~}}'))
    refuse('whitespace control `~`', 'a tag alone on its line already takes the line with it');
  else if (text.includes('(')) refuse('subexpressions `(…)`', 'let the view hold the value');
}

function refuseText({ source, findings }: Lint, offset: number, length: number, construct: string, instead: string): void {
  findings.push(diagnose(templateLanguage, { params: { construct, instead }, at: tagSpan(source, offset, length) }));
}

function refuse({ source, findings }: Lint, node: Node, construct: string, instead: string): void {
  findings.push(diagnose(templateLanguage, { params: { construct, instead }, at: nodeSpan(source, node) }));
}

function lintProgram(lint: Lint, program: Program): void {
  if ((program.blockParams ?? []).length > 0)
    refuse(lint, program, 'block parameters `as |x|`', 'inside `{{#each}}` the fields of the item are at hand');
  for (const node of program.body) lintStatement(lint, node);
}

function lintStatement(lint: Lint, node: Node): void {
  if (isMustache(node)) lintMustache(lint, node);
  else if (isBlock(node)) lintBlock(lint, node);
  else if (isPartial(node)) lintPartial(lint, node);
  else if (node.type === 'Decorator' || node.type === 'DecoratorBlock')
    refuse(lint, node, 'decorators or inline partials', 'write a file under `templates/partials/`');
  else if (node.type === 'PartialBlockStatement') refuse(lint, node, 'partial blocks', 'use `{{> partial}}`');
}

function lintMustache(lint: Lint, node: Mustache): void {
  if (!node.escaped) return refuse(lint, node, 'unescaped `{{{…}}}` or `{{&…}}`', 'write `{{path}}`: values are bound, never escaped');
  lintHash(lint, node);
  const name = node.path.original;
  if (name === 'node') return lintArguments(lint, node, '{{node path}}');
  if (node.params.length > 0) return refuse(lint, node.path, 'such helper', 'only `node` takes a path: `{{node path}}`');
  if (['each', 'if', 'unless'].includes(name))
    return refuse(lint, node.path, 'block without `#`', 'write `{{#each path}}`, `{{#if path}}` or `{{#unless path}}`');
  return lintPath(lint, node.path);
}

function lintBlock(lint: Lint, node: Block): void {
  if (!['each', 'if', 'unless'].includes(node.path.original))
    refuse(lint, node.path, 'such block', 'blocks are `{{#each path}}`, `{{#if path}}` and `{{#unless path}}`');
  else lintArguments(lint, node, `{{#${node.path.original} path}}`);
  lintHash(lint, node);
  const step = node.path.original === 'each' ? 1 : 0;
  lint.loops += step;
  if (node.program) lintProgram(lint, node.program);
  lint.loops -= step;
  if (node.inverse) lintProgram(lint, node.inverse);
}

function lintPartial(lint: Lint, node: Partial): void {
  lintHash(lint, node);
  if (node.name.type !== 'PathExpression') return refuse(lint, node, 'partials chosen by a value', 'name the partial: `{{> metadata}}`');
  if (node.params.length > 1)
    return refuse(lint, node, 'partials with several arguments', 'one path may follow the name: `{{> traffic-policy trafficPolicy}}`');
  for (const param of node.params) lintPath(lint, param);
  const { start, end } = node.loc;
  const line = lint.source.code.split('\n', start.line)[start.line - 1] ?? '';
  const alone = `${line.slice(0, start.column)}${line.slice(end.column)}`.trim() === '';
  if (!alone)
    return refuse(
      lint,
      node,
      'partials inside a line',
      'let `{{> …}}` stand alone on its line, so that its indentation is that of the line',
    );
  const place = { line: start.line, column: start.column, length: end.column - start.column };
  const [argument] = node.params;
  lint.partials.push(
    argument === undefined ? { name: node.name.original, ...place } : { name: node.name.original, argument: argument.original, ...place },
  );
}

function lintArguments(lint: Lint, node: Call, form: string): void {
  const [path] = node.params;
  if (path === undefined || node.params.length > 1) refuse(lint, node, 'such form', `write \`${form}\``);
  else lintPath(lint, path);
}

function lintHash(lint: Lint, { hash }: Call): void {
  if (hash) refuse(lint, hash, 'named arguments `key=value`', 'let the view hold the value');
}

function lintPath(lint: Lint, path: Path): void {
  if (path.type !== 'PathExpression') refuse(lint, path, 'literals in tags', 'write the text outside the tag, or name a path');
  else if (path.data)
    refuse(lint, path, 'variables such as `@root`, `@index` or `@key`', 'name a path; `../` reaches the fields around an item');
  else if (path.original.includes('[') || !path.parts.every((part) => /^[A-Za-z]\w*$/.test(part)))
    refuse(lint, path, 'such path', 'fields are named as in `route.host`, `../name` or `this`');
  else if (path.parts.some((part) => guardWords.has(part)))
    refuse(lint, path, 'access to the insides of a value', 'name a field of the view');
  else if (path.depth > lint.loops) refuse(lint, path, 'field outside the view', 'each `../` leaves one `{{#each}}` of this file');
}

/** How Handlebars and JavaScript ask a value for its text; as field names they would be answered by the guard itself. */
const guardWords: ReadonlySet<string> = new Set(['toHTML', 'toString', 'toJSON', 'valueOf', 'constructor', 'prototype']);

function isMustache(node: Node): node is Mustache {
  return node.type === 'MustacheStatement';
}
function isBlock(node: Node): node is Block {
  return node.type === 'BlockStatement';
}
function isPartial(node: Node): node is Partial {
  return node.type === 'PartialStatement';
}

function nodeSpan(source: TemplateSource, { loc }: Node) {
  const { start, end } = loc;
  return lineSpan(source, start.line, start.column, end.line === start.line ? end.column - start.column : undefined);
}

/** The place of an offset of `code`, in the file. */
function tagSpan(source: TemplateSource, offset: number, length: number) {
  const before = source.code.slice(0, offset);
  return lineSpan(source, before.split('\n').length, offset - (before.lastIndexOf('\n') + 1), length);
}

/** Handlebars' own message quotes the template; only its kind and its line are kept. */
function syntaxFinding(source: TemplateSource, error: unknown): Diagnostic {
  const message = error instanceof Error ? error.message : '';
  const unclosed = message.includes("got 'EOF'") ? lastOpen(scanTags(source.code)) : undefined;
  if (unclosed !== undefined) {
    const at = tagSpan(source, unclosed.start, unclosed.text.length);
    return diagnose(templateSyntax, { params: { problem: 'this block is never closed' }, at });
  }
  const [, onLine, dashLine] = /on line (\d+)|- (\d+):\d+$/.exec(message) ?? [];
  const crossed = message.includes("doesn't match");
  const problem = crossed ? 'a block is closed by the tag of another one' : 'a tag is not written as Handlebars expects';
  return diagnose(templateSyntax, { params: { problem }, at: lineSpan(source, Number(onLine ?? dashLine ?? 1)) });
}

function lastOpen(tags: readonly Tag[]): Tag | undefined {
  const open: Tag[] = [];
  for (const tag of tags) {
    if (tag.kind === 'open') open.push(tag);
    else if (tag.kind === 'close') open.pop();
  }
  return open.at(-1);
}

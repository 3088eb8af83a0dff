import type Handlebars from 'handlebars';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { lintText, syntaxFinding } from './lint-text.ts';
import { templateLanguage } from './template-diagnostics.ts';
import {
  type BlockNode,
  type CallNode,
  isBlock,
  isMustache,
  isPartial,
  type MustacheNode,
  type PartialNode,
  type PathNode,
  type ProgramNode,
  type TemplateNode,
} from './template-nodes.ts';
import { lineSpan, type TemplateSource } from './template-source.ts';

/** A call of a partial: its name as written, and where. */
export interface PartialCall {
  readonly name: string;
  /** The path that becomes the partial's context. */
  readonly argument?: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
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
  const lint: Lint = { source, findings: [...lintText(source)], partials: [], loops: 0 };
  if (lint.findings.length > 0) return lint;
  try {
    // Handlebars types every statement alike; the visitor below looks at `type` before anything else.
    lintProgram(lint, parse(source.code) as unknown as ProgramNode);
  } catch (error) {
    lint.findings.push(syntaxFinding(source, error));
  }
  return lint;
}

function refuse({ source, findings }: Lint, { loc: { start, end } }: TemplateNode, construct: string, instead: string): void {
  const at = lineSpan(source, start.line, start.column, end.line === start.line ? end.column - start.column : undefined);
  findings.push(diagnose(templateLanguage, { params: { construct, instead }, at }));
}

function lintProgram(lint: Lint, program: ProgramNode): void {
  if ((program.blockParams ?? []).length > 0) {
    refuse(lint, program, 'block parameters `as |x|`', 'inside `{{#each}}` the fields of the item are at hand');
  }
  for (const node of program.body) lintStatement(lint, node);
}

function lintStatement(lint: Lint, node: TemplateNode): void {
  if (isMustache(node)) lintMustache(lint, node);
  else if (isBlock(node)) lintBlock(lint, node);
  else if (isPartial(node)) lintPartial(lint, node);
  else if (node.type === 'PartialBlockStatement') refuse(lint, node, 'partial blocks', 'use `{{> partial}}`');
  else if (node.type !== 'ContentStatement' && node.type !== 'CommentStatement') {
    refuse(lint, node, 'decorators or inline partials', 'write a file under `templates/partials/`');
  }
}

const blockWords: ReadonlySet<string> = new Set(['each', 'if', 'unless']);

function lintMustache(lint: Lint, node: MustacheNode): void {
  const { path, params, escaped } = node;
  const blocks = 'write `{{#each path}}`, `{{#if path}}` or `{{#unless path}}`';
  if (!escaped) refuse(lint, node, 'unescaped `{{{…}}}` or `{{&…}}`', 'write `{{path}}`: values are bound, never escaped');
  else if (path.original === 'node') lintArgument(lint, node, '{{node path}}');
  else if (params.length > 0) refuse(lint, path, 'such helper', 'only `node` takes a path: `{{node path}}`');
  else if (blockWords.has(path.original)) refuse(lint, path, 'block without `#`', blocks);
  else lintPath(lint, path);
  lintHash(lint, node);
}

function lintBlock(lint: Lint, node: BlockNode): void {
  const { original } = node.path;
  if (blockWords.has(original)) lintArgument(lint, node, `{{#${original} path}}`);
  else refuse(lint, node.path, 'such block', 'blocks are `{{#each path}}`, `{{#if path}}` and `{{#unless path}}`');
  lintHash(lint, node);
  const entered = original === 'each' ? 1 : 0;
  lint.loops += entered;
  if (node.program) lintProgram(lint, node.program);
  lint.loops -= entered;
  if (node.inverse) lintProgram(lint, node.inverse);
}

function lintPartial(lint: Lint, node: PartialNode): void {
  const { name, params, loc } = node;
  const [argument, second] = params;
  lintHash(lint, node);
  for (const param of params) lintPath(lint, param);
  if (second !== undefined) refuse(lint, second, 'partials with several arguments', 'one path may follow the name');
  if (name.type !== 'PathExpression') refuse(lint, node, 'partials chosen by a value', 'name the partial: `{{> metadata}}`');
  const { start, end } = loc;
  const line = lint.source.code.split('\n', start.line)[start.line - 1] ?? '';
  if (`${line.slice(0, start.column)}${line.slice(end.column)}`.trim() !== '') {
    refuse(lint, node, 'partials inside a line', 'let `{{> …}}` stand alone on its line, so that its indentation is that of the line');
  }
  const place = { line: start.line, column: start.column, length: end.column - start.column };
  const call = { name: name.original, ...place };
  lint.partials.push(argument === undefined ? call : { ...call, argument: argument.original });
}

function lintArgument(lint: Lint, node: CallNode, form: string): void {
  const [path, second] = node.params;
  if (path === undefined || second !== undefined) refuse(lint, node, 'such form', `write \`${form}\``);
  else lintPath(lint, path);
}

function lintHash(lint: Lint, { hash }: CallNode): void {
  if (hash) refuse(lint, hash, 'named arguments `key=value`', 'name a field of the view');
}

/** How Handlebars and JavaScript ask a value for its text; as field names they would be answered by the guard itself. */
const guardWords: ReadonlySet<string> = new Set(['toHTML', 'toString', 'toJSON', 'valueOf', 'constructor', 'prototype']);

function lintPath(lint: Lint, path: PathNode): void {
  const named = () => !path.original.includes('[') && path.parts.every((part) => /^[A-Za-z]\w*$/.test(part));
  if (path.type !== 'PathExpression') refuse(lint, path, 'literals in tags', 'write the text outside the tag, or name a path');
  else if (path.data) refuse(lint, path, 'variables such as `@root`, `@index` or `@key`', '`../` reaches the fields around an item');
  else if (!named()) refuse(lint, path, 'such path', 'fields are named as in `route.host`, `../name` or `this`');
  else if (path.parts.some((part) => guardWords.has(part)))
    refuse(lint, path, 'access to the insides of a value', 'name a field of the view');
  else if (path.depth > lint.loops) refuse(lint, path, 'field outside the view', 'each `../` leaves one `{{#each}}` of this file');
}

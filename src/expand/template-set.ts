import Handlebars from 'handlebars';
import { compiledTemplates } from '../generated/compiled-templates.js';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { byCodePoint, didYouMean } from '../model/names.ts';
import { invariant, type Result, result } from '../model/result.ts';
import type { FileTree, RepoPath, Span } from '../model/source.ts';
import { addOnce } from './add-once.ts';
import type { Bound } from './bind.ts';
import type { Finding } from './drawing.ts';
import { kindOfTemplate } from './drawn-identity.ts';
import { lintTemplate, type PartialCall } from './lint-template.ts';
import { markLines } from './mark-lines.ts';
import type { Skeleton } from './skeleton.ts';
import { acyclicPartials, frontMatter, knownPartial } from './template-diagnostics.ts';
import { compileTemplate, createLanguage, type Language, registerPartial } from './template-language.ts';
import { type Each, fileSpan, lineSpan, readTemplate, type TemplateSource } from './template-source.ts';
import type { ShapeTree } from './view-shape.ts';

/**
 * The built-in templates with the user's laid over them, and what has been learned from drawing them. The caches only save work:
 * a set that has drawn and one that has not draw the same.
 */
export interface TemplateSet {
  readonly sources: ReadonlyMap<RepoPath, TemplateSource>;
  /** Sources by the number that marks their lines. */
  readonly numbered: readonly TemplateSource[];
  readonly extras: readonly ExtraTemplate[];
  readonly language: Language;
  readonly prepared: Map<RepoPath, PreparedTemplate>;
  /** By template and shape of view. */
  readonly drawn: Map<RepoPath, ShapeTree<Bound>>;
  /** By drawn text. */
  readonly skeletons: Map<string, Skeleton>;
  /** Findings of the run that is under way. */
  readonly reported: Diagnostic[];
}

/** A template of the user's own. */
export interface ExtraTemplate {
  readonly path: RepoPath;
  readonly each: Each;
}

interface PreparedTemplate {
  /** The kind that it must draw; undefined for a template of the user's own. */
  readonly kind: string | undefined;
  /** The beginning of its file. */
  readonly at: Span;
  readonly draw: Handlebars.TemplateDelegate<object>;
  readonly calls: readonly PartialCall[];
  readonly findings: readonly Diagnostic[];
}

const partialsFolder = 'templates/partials/';

/** Keys of both trees are paths such as `templates/virtual-service.hbs`; a user's file replaces the built-in one of the same path. */
export function createTemplateSet(builtin: FileTree, user: FileTree): Result<TemplateSet> {
  const diagnostics: Diagnostic[] = [];
  const sources = new Map<RepoPath, TemplateSource>();
  for (const [path, text] of templateFiles(builtin)) sources.set(path, readTemplate(path, text, diagnostics));
  const extras: ExtraTemplate[] = [];
  for (const [path, text] of templateFiles(user)) {
    const source = readTemplate(path, text, diagnostics);
    sources.set(path, source);
    const each = purposeOf(source, builtin, diagnostics);
    if (each !== undefined) extras.push({ path, each });
  }
  const set = assemble(sources, extras);
  // The built-in templates are known to be good; each is prepared when something is first drawn with it.
  for (const [path] of templateFiles(user)) diagnostics.push(...prepareTemplate(set, path));
  return result(set, [...new Set(diagnostics)]);
}

/** The user's own templates, in the order of their paths. */
export function extraTemplates(set: TemplateSet): readonly ExtraTemplate[] {
  return set.extras;
}

function templateFiles(tree: FileTree): readonly (readonly [RepoPath, string])[] {
  return [...tree].filter(([path]) => path.startsWith('templates/') && path.endsWith('.hbs')).sort(([a], [b]) => byCodePoint(a, b));
}

/** What a user's file is for: undefined for one that replaces, is a partial, or cannot be used. */
function purposeOf(source: TemplateSource, builtin: FileTree, diagnostics: Diagnostic[]): Each | undefined {
  const { path, each, refused } = source;
  if (refused) return undefined;
  const known = builtin.has(path) || path.startsWith(partialsFolder);
  const problem = known
    ? each !== undefined && 'front matter is for templates of your own; this file replaces a built-in template or is a partial'
    : each === undefined && 'nothing draws this template: it replaces no built-in one, and no front matter says for what it is drawn';
  if (problem === false) return each;
  const hints = known ? [] : didYouMean(path, [...builtin.keys()]);
  diagnostics.push(diagnose(frontMatter, { params: { problem }, at: fileSpan(source), hints }));
  return undefined;
}

function assemble(sources: ReadonlyMap<RepoPath, TemplateSource>, extras: readonly ExtraTemplate[]): TemplateSet {
  const reported: Diagnostic[] = [];
  const report = (finding: Finding, template: string, line: number, column: number) => {
    const source = sources.get(template);
    addOnce(reported, finding(source === undefined ? undefined : lineSpan(source, line, column, tagLength(source, line, column))));
  };
  const language = createLanguage(report);
  return {
    sources,
    numbered: [...sources.values()],
    extras,
    language,
    prepared: new Map(),
    drawn: new Map(),
    skeletons: new Map(),
    reported,
  };
}

function tagLength({ code }: TemplateSource, line: number, column: number): number | undefined {
  const text = code.split('\n', line)[line - 1] ?? '';
  const end = text.indexOf('}}', column);
  return end === -1 ? undefined : end + 2 - column;
}

/** Lints and compiles a template and all that it calls, each once; the findings of all of them. */
export function prepareTemplate(set: TemplateSet, path: RepoPath, callers: readonly RepoPath[] = []): readonly Diagnostic[] {
  const known = set.prepared.get(path);
  if (known !== undefined) return known.findings;
  const source = set.sources.get(path);
  invariant(source !== undefined, `there is no template ${path}`);
  const { draw, findings, partials } = compiledBefore(set, source) ?? compiledNow(set, source);
  const called = partials.flatMap((call) => prepareCall(set, source, call, [...callers, path]));
  const kind = set.extras.some((extra) => extra.path === path) ? undefined : kindOfTemplate(path);
  const prepared = { kind, at: fileSpan(source), draw, calls: partials, findings: [...findings, ...called] };
  set.prepared.set(path, prepared);
  if (path.startsWith(partialsFolder)) {
    registerPartial(set.language, partialName(path), draw, (finding, partial, field) =>
      addOnce(set.reported, finding(callSpan(set, partial, field))),
    );
  }
  return prepared.findings;
}

interface Compiled {
  readonly draw: Handlebars.TemplateDelegate<object>;
  readonly findings: readonly Diagnostic[];
  readonly partials: readonly PartialCall[];
}

/** What the build made of a built-in template, if this is it: same text, and the number that its line marks were given. */
function compiledBefore(set: TemplateSet, source: TemplateSource): Compiled | undefined {
  const compiled = compiledTemplates.get(source.path);
  if (compiled === undefined || compiled.text !== source.text || compiled.number !== set.numbered.indexOf(source)) return undefined;
  return { draw: set.language.template<object>(compiled.specification), findings: [], partials: compiled.calls };
}

function compiledNow(set: TemplateSet, source: TemplateSource): Compiled {
  const draw = compileTemplate(set.language, source.path, markLines(source.code, set.numbered.indexOf(source)));
  return { draw, ...lintTemplate(source, Handlebars.parse) };
}

function prepareCall(set: TemplateSet, source: TemplateSource, call: PartialCall, callers: readonly RepoPath[]): readonly Diagnostic[] {
  const path = `${partialsFolder}${call.name}.hbs`;
  const at = lineSpan(source, call.line, call.column, call.length);
  if (callers.includes(path)) {
    const cycle = [...callers.slice(callers.indexOf(path)), path].map((caller) =>
      caller.startsWith(partialsFolder) ? partialName(caller) : caller,
    );
    return [diagnose(acyclicPartials, { params: { cycle }, at })];
  }
  if (set.sources.has(path)) return prepareTemplate(set, path, callers);
  const known = [...set.sources.keys()].filter((each) => each.startsWith(partialsFolder)).map(partialName);
  return [diagnose(knownPartial, { params: { partial: call.name, known }, at, hints: didYouMean(call.name, known) })];
}

function partialName(path: RepoPath): string {
  return path.slice(partialsFolder.length, -'.hbs'.length);
}

/** The call that handed a missing field to a partial. */
function callSpan(set: TemplateSet, partial: string, field: string): Span | undefined {
  for (const [path, { calls }] of set.prepared) {
    const call = calls.find(({ name, argument }) => name === partial && argument !== undefined && argument.split(/[./]/).includes(field));
    const source = set.sources.get(path);
    if (call !== undefined && source !== undefined) return lineSpan(source, call.line, call.column, call.length);
  }
  return undefined;
}

import { type Diagnostic, diagnose, isError } from '../model/diagnostic.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import { type Provenance, slotAt } from '../model/manifest.ts';
import type { Pointer } from '../model/pointer.ts';
import { invariant, type Result } from '../model/result.ts';
import type { RepoPath, Span } from '../model/source.ts';
import type { ViewObject } from '../model/view.ts';
import { addOnce, findingLimit } from './add-once.ts';
import { type Bound, bindSkeleton } from './bind.ts';
import { newDrawing, textLimit } from './drawing.ts';
import { drawsYaml } from './drawn-diagnostics.ts';
import { judgeExtra, judgeKind } from './drawn-identity.ts';
import { guardView } from './guard-view.ts';
import { tokenText } from './placeholder.ts';
import { drawnBy, lineAt, readSkeleton, type Skeleton } from './skeleton.ts';
import { drawnWithinLimit } from './template-diagnostics.ts';
import { prepareTemplate, type TemplateSet } from './template-set.ts';
import { lineSpan, printSpan } from './template-source.ts';
import { emptyShapeTree, findShape, type ShapeTree } from './view-shape.ts';

/** A document as its template laid it out, and where each of its places comes from. */
export interface DrawnDocument {
  readonly body: JsonObject;
  readonly provenance: Provenance;
}

/** Steps of shapes that a set remembers for each template (about 64 bytes each), and skeletons. Beyond, it starts anew. */
const rememberedSteps = 1_000_000;
const rememberedSkeletons = 4_096;

/**
 * Draws a view through a template. The template runs and its text is parsed once for each shape of view; after that, values are put
 * straight into place. Maps and lists bound by `{{node}}` are the view's own, not copies.
 */
export function drawTemplate(set: TemplateSet, template: RepoPath, view: ViewObject): Result<DrawnDocument> {
  const findings: Diagnostic[] = [];
  const { node, leaves } = findShape(shapesOf(set, template), view);
  node.value ??= learn(set, template, view, findings);
  const bound = node.value;
  const prepared = set.prepared.get(template);
  if (bound === undefined || prepared === undefined) return { value: undefined, diagnostics: findings };
  const body = bound.build(leaves, findings);
  const provenance: Provenance = { slots: bound.slots, values: leaves, renames: [] };
  const drawnAt = (pointer: Pointer) => lineOf(set, provenance, pointer) ?? prepared.at;
  if (!isObject(body)) findings.push(diagnose(drawsYaml, { params: { problem: 'it is no map' }, at: prepared.at }));
  else if (prepared.kind === undefined) judgeExtra(body, drawnAt, findings);
  else judgeKind(prepared.kind, view, body, drawnAt, findings);
  if (!isObject(body) || findings.some(isError)) return { value: undefined, diagnostics: findings };
  return { value: { body, provenance }, diagnostics: findings };
}

/** The template's line behind a place of the document. */
function lineOf(set: TemplateSet, provenance: Provenance, pointer: Pointer): Span | undefined {
  const slot = slotAt(provenance, pointer);
  const source = set.sources.get(slot?.template ?? '');
  return slot === undefined || source === undefined ? undefined : lineSpan(source, slot.line);
}

/** Runs the template once, for all views of this shape. */
function learn(set: TemplateSet, template: RepoPath, view: ViewObject, findings: Diagnostic[]): Bound | undefined {
  findings.push(...prepareTemplate(set, template));
  const prepared = set.prepared.get(template);
  invariant(prepared !== undefined, `${template} was not prepared`);
  if (findings.length > 0) return undefined;
  const drawing = newDrawing();
  set.reported.length = 0;
  const drawn = prepared.draw(guardView(view, drawing));
  findings.push(...set.reported);
  if (drawing.tooLarge || drawn.length > textLimit) {
    findings.push(diagnose(drawnWithinLimit, { params: { limit: '4 MiB, or takes a million steps' }, at: prepared.at }));
    return undefined;
  }
  const skeleton = set.skeletons.get(drawn) ?? readSkeleton(drawn);
  for (const [index, binding] of drawing.bindings.entries()) {
    if (binding.kind === 'nothing') addOnce(findings, binding.finding(printedAt(set, skeleton, index, binding.path)));
    if (findings.length >= findingLimit) break;
  }
  if (findings.length > 0) return undefined;
  if (set.skeletons.size >= rememberedSkeletons) set.skeletons.clear();
  set.skeletons.set(drawn, skeleton);
  return bindSkeleton(skeleton, drawing.bindings, set.numbered, findings);
}

/** The tag of the template that printed a token. */
function printedAt(set: TemplateSet, { text, marks }: Skeleton, token: number, path: string): Span | undefined {
  const mark = drawnBy(marks, lineAt(text, text.indexOf(tokenText(token))));
  const source = set.numbered[mark?.template ?? -1];
  return source === undefined || mark === undefined ? undefined : printSpan(source, mark.line, path.slice(path.lastIndexOf('.') + 1));
}

function shapesOf(set: TemplateSet, template: RepoPath): ShapeTree<Bound> {
  const known = set.drawn.get(template);
  if (known !== undefined && known.size < rememberedSteps) return known;
  const shapes = emptyShapeTree<Bound>();
  set.drawn.set(template, shapes);
  return shapes;
}

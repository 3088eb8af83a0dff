import { type Diagnostic, diagnose, isError } from '../model/diagnostic.ts';
import { isObject, type JsonObject } from '../model/json.ts';
import type { Provenance } from '../model/manifest.ts';
import { invariant, type Result } from '../model/result.ts';
import type { RepoPath } from '../model/source.ts';
import type { ViewObject } from '../model/view.ts';
import { bindSkeleton, type Bound } from './bind.ts';
import { judgeIdentity } from './drawn-identity.ts';
import { drawsYaml } from './drawn-diagnostics.ts';
import { guardView, newDrawing, textLimit } from './guard-view.ts';
import { tokenText } from './placeholder.ts';
import { drawnBy, lineAt, markSpan, readSkeleton } from './skeleton.ts';
import { drawnWithinLimit } from './template-diagnostics.ts';
import { prepareTemplate, type TemplateSet } from './template-set.ts';
import { fileSpan } from './template-source.ts';
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
  if (bound === undefined) return { value: undefined, diagnostics: findings };
  const body = bound.build(leaves, findings);
  if (isObject(body)) judgeIdentity(set, template, view, body, findings);
  else findings.push(diagnose(drawsYaml, { params: { problem: 'it is no map' }, at: templateSpan(set, template) }));
  if (!isObject(body) || findings.some(isError)) return { value: undefined, diagnostics: findings };
  return { value: { body, provenance: { slots: bound.slots, values: leaves, renames: [] } }, diagnostics: findings };
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
    findings.push(diagnose(drawnWithinLimit, { params: { limit: '4 MiB, or takes a million steps' }, at: templateSpan(set, template) }));
    return undefined;
  }
  const skeleton = set.skeletons.get(drawn) ?? readSkeleton(drawn);
  for (const [index, binding] of drawing.bindings.entries()) {
    if (binding.kind !== 'nothing') continue;
    const line = lineAt(skeleton.text, skeleton.text.indexOf(tokenText(index)));
    findings.push(binding.finding(markSpan(set.numbered, drawnBy(skeleton.marks, line))));
  }
  if (findings.length > 0) return undefined;
  if (set.skeletons.size >= rememberedSkeletons) set.skeletons.clear();
  set.skeletons.set(drawn, skeleton);
  return bindSkeleton(skeleton, drawing.bindings, set.numbered, findings);
}

function shapesOf(set: TemplateSet, template: RepoPath): ShapeTree<Bound> {
  const known = set.drawn.get(template);
  if (known !== undefined && known.size < rememberedSteps) return known;
  const shapes = emptyShapeTree<Bound>();
  set.drawn.set(template, shapes);
  return shapes;
}

function templateSpan(set: TemplateSet, template: RepoPath) {
  const source = set.sources.get(template);
  return source === undefined ? undefined : fileSpan(source);
}

import { validate } from '../document/validate.ts';
import { apiVersionOf, kindSince, lower } from '../istio/dialect.ts';
import type { Kind } from '../istio/kind.ts';
import { type IstioKind, istioKindOf, istioKinds, schemaOf } from '../mesh/istio-kinds.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { Environment } from '../model/environment.ts';
import { type Json, type JsonObject, objectOr } from '../model/json.ts';
import { type Manifest, originAt, type Provenance } from '../model/manifest.ts';
import type { Pointer } from '../model/pointer.ts';
import type { ResolvedEnvironment, ResolvedIntent } from '../model/resolved.ts';
import { type Result, result } from '../model/result.ts';
import type { Place } from '../model/source.ts';
import type { ViewObject } from '../model/view.ts';
import { drawTemplate } from './draw-template.ts';
import { environmentView, intentView } from './extra-view.ts';
import { judgeBySchema } from './judge-hand-written.ts';
import { withLiteralDollars } from './literal-dollars.ts';
import { meshHasFeature, meshHasKind } from './manifest-diagnostics.ts';
import { applyPatches } from './patch.ts';
import { extraTemplates, type TemplateSet } from './template-set.ts';

export interface Expanded {
  readonly manifests: readonly Manifest[];
  /** The same without the intents' patches; `manifests` itself where there are none. */
  readonly drawn: readonly Manifest[];
}

/** Every object that the intents ask for, drawn through its template, judged by its kind's schema, spelled in the mesh's dialect. */
export function expand({ environment, intents }: ResolvedEnvironment, kinds: readonly Kind[], templates: TemplateSet): Result<Expanded> {
  const own = intents.map((intent) => {
    const before = expandedBefore.get(intent);
    if (before !== undefined && before.environment === environment && before.kinds === kinds && before.templates === templates)
      return before.expanded;
    const expanded = expandIntent(environment, intent, kinds, templates);
    expandedBefore.set(intent, { environment, kinds, templates, expanded });
    return expanded;
  });
  const diagnostics = own.flatMap((one) => one.diagnostics);
  const extra = extraManifests(environment, intents, templates, diagnostics);
  const manifests = [...own.flatMap((one) => one.manifests), ...extra];
  const isPatched = own.some((one) => one.drawn !== one.manifests);
  return result({ manifests, drawn: isPatched ? [...own.flatMap((one) => one.drawn), ...extra] : manifests }, diagnostics);
}

interface ExpandedIntent extends Expanded {
  readonly diagnostics: readonly Diagnostic[];
}

/** What was drawn of an intent last: what asks for the same of the same templates has the same manifests. */
const expandedBefore = new WeakMap<
  ResolvedIntent,
  {
    readonly environment: Environment;
    readonly kinds: readonly Kind[];
    readonly templates: TemplateSet;
    readonly expanded: ExpandedIntent;
  }
>();

function expandIntent(environment: Environment, intent: ResolvedIntent, kinds: readonly Kind[], templates: TemplateSet): ExpandedIntent {
  const diagnostics: Diagnostic[] = [];
  const asDrawn = kinds.flatMap((kind) =>
    kind.views(intent, environment).flatMap((view) => manifestOf(environment, intent, kind, view, templates, diagnostics)),
  );
  const patched = applyPatches(intent.intent, asDrawn, diagnostics);
  const manifests = patched.map(literal);
  if (patched.every((manifest, i) => manifest === (asDrawn[i] ?? manifest))) return { manifests, drawn: manifests, diagnostics };
  const drawn = patched.map((manifest, i) => {
    const original = asDrawn[i];
    if (original === undefined || original === manifest) return manifests[i] ?? manifest;
    diagnostics.push(...judgePatched(manifest));
    return original;
  });
  return { manifests, drawn, diagnostics };
}

function manifestOf(
  environment: Environment,
  intent: ResolvedIntent,
  kind: Kind,
  view: ViewObject,
  templates: TemplateSet,
  diagnostics: Diagnostic[],
): readonly Manifest[] {
  const { istio } = environment;
  if (apiVersionOf(kind.kind, istio.minor) === undefined) {
    const params = { kind: kind.kind, mesh: istio.text, since: `1.${kindSince(kind.kind)}` };
    diagnostics.push(diagnose(meshHasKind, { params, at: intent.owner.origin.at }));
    return [];
  }
  const drawn = drawTemplate(templates, `templates/${kind.template}.hbs`, view);
  diagnostics.push(...drawn.diagnostics);
  if (drawn.value === undefined) return [];
  const { body, provenance } = drawn.value;
  diagnostics.push(...judgeDrawn(kind.kind, body.spec ?? null, provenance, intent.owner));
  const lowered = lower(kind.kind, objectOr(body.spec), istio.minor);
  const renames = lowered.renames.map(({ from, to }) => ({ from: `/spec${from}`, to: `/spec${to}` }));
  for (const { pointer, feature, since } of lowered.problems) {
    const params = { feature, mesh: istio.text, since: `1.${since}` };
    diagnostics.push(diagnose(meshHasFeature, { params, at: placeOf(intent, provenance, `/spec${pointer}`) }));
  }
  const spelled = lowered.value === body.spec ? body : { ...body, spec: lowered.value };
  return [finished(spelled, { ...provenance, renames }, intent.owner)];
}

function finished(body: JsonObject, provenance: Provenance, owner: ResolvedIntent['owner']): Manifest {
  const { name, namespace } = objectOr(body.metadata);
  return {
    apiVersion: String(body.apiVersion),
    kind: String(body.kind),
    name: String(name),
    ...(typeof namespace === 'string' ? { namespace } : {}),
    body,
    provenance,
    owner,
  };
}

function literal(manifest: Manifest): Manifest {
  const body = withLiteralDollars(manifest.body);
  return body === manifest.body ? manifest : { ...manifest, body };
}

/** The schema speaks today's language, which is what templates draw. */
function judgeDrawn(kind: string, spec: Json, provenance: Provenance, owner: ResolvedIntent['owner']): readonly Diagnostic[] {
  const validator = istioKinds.some((known) => known === kind) ? schemaOf(kind as IstioKind) : undefined;
  return validator === undefined
    ? []
    : validate(validator, spec, (pointer) => originAt(provenance, `/spec${pointer}`)?.at ?? owner.origin.at);
}

/** A patch, like a manifest written by hand, is in the mesh's spelling. */
function judgePatched(manifest: Manifest): readonly Diagnostic[] {
  const kind = istioKindOf(manifest);
  return kind === undefined ? [] : judgeBySchema(manifest, kind);
}

function placeOf(intent: ResolvedIntent, provenance: Provenance, pointer: Pointer): Place | undefined {
  return originAt(provenance, pointer)?.at ?? intent.owner.origin.at;
}

function extraManifests(
  environment: Environment,
  intents: readonly ResolvedIntent[],
  templates: TemplateSet,
  diagnostics: Diagnostic[],
): readonly Manifest[] {
  return extraTemplates(templates).flatMap(({ path, each }) => {
    const origin = { kind: 'template' as const, reason: `drawn by ${path}` };
    const draw = (view: ViewObject, owner: ResolvedIntent['owner']): readonly Manifest[] => {
      const drawn = drawTemplate(templates, path, view);
      diagnostics.push(...drawn.diagnostics);
      return drawn.value === undefined ? [] : [finished(drawn.value.body, drawn.value.provenance, owner)];
    };
    if (each === 'environment')
      return draw({ environment: environmentView(environment) }, { kind: 'environment', name: environment.name, origin });
    return intents.filter(({ intent }) => intent.kind === each).flatMap((intent) => draw(intentView(intent, environment), intent.owner));
  });
}

import { validate } from '../document/validate.ts';
import { kindSince, lower, misspellings, servedApiVersions } from '../istio/dialect.ts';
import { type IstioKind, istioKindOf, kindsOfGroup, modernSpec, schemaOf, shapeOf } from '../mesh/istio-kinds.ts';
import { type Diagnostic, diagnose, isError } from '../model/diagnostic.ts';
import type { IstioVersion } from '../model/istio-version.ts';
import { objectOr } from '../model/json.ts';
import { type Manifest, manifestId, originAt } from '../model/manifest.ts';
import { didYouMean } from '../model/names.ts';
import { isWithin, type Pointer } from '../model/pointer.ts';
import type { Place } from '../model/source.ts';
import { knownIstioKind, meshHasFeature, meshHasKind, servedApiVersion, spellingReadByMesh } from './manifest-diagnostics.ts';

/** What is said of objects that somebody wrote by hand, and which of them have the wrong shape. */
export interface HandWrittenJudgement {
  readonly diagnostics: readonly Diagnostic[];
  readonly malformed: ReadonlySet<Manifest>;
}

/** Hand-written objects go to the mesh as they are: by its version's kinds, apiVersions, fields and spellings, and by today's schemas. */
export function judgeHandWritten(manifests: readonly Manifest[], istio: IstioVersion): HandWrittenJudgement {
  const diagnostics: Diagnostic[] = [];
  const malformed = new Set<Manifest>();
  for (const manifest of manifests) {
    const kind = istioKindOf(manifest);
    const found = kind === undefined ? judgeUnknown(manifest) : judgeKnown(manifest, kind, istio);
    if (found.some(isError)) malformed.add(manifest);
    diagnostics.push(...found);
  }
  return { diagnostics, malformed };
}

/** An object by the schema of its kind, read in today's spelling. */
export function judgeBySchema(manifest: Manifest, kind: IstioKind): readonly Diagnostic[] {
  const schema = schemaOf(kind);
  if (schema === undefined) return [];
  const { value } = modernSpec(kind, objectOr(manifest.body.spec));
  return validate(schema, value, (pointer) => placeIn(manifest, `/spec${pointer}`));
}

function judgeUnknown(manifest: Manifest): readonly Diagnostic[] {
  const { apiVersion, kind } = manifest;
  const [group = ''] = apiVersion.split('/');
  const known = kindsOfGroup.get(group);
  if (known === undefined || known.includes(kind)) return [];
  const at = placeIn(manifest, '/kind');
  return [diagnose(knownIstioKind, { params: { apiVersion, kind }, at, hints: didYouMean(kind, known) })];
}

function judgeKnown(manifest: Manifest, kind: IstioKind, istio: IstioVersion): readonly Diagnostic[] {
  const id = manifestId(manifest);
  const { apiVersion } = manifest;
  const mesh = istio.text;
  const since = kindSince(kind);
  if (since > istio.minor && Number.isFinite(since))
    return [diagnose(meshHasKind, { params: { kind, mesh, since: `1.${since}` }, at: placeIn(manifest, '/kind') })];
  const served = servedApiVersions(kind, istio.minor);
  const unserved = served.length === 0 || served.includes(apiVersion) ? [] : [{ id, apiVersion, mesh, served }];
  return [
    ...unserved.map((params) => diagnose(servedApiVersion, { params, at: placeIn(manifest, '/apiVersion') })),
    ...judgeDialect(manifest, kind, istio),
  ];
}

/** What the mesh is too old or too new for explains what a schema would say of the same place. */
function judgeDialect(manifest: Manifest, kind: IstioKind, istio: IstioVersion): readonly Diagnostic[] {
  const id = manifestId(manifest);
  const mesh = istio.text;
  const spec = objectOr(manifest.body.spec);
  const modern = modernSpec(kind, spec);
  const shape = shapeOf(kind);
  const misspelt = shape === undefined ? [] : misspellings(shape, spec, istio.minor);
  const written = (pointer: Pointer) => modern.renames.find(({ to }) => to === pointer)?.from ?? pointer;
  const missing = lower(kind, modern.value, istio.minor).problems.filter(
    ({ pointer }) => !misspelt.some((one) => isWithin(written(pointer), one.pointer)),
  );
  return [
    ...misspelt.map(({ pointer, written: word, instead }) =>
      diagnose(spellingReadByMesh, { params: { id, written: word, instead, mesh }, at: placeIn(manifest, `/spec${pointer}`, 'key') }),
    ),
    ...missing.map(({ pointer, feature, since }) =>
      diagnose(meshHasFeature, {
        params: { feature, mesh, since: `1.${since}` },
        at: placeIn(manifest, `/spec${written(pointer)}`, 'key'),
      }),
    ),
    ...judgeBySchema(manifest, kind),
  ];
}

function placeIn({ provenance, owner }: Manifest, pointer: Pointer, part?: 'key'): Place | undefined {
  const place = originAt(provenance, pointer)?.at;
  if (place === undefined) return owner.origin.at;
  return part === undefined ? place : { ...place, part };
}

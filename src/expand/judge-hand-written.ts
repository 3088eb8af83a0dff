import { knownKey } from '../document/schema-diagnostics.ts';
import { type SchemaValidator, validate } from '../document/validate.ts';
import { kindSince, lower, misspellings, type Rename, servedApiVersions } from '../istio/dialect.ts';
import { type IstioKind, istioKindOf, kindsOfGroup, modernSpec, schemaOf, shapeOf } from '../mesh/istio-kinds.ts';
import { type Diagnostic, diagnose, isError } from '../model/diagnostic.ts';
import { beforeMoves } from '../model/intent.ts';
import type { IstioVersion } from '../model/istio-version.ts';
import { isObject, type Json, objectOr } from '../model/json.ts';
import { type Manifest, manifestId, originAt } from '../model/manifest.ts';
import { didYouMean } from '../model/names.ts';
import { isWithin, type Pointer, parentPointer, valueAt } from '../model/pointer.ts';
import type { Place } from '../model/source.ts';
import { knownIstioKind, meshHasFeature, meshHasKind, servedApiVersion, spellingReadByMesh } from './manifest-diagnostics.ts';

/** What is said of objects that somebody wrote by hand, and which of them have the wrong shape. */
export interface HandWrittenJudgement {
  readonly diagnostics: readonly Diagnostic[];
  readonly malformed: ReadonlySet<Manifest>;
}

/** What the mesh is too old or too new for has the right shape all the same: more can be said of it. */
function isShapeFault(finding: Diagnostic): boolean {
  return isError(finding) && ![servedApiVersion, meshHasFeature, spellingReadByMesh, meshHasKind].some(({ code }) => code === finding.code);
}

/** What a cluster itself says that it serves. */
export interface ServedByCluster {
  readonly schema: (apiVersion: string, kind: string) => SchemaValidator | undefined;
  readonly served: (group: string, kind: string) => readonly string[] | undefined;
  readonly kinds: (group: string) => readonly string[];
}

/**
 * Hand-written objects go to the mesh as they are: by its version's kinds, apiVersions, fields and spellings, and by today's schemas.
 * Where the cluster's own definitions are given, they say which kinds, apiVersions and fields there are.
 */
export function judgeHandWritten(manifests: readonly Manifest[], istio: IstioVersion, cluster?: ServedByCluster): HandWrittenJudgement {
  const diagnostics: Diagnostic[] = [];
  const malformed = new Set<Manifest>();
  for (const manifest of manifests) {
    const found = cluster === undefined ? judgeByVersion(manifest, istio) : judgeByCluster(manifest, istio, cluster);
    if (found.some(isShapeFault)) malformed.add(manifest);
    diagnostics.push(...found);
  }
  return { diagnostics, malformed };
}

/** An object by the schema of its kind, read in today's spelling. */
export function judgeBySchema(manifest: Manifest, kind: IstioKind): readonly Diagnostic[] {
  const schema = schemaOf(kind);
  if (schema === undefined) return [];
  const { spec = {} } = manifest.body;
  const { value, renames } = isObject(spec) ? modernSpec(kind, spec) : { value: spec, renames: [] };
  const isWritten = manifest.owner.kind === 'manifests';
  const written = (pointer: Pointer) => writtenPlace(spec, pointer, renames);
  const at = (pointer: Pointer, part?: 'key' | 'value') => placeIn(manifest, `/spec${written(pointer)}`, isWritten ? part : undefined);
  return validate(schema, value, at, written);
}

/** Where a place of today's spelling was written; a number that became a map with a value in it is the number. */
function writtenPlace(spec: Json, pointer: Pointer, renames: readonly Rename[]): Pointer {
  let place = beforeMoves(pointer, renames);
  if (place === pointer) return pointer;
  while (place !== '' && valueAt(spec, place) === undefined) place = parentPointer(place);
  return place;
}

function judgeByVersion(manifest: Manifest, istio: IstioVersion): readonly Diagnostic[] {
  const kind = istioKindOf(manifest);
  if (kind !== undefined) return judgeKnown(manifest, kind, istio);
  const known = kindsOfGroup.get(groupOf(manifest));
  if (known === undefined) return [];
  if (!known.includes(manifest.kind)) return [unknownKind(manifest, known)];
  return manifest.apiVersion.includes('/') ? [] : [unserved(manifest, istio, servedApiVersions(manifest.kind, istio.minor))];
}

/** The cluster's definitions know the fields; what else a value must be, they say only in part. */
function judgeByCluster(manifest: Manifest, istio: IstioVersion, cluster: ServedByCluster): readonly Diagnostic[] {
  const { apiVersion } = manifest;
  const served = cluster.served(groupOf(manifest), manifest.kind);
  if (served === undefined) return judgeByVersion(manifest, istio);
  if (served.length === 0) return [unknownKind(manifest, cluster.kinds(groupOf(manifest)))];
  if (!served.includes(apiVersion)) return [unserved(manifest, istio, served)];
  const schema = cluster.schema(apiVersion, manifest.kind);
  const spec = manifest.body.spec ?? {};
  const byCluster = schema === undefined ? [] : validate(schema, spec, (pointer, part) => placeIn(manifest, `/spec${pointer}`, part));
  const kind = istioKindOf(manifest);
  const byToday = kind === undefined ? [] : judgeBySchema(manifest, kind).filter(({ code }) => code !== knownKey.code);
  const said = new Set(byCluster.map(({ at }) => JSON.stringify(at)));
  return [...byCluster, ...byToday.filter(({ at }) => !said.has(JSON.stringify(at)))];
}

/** Also of an apiVersion that lacks its version: that it is Istio's is plain. */
function groupOf({ apiVersion }: Manifest): string {
  return apiVersion.split('/')[0] ?? '';
}

function unknownKind(manifest: Manifest, known: readonly string[]): Diagnostic {
  const { apiVersion, kind } = manifest;
  return diagnose(knownIstioKind, { params: { apiVersion, kind }, at: placeIn(manifest, '/kind'), hints: didYouMean(kind, known) });
}

function judgeKnown(manifest: Manifest, kind: IstioKind, istio: IstioVersion): readonly Diagnostic[] {
  const since = kindSince(kind);
  if (since > istio.minor && Number.isFinite(since))
    return [diagnose(meshHasKind, { params: { kind, mesh: istio.text, since: `1.${since}` }, at: placeIn(manifest, '/kind') })];
  const served = servedApiVersions(kind, istio.minor);
  const isServed = served.length === 0 || served.includes(manifest.apiVersion);
  return [...(isServed ? [] : [unserved(manifest, istio, served)]), ...judgeDialect(manifest, kind, istio)];
}

function unserved(manifest: Manifest, istio: IstioVersion, served: readonly string[]): Diagnostic {
  const params = { id: manifestId(manifest), apiVersion: manifest.apiVersion, mesh: istio.text, served };
  return diagnose(servedApiVersion, { params, at: placeIn(manifest, '/apiVersion') });
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

function placeIn({ provenance, owner }: Manifest, pointer: Pointer, part?: 'key' | 'value'): Place | undefined {
  const place = originAt(provenance, pointer)?.at;
  if (place === undefined) return owner.origin.at;
  return part === undefined ? place : { ...place, part };
}

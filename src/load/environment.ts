import { NEWEST_MINOR } from '../istio/dialect.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { Environment, MeshFacts, UserIdentity } from '../model/environment.ts';
import { type Layer, type Move, mergePatch, originOf } from '../model/intent.ts';
import { parseIstioVersion } from '../model/istio-version.ts';
import { type JsonObject, objectOr } from '../model/json.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { rememberedForParts } from '../model/remembered-for-parts.ts';
import { type Result, result } from '../model/result.ts';
import type { RepoPath } from '../model/source.ts';
import { knownMeshVersion, meshVersionGiven } from './diagnostics.ts';
import { rolloutToLong } from './expand-short-forms.ts';
import type { LoadedFolder } from './load-folder.ts';

/** The folders' environment documents merged in chain order, with the documented defaults. `folders` ends with the environment itself. */
export function mergeEnvironment(name: string, folders: readonly LoadedFolder[]): Result<Environment> {
  const layers = folders.map((folder) => {
    const known = layersOf(folder.environment);
    const layer = known.get(folder.environmentFile) ?? environmentLayer(folder);
    known.set(folder.environmentFile, layer);
    return layer;
  });
  return environmentOf(layers, () => merged(name, folders, layers));
}

/** By file: what was parsed once may stand in several. */
const layersOf = rememberedFor((_document: JsonObject) => new Map<RepoPath, Layer>());
const environmentOf = rememberedForParts<Layer, Result<Environment>>();

function merged(name: string, folders: readonly LoadedFolder[], layers: readonly Layer[]): Result<Environment> {
  const value = layers.reduce<JsonObject>((beneath, layer) => mergePatch(beneath, layer.value, () => false), {});
  const layered = { value, layers };
  const diagnostics: Diagnostic[] = [];
  const own = folders.at(-1);
  const istio = typeof value.istio === 'string' ? parseIstioVersion(value.istio) : undefined;
  if (value.istio === undefined && own !== undefined) {
    diagnostics.push(
      diagnose(meshVersionGiven, { params: { name }, at: { file: own.environmentFile, document: 0, pointer: '/environment' } }),
    );
  } else if (istio === undefined || istio.minor > NEWEST_MINOR) {
    const params = { written: String(value.istio), newest: `1.${NEWEST_MINOR}` };
    diagnostics.push(diagnose(knownMeshVersion, { params, at: originOf(layered, '/istio').at }));
  }
  const environment: Environment = {
    ...layered,
    name,
    chain: folders.map((folder) => folder.name),
    istio: istio ?? { minor: NEWEST_MINOR, text: `1.${NEWEST_MINOR}` },
    ...(typeof value.namespace === 'string' ? { namespace: value.namespace } : {}),
    clusterDomain: typeof value.clusterDomain === 'string' ? value.clusterDomain : 'cluster.local',
    ...userIdentity(value),
    mesh: meshFacts(objectOr(value.mesh)),
    sidecars: value.sidecars === true,
    ...(value.authorization === 'dry-run' || value.authorization === 'enforce' ? { authorization: value.authorization } : {}),
    shards: typeof value.shards === 'number' ? value.shards : 1,
    layout: value.layout === 'by-kind' || value.layout === 'single' ? value.layout : 'by-intent',
    labels: objectOr(value.labels),
  };
  return result(environment, diagnostics);
}

/** `environment`, `extends`, `abstract` and the folder lists speak of one folder; nobody inherits them. */
function environmentLayer(folder: LoadedFolder): Layer {
  const {
    environment: _name,
    extends: _extends,
    abstract: _abstract,
    manifests: _manifests,
    registry: _registry,
    ...value
  } = folder.environment;
  const moves: Move[] = [];
  const long = rolloutToLong(value, moves);
  return { kind: 'environment', file: folder.environmentFile, document: 0, base: '', value: long, moves: [moves] };
}

function userIdentity(value: JsonObject): { readonly user?: UserIdentity } {
  const { header, cookie, claim } = objectOr(value.user);
  if (typeof header === 'string') return { user: { by: 'header', name: header } };
  if (typeof cookie === 'string') return { user: { by: 'cookie', name: cookie } };
  if (typeof claim === 'string') return { user: { by: 'claim', name: claim } };
  return {};
}

function meshFacts(mesh: JsonObject): MeshFacts {
  const text = (word: string, otherwise: string) => (typeof mesh[word] === 'string' ? String(mesh[word]) : otherwise);
  return {
    outboundTrafficPolicy: mesh.outboundTrafficPolicy === 'REGISTRY_ONLY' ? 'REGISTRY_ONLY' : 'ALLOW_ANY',
    rootNamespace: text('rootNamespace', 'istio-system'),
    trustDomain: text('trustDomain', 'cluster.local'),
    exportTo: text('exportTo', '*'),
  };
}

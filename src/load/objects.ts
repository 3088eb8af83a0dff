import type { ParsedDocument } from '../document/parse.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { PassedManifest, Registry, RegistryWorkload } from '../model/environment.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { classicApi, knownManifestShape } from './diagnostics.ts';

/** Hand-written objects of the `manifests:` folders; a List counts as its items. */
export function passedManifests(documents: readonly ParsedDocument[], diagnostics: Diagnostic[]): readonly PassedManifest[] {
  return documents.flatMap(objectsIn).filter(({ file, document, pointer, body }) => {
    if (isGatewayApi(body)) {
      const at = { file, document, pointer: `${pointer}/kind` };
      diagnostics.push(diagnose(classicApi, { params: { kind: String(body.kind) }, at }));
      return false;
    }
    const missing = missingPart(body);
    if (missing === undefined) return true;
    diagnostics.push(diagnose(knownManifestShape, { params: { missing }, at: { file, document, pointer } }));
    return false;
  });
}

/** What the `registry:` folders tell of workloads: pod labels and service account. */
export function registryFrom(documents: readonly ParsedDocument[]): Registry {
  const objects = documents.flatMap(objectsIn).map(({ body }) => body);
  return { deployments: objects.filter((object) => workloadKinds.has(String(object.kind))).map(workload), objects };
}

const workloadKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']);

function workload(object: JsonObject): RegistryWorkload {
  const metadata = objectOr(object.metadata);
  const template = objectOr(objectOr(object.spec).template);
  const { serviceAccountName, serviceAccount } = objectOr(template.spec);
  return {
    name: String(metadata.name),
    ...(typeof metadata.namespace === 'string' ? { namespace: metadata.namespace } : {}),
    labels: objectOr(objectOr(template.metadata).labels),
    serviceAccount: String(serviceAccountName ?? serviceAccount ?? 'default'),
  };
}

/** The objects of a document with their places: itself, or the items of a List, such as a VirtualServiceList, which names their kind. */
export function objectsIn({ file, index, value }: ParsedDocument): readonly PassedManifest[] {
  const { apiVersion, kind, items } = value;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items))
    return [{ file, document: index, pointer: '', body: value }];
  const itemKind = kind.slice(0, -'List'.length);
  const named = itemKind === '' || apiVersion === undefined ? {} : { apiVersion, kind: itemKind };
  return listOr(items).flatMap((item, i): readonly PassedManifest[] => {
    if (!isObject(item)) return [];
    const body = item.kind === undefined ? { ...named, ...item } : item;
    return [{ file, document: index, pointer: `/items/${i}`, body }];
  });
}

/** The first thing that an object needs to be one and lacks. */
export function missingPart(body: JsonObject): string | undefined {
  if (typeof body.apiVersion !== 'string') return 'apiVersion';
  if (typeof body.kind !== 'string') return 'kind';
  const { name } = objectOr(body.metadata);
  return typeof name === 'string' && name !== '' ? undefined : 'metadata.name';
}

export function isGatewayApi({ apiVersion }: JsonObject): boolean {
  return typeof apiVersion === 'string' && /^gateway\.networking\.(x-)?k8s\.io\//.test(apiVersion);
}

import type { ParsedDocument } from '../document/parse.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { PassedManifest, Registry, RegistryWorkload } from '../model/environment.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { classicApi, knownManifestShape } from './diagnostics.ts';

/** Hand-written objects of the `manifests:` folders; a List counts as its items. */
export function passedManifests(documents: readonly ParsedDocument[], diagnostics: Diagnostic[]): readonly PassedManifest[] {
  return documents.flatMap(({ file, index, value }) =>
    objectsOf(value).flatMap((body) => {
      if (isGatewayApi(body)) {
        diagnostics.push(diagnose(classicApi, { params: { kind: String(body.kind) }, at: { file, document: index, pointer: '/kind' } }));
        return [];
      }
      const missing = missingPart(body);
      if (missing === undefined) return [{ file, document: index, body }];
      diagnostics.push(diagnose(knownManifestShape, { params: { missing }, at: { file, document: index, pointer: '' } }));
      return [];
    }),
  );
}

/** What the `registry:` folders tell of workloads: pod labels and service account. */
export function registryFrom(documents: readonly ParsedDocument[]): Registry {
  const deployments = documents.flatMap(({ value }) => objectsOf(value)).filter((object) => workloadKinds.has(String(object.kind)));
  return { deployments: deployments.map(workload) };
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

function objectsOf(value: JsonObject): readonly JsonObject[] {
  if (value.kind !== 'List' || !Array.isArray(value.items)) return [value];
  return listOr(value.items).filter(isObject);
}

function missingPart(body: JsonObject): string | undefined {
  if (typeof body.apiVersion !== 'string') return 'apiVersion';
  if (typeof body.kind !== 'string') return 'kind';
  return typeof objectOr(body.metadata).name === 'string' ? undefined : 'metadata.name';
}

function isGatewayApi({ apiVersion }: JsonObject): boolean {
  return typeof apiVersion === 'string' && /^gateway\.networking\.(x-)?k8s\.io\//.test(apiVersion);
}

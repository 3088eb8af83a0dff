import { crdValidator } from '../document/crd-schema.ts';
import { parseManifests } from '../document/parse-manifests.ts';
import type { SchemaValidator } from '../document/validate.ts';
import { foundByRe2 } from '../istio/re2.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { type Result, result } from '../model/result.ts';
import type { FileTree } from '../model/source.ts';
import { someCrd } from './diagnostics.ts';
import { objectsIn } from './objects.ts';

/** What a cluster serves, as its CustomResourceDefinitions say it. */
export interface ServedKinds {
  /** The schema of `spec` by apiVersion and kind; undefined where the cluster does not serve it, or the CRD has no schema. */
  readonly schema: (apiVersion: string, kind: string) => SchemaValidator | undefined;
  /** apiVersions that serve a kind of a group; undefined where no CRD of the group is known at all. */
  readonly served: (group: string, kind: string) => readonly string[] | undefined;
  /** Kinds of a group. */
  readonly kinds: (group: string) => readonly string[];
}

/** Reads the CRDs of a tree; a tree without any CRD of Istio's is an error, because then nothing would be judged by it. */
export function loadCrds(tree: FileTree): Result<ServedKinds> {
  const diagnostics: Diagnostic[] = [];
  const schemas = new Map<string, SchemaValidator>();
  const served = new Map<string, Map<string, string[]>>();
  for (const [file, text] of tree) {
    const parsed = parseManifests(file, text, () => false);
    diagnostics.push(...parsed.unread.flatMap((one) => one.diagnostics));
    for (const { body } of parsed.documents.flatMap(objectsIn))
      if (body.kind === 'CustomResourceDefinition') readCrd(body, schemas, served);
  }
  const isEmpty = ![...served.keys()].some((group) => group.endsWith('.istio.io'));
  if (isEmpty) diagnostics.push(diagnose(someCrd, { params: {} }));
  return result(
    {
      schema: (apiVersion, kind) => schemas.get(`${apiVersion} ${kind}`),
      served: (group, kind) => (served.has(group) ? (served.get(group)?.get(kind) ?? []) : undefined),
      kinds: (group) => [...(served.get(group)?.keys() ?? [])],
    },
    diagnostics,
  );
}

function readCrd(body: JsonObject, schemas: Map<string, SchemaValidator>, served: Map<string, Map<string, string[]>>): void {
  const { group, names, versions } = objectOr(body.spec);
  const { kind } = objectOr(names);
  if (typeof group !== 'string' || typeof kind !== 'string') return;
  const ofGroup = served.get(group) ?? new Map<string, string[]>();
  served.set(group, ofGroup);
  const apiVersions: string[] = [];
  for (const version of listOr(versions).filter(isObject)) {
    if (version.served === false) continue;
    const apiVersion = `${group}/${String(version.name)}`;
    apiVersions.push(apiVersion);
    const { properties } = objectOr(objectOr(version.schema).openAPIV3Schema);
    const { spec } = objectOr(properties);
    if (isObject(spec)) schemas.set(`${apiVersion} ${kind}`, crdValidator(`crd:${apiVersion}/${kind}`, kind, spec, foundByRe2));
  }
  ofGroup.set(kind, apiVersions);
}

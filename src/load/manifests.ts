import type { ParseFile } from '../document/remembering-parser.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { PassedManifest } from '../model/environment.ts';
import { byCodePoint } from '../model/names.ts';
import { type Result, result } from '../model/result.ts';
import type { FileTree } from '../model/source.ts';
import { gatewayApiUnread } from './diagnostics.ts';
import { isGatewayApi, missingPart, objectsIn } from './objects.ts';

/** What anyone's folder of manifests holds. */
export interface LoadedManifests {
  /** Every Kubernetes object, in the order of files and documents. */
  readonly objects: readonly PassedManifest[];
  /** Documents that are no Kubernetes objects: values of charts, kustomizations, workflows. */
  readonly passedOver: number;
}

/** Reads all documents of a tree; those that are no Kubernetes objects are counted, not judged. */
export function loadManifests(tree: FileTree, parse: ParseFile): Result<LoadedManifests> {
  const diagnostics: Diagnostic[] = [];
  const objects: PassedManifest[] = [];
  let passedOver = 0;
  for (const [file, text] of [...tree].sort(([a], [b]) => byCodePoint(a, b))) {
    const parsed = parse(file, text);
    diagnostics.push(...parsed.diagnostics);
    for (const object of (parsed.value ?? []).flatMap(objectsIn)) {
      if (missingPart(object.body) !== undefined) passedOver += 1;
      else objects.push(object);
      if (isGatewayApi(object.body)) {
        const { document, pointer, body } = object;
        const at = { file, document, pointer: `${pointer}/kind` };
        diagnostics.push(diagnose(gatewayApiUnread, { params: { kind: String(body.kind) }, at }));
      }
    }
  }
  return result({ objects, passedOver }, diagnostics);
}

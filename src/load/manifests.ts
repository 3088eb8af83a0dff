import { parseManifests } from '../document/parse-manifests.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { PassedManifest } from '../model/environment.ts';
import { byCodePoint } from '../model/names.ts';
import { type Result, result } from '../model/result.ts';
import type { FileTree } from '../model/source.ts';
import { gatewayApiUnread, renderedManifests } from './diagnostics.ts';
import { isGatewayApi, missingPart, objectsIn } from './objects.ts';

/** What anyone's folder of manifests holds. */
export interface LoadedManifests {
  /** Every Kubernetes object, in the order of files and documents. */
  readonly objects: readonly PassedManifest[];
  /** Documents that are no Kubernetes objects: values of charts, kustomizations, workflows. */
  readonly passedOver: number;
}

/** Reads all documents of a tree; those that are no Kubernetes objects are counted, not judged. */
export function loadManifests(tree: FileTree): Result<LoadedManifests> {
  const diagnostics: Diagnostic[] = [];
  const objects: PassedManifest[] = [];
  let passedOver = 0;
  for (const [file, text] of [...tree].sort(([a], [b]) => byCodePoint(a, b))) {
    const parsed = parseManifests(file, text, isIstios);
    diagnostics.push(...(parsed.value === undefined ? unreadable(file, text, parsed.diagnostics) : parsed.diagnostics));
    for (const object of (parsed.value ?? []).flatMap(objectsIn)) {
      if (missingPart(object.body) !== undefined && !isIstios(String(object.body.apiVersion))) passedOver += 1;
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

function isIstios(apiVersion: string): boolean {
  return /^[a-z]+\.istio\.io\//.test(apiVersion);
}

/** A template that was never rendered breaks YAML in many places; that it is one says it all. */
function unreadable(file: string, text: string, found: readonly Diagnostic[]): readonly Diagnostic[] {
  const opened = /\{\{-?\s*[.$"(\w/]/.exec(text);
  if (opened === null) return found;
  return [
    diagnose(renderedManifests, { params: { file }, at: { file, start: opened.index, end: opened.index + opened[0].trimEnd().length } }),
  ];
}

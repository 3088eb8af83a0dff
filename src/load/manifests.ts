import { type ParsedManifests, parseManifests } from '../document/parse-manifests.ts';
import { istioKindOf, kindsOfGroup } from '../mesh/istio-kinds.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import type { PassedManifest } from '../model/environment.ts';
import { byCodePoint } from '../model/names.ts';
import { type Result, result } from '../model/result.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { gatewayApiUnread, knownManifestShape, renderedManifests } from './diagnostics.ts';
import { isGatewayApi, missingPart, objectsIn } from './objects.ts';

/** What anyone's folder of manifests holds. */
export interface LoadedManifests {
  /** Every Kubernetes object, in the order of files and documents. */
  readonly objects: readonly PassedManifest[];
  /** Documents that are no Kubernetes objects: values of charts, kustomizations, workflows. */
  readonly passedOver: number;
}

/** What of it can be read, and what is wrong with the rest. */
export interface ReadableManifests extends LoadedManifests {
  /** Documents, or objects in them, that cannot be read: what they hold must not be found missing. */
  readonly unread: number;
  /** Files that hold an object, or something that cannot be read. */
  readonly files: ReadonlySet<RepoPath>;
  readonly diagnostics: readonly Diagnostic[];
}

/** All documents of a tree, or none where one cannot be read. */
export function loadManifests(tree: FileTree): Result<LoadedManifests> {
  const { objects, passedOver, diagnostics } = readableManifests(tree);
  return result({ objects, passedOver }, diagnostics);
}

/** Reads all documents of a tree; those that are no Kubernetes objects are counted, not judged. */
export function readableManifests(tree: FileTree): ReadableManifests {
  const diagnostics: Diagnostic[] = [];
  const objects: PassedManifest[] = [];
  let passedOver = 0;
  let unread = 0;
  const files = new Set<RepoPath>();
  for (const [file, text] of [...tree].sort(([a], [b]) => byCodePoint(a, b))) {
    const parsed = parseManifests(file, text, isRead);
    unread += parsed.unread.length;
    if (parsed.unread.length > 0) files.add(file);
    diagnostics.push(...unreadable(file, text, parsed));
    for (const object of parsed.documents.flatMap(objectsIn)) {
      const { document, pointer, body } = object;
      const missing = missingPart(body);
      if (missing === undefined || isIstios(String(body.apiVersion))) files.add(file);
      if (missing === undefined) objects.push(object);
      else if (isIstios(String(body.apiVersion))) {
        unread += 1;
        diagnostics.push(diagnose(knownManifestShape, { params: { missing }, at: { file, document, pointer } }));
      } else passedOver += 1;
      if (isGatewayApi(body))
        diagnostics.push(
          diagnose(gatewayApiUnread, { params: { kind: String(body.kind) }, at: { file, document, pointer: `${pointer}/kind` } }),
        );
    }
  }
  return { objects, passedOver, unread, files, diagnostics };
}

/** Kinds whose words are judged are read strictly. */
function isRead(apiVersion: string, kind: string): boolean {
  return istioKindOf({ apiVersion, kind }) !== undefined;
}

function isIstios(apiVersion: string): boolean {
  const [group = ''] = apiVersion.split('/');
  return kindsOfGroup.has(group);
}

/** A template that was never rendered breaks YAML in many places; that it is one says it all. */
function unreadable(file: RepoPath, text: string, { unread }: ParsedManifests): readonly Diagnostic[] {
  let isTemplate = false;
  return unread.flatMap(({ start, end, diagnostics }) => {
    const opened = /\{\{-?\s*[.$"(\w/]/.exec(text.slice(start, end));
    if (opened === null) return diagnostics;
    if (isTemplate) return [];
    isTemplate = true;
    const from = start + opened.index;
    return [diagnose(renderedManifests, { params: { file }, at: { file, start: from, end: from + opened[0].trimEnd().length } })];
  });
}

import jsonPatch from 'fast-json-patch';
import { type JsonObject, objectOr, sameJson, stableJson } from '../model/json.ts';
import { type Manifest, manifestId } from '../model/manifest.ts';
import { byCodePoint } from '../model/names.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import type { Change, PatchOperation } from '../model/traffic-diff.ts';

/** What becomes of each object of either, in order by id; an object that stands twice is compared place by place. */
export function compareObjects(before: readonly Manifest[], after: readonly Manifest[]): readonly Change[] {
  const [old, young] = [byId(before), byId(after)];
  return [...new Set([...old.keys(), ...young.keys()])].sort(byCodePoint).flatMap((key) => {
    const [olds, youngs] = [old.get(key) ?? [], young.get(key) ?? []];
    return Array.from({ length: Math.max(olds.length, youngs.length) }, (_, i) => changeOf(olds[i], youngs[i]));
  });
}

/** Texts of a side by path, and the objects of each: two sides name the same file alike. */
export interface ComparedFiles {
  readonly texts: FileTree;
  readonly objects: ReadonlyMap<RepoPath, readonly JsonObject[]>;
}

/** Files of both sides whose texts differ and whose objects are the same in the same order. */
export function formattingOnly(before: ComparedFiles, after: ComparedFiles): readonly RepoPath[] {
  return [...after.texts]
    .filter(([path, text]) => {
      const old = before.texts.get(path);
      if (old === undefined || old === text) return false;
      const [olds, youngs] = [before.objects.get(path) ?? [], after.objects.get(path) ?? []];
      return olds.length === youngs.length && olds.every((body, i) => sameJson(body, youngs[i]));
    })
    .map(([path]) => path)
    .sort(byCodePoint);
}

/** Kinds that can let a request pass, stop or change it, and whose effect the simulator does not know. */
const unsimulated: ReadonlySet<string> = new Set([
  ...['PeerAuthentication', 'RequestAuthentication', 'EnvoyFilter', 'WasmPlugin', 'ProxyConfig'],
  ...['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'],
]);

/** Of such a kind, or a Gateway of the Gateway API. */
export function isUnsimulated({ kind, apiVersion }: Manifest): boolean {
  return unsimulated.has(kind) || (kind === 'Gateway' && apiVersion.startsWith('gateway.networking.k8s.io/'));
}

/** Changed objects that a comparison of routes does not tell of. Of AuthorizationPolicies only those that say what none said before. */
export function notSimulated(before: Iterable<Manifest>, after: Iterable<Manifest>): readonly string[] {
  const acting = (one: Manifest): boolean => one.kind === 'AuthorizationPolicy' || isUnsimulated(one);
  const [old, now] = [[...before].filter(acting), [...after].filter(acting)];
  const saidBy = (all: readonly Manifest[]) => new Set(all.filter(({ kind }) => kind === 'AuthorizationPolicy').map(saying));
  const [was, is] = [saidBy(old), saidBy(now)];
  const changed = [...old.filter((one) => !is.has(saying(one))), ...now.filter((one) => !was.has(saying(one)))];
  return [...new Set(changed.map(manifestId))].sort(byCodePoint);
}

/** Whatever it is called: policies of one namespace add up. */
function saying({ kind, namespace = '', body }: Manifest): string {
  const { annotations } = objectOr(body.metadata);
  return stableJson([kind, namespace, body.spec ?? {}, objectOr(annotations)['istio.io/dry-run'] ?? null]);
}

/** Operations that make one object of the other. */
export function operationsBetween(before: JsonObject, after: JsonObject): readonly PatchOperation[] {
  return jsonPatch.compare(before, after).flatMap((operation): readonly PatchOperation[] => {
    const { op, path } = operation;
    if (op === 'remove') return [{ op, path }];
    return op === 'add' || op === 'replace' ? [{ op, path, value: operation.value }] : [];
  });
}

function changeOf(before: Manifest | undefined, after: Manifest | undefined): Change {
  const id = manifestId(after ?? before ?? { kind: '', name: '' });
  if (before === undefined) return { id, action: 'create', operations: [], after: after?.body ?? null };
  if (after === undefined) return { id, action: 'delete', operations: [], before: before.body };
  if (sameJson(before.body, after.body)) return { id, action: 'unchanged', operations: [] };
  return { id, action: 'update', operations: operationsBetween(before.body, after.body), before: before.body, after: after.body };
}

/** One object in several versions of its API is still one object; the group tells kinds of one name apart. */
function byId(manifests: readonly Manifest[]): ReadonlyMap<string, readonly Manifest[]> {
  const groups = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const { apiVersion } = manifest;
    const key = `${manifestId(manifest)} ${apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')))}`;
    const twins = groups.get(key);
    if (twins === undefined) groups.set(key, [manifest]);
    else twins.push(manifest);
  }
  return groups;
}

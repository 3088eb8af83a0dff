import { isList, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { istioKindOf } from './istio-kinds.ts';

/**
 * What requests depend on of an object of the cluster, and nothing else of it: Istio's own kinds, Services, Namespaces, and of workloads their
 * labels, accounts, ports and number. No environment variables, no annotations of others, and nothing at all of a Secret. Undefined where nothing is left.
 */
export function objectRead(object: JsonObject): JsonObject | undefined {
  const { apiVersion, kind, metadata, spec } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const read = { apiVersion, kind, metadata: metadataRead(objectOr(metadata)) };
  if (istioKindOf({ apiVersion, kind }) !== undefined) return { ...read, ...(spec === undefined ? {} : { spec }) };
  if (apiVersion === 'v1' && kind === 'Namespace') return read;
  if (apiVersion === 'v1' && kind === 'Service')
    return { ...read, spec: only(objectOr(spec), ['type', 'selector', 'ports', 'clusterIP', 'clusterIPs', 'externalName']) };
  if (apiVersion === 'v1' && kind === 'Pod') return { ...read, spec: podSpecRead(objectOr(spec)) };
  const { template, replicas, jobTemplate } = objectOr(spec);
  if (kind === 'CronJob')
    return { ...read, spec: { jobTemplate: { spec: { template: templateRead(objectOr(objectOr(jobTemplate).spec)) } } } };
  if (template === undefined) return undefined;
  return { ...read, spec: { ...(replicas === undefined ? {} : { replicas }), template: templateRead(objectOr(spec)) } };
}

function templateRead({ template }: JsonObject): JsonObject {
  const { metadata, spec } = objectOr(template);
  return { metadata: only(objectOr(metadata), ['labels']), spec: podSpecRead(objectOr(spec)) };
}

function podSpecRead(spec: JsonObject): JsonObject {
  const containers = listOr(spec.containers).map((container) => only(objectOr(container), ['ports']));
  return {
    ...only(spec, ['serviceAccountName', 'serviceAccount', 'hostNetwork']),
    ...(isList(spec.containers) ? { containers } : {}),
  };
}

function metadataRead(metadata: JsonObject): JsonObject {
  const annotations = Object.entries(objectOr(metadata.annotations)).filter(([name]) => /(^|\.)istio\.io\//.test(name));
  return {
    ...only(metadata, ['name', 'namespace', 'labels']),
    ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
  };
}

function only(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(object, key) && object[key] !== undefined ? [[key, object[key]]] : [])));
}

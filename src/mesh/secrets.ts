import { type Json, type JsonObject, objectOr } from '../model/json.ts';
import type { Named } from './workloads.ts';

/** A Secret by its name and the names of its keys. What the keys hold is never kept, so no finding can show it. */
export interface KnownSecret extends Named {
  /** Keys that hold something; undefined for a Secret that another object of the input will make. */
  readonly keys?: ReadonlySet<string>;
}

/** A Secret, or an object that makes one in the cluster: cert-manager's Certificate, a SealedSecret, an ExternalSecret. */
export function readSecret(object: JsonObject, named: Named): KnownSecret | undefined {
  const { apiVersion, kind, data, stringData } = object;
  if (typeof kind !== 'string') return undefined;
  if (apiVersion === 'v1') return kind === 'Secret' ? { ...named, keys: new Set([...filled(data), ...filled(stringData)]) } : undefined;
  return /Secret|Certificate/.test(kind) ? { ...named, name: nameOfMade(objectOr(object.spec)) ?? named.name } : undefined;
}

/** Whether it tells that certificates of its namespace are part of the input at all. */
export function holdsCertificate({ keys }: KnownSecret): boolean {
  return keys === undefined || keys.has('tls.crt') || keys.has('cert');
}

function filled(values: Json | undefined): readonly string[] {
  return Object.entries(objectOr(values)).flatMap(([key, value]) => (value === '' || value === null ? [] : [key]));
}

function nameOfMade({ secretName, target, destination, template }: JsonObject): string | undefined {
  const names = [secretName, objectOr(target).name, objectOr(destination).name, objectOr(objectOr(template).metadata).name];
  return names.find((name) => typeof name === 'string');
}

/** Pairs of keys that Istio takes a server's certificate from, in its order (pilot/pkg/credentials/kube/secrets.go ExtractCertInfo). */
export const certificateKeys: readonly (readonly [string, string])[] = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
];

/** Keys that it takes the certificate of an authority from (ExtractRoot). */
export const authorityKeys: readonly string[] = ['cacert', 'ca.crt'];

import { type Json, type JsonObject, objectOr } from '../model/json.ts';
import type { Named } from './workloads.ts';

/** A Secret by its name and the names of its keys. What the keys hold is never kept, so no finding can show it. */
export interface KnownSecret extends Named {
  /** Keys that hold something; undefined where none is shown: data were taken out, or another object of the input will make the Secret. */
  readonly keys?: ReadonlySet<string>;
  /** Whether it is of a sort that a gateway may take a certificate from. */
  readonly mayBeCertificate: boolean;
}

/** A Secret, or an object that makes one in the cluster: cert-manager's Certificate, a SealedSecret, an ExternalSecret. */
export function readSecret(object: JsonObject, named: Named): KnownSecret | undefined {
  const { apiVersion, kind, type, data, stringData } = object;
  if (typeof kind !== 'string') return undefined;
  if (apiVersion !== 'v1')
    return /Secret|Certificate/.test(kind)
      ? { ...named, name: nameOfMade(objectOr(object.spec)) ?? named.name, mayBeCertificate: true }
      : undefined;
  if (kind !== 'Secret') return undefined;
  const keys = new Set([...filled(data), ...filled(stringData)]);
  const mayBeCertificate = !otherSorts.test(String(type)) && ![...keys].some((key) => key.startsWith('.docker'));
  return { ...named, ...(keys.size === 0 ? {} : { keys }), mayBeCertificate };
}

/** Secrets of these sorts come with almost every workload, and tell nothing of certificates. */
const otherSorts =
  /^(kubernetes\.io\/(dockercfg|dockerconfigjson|service-account-token|basic-auth|ssh-auth)|bootstrap\.kubernetes\.io\/|helm\.sh\/)/;

/** Whether it tells that certificates are part of the input at all. */
export function holdsCertificate({ keys, mayBeCertificate }: KnownSecret): boolean {
  return mayBeCertificate && (keys === undefined || keys.has('tls.crt') || keys.has('cert'));
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

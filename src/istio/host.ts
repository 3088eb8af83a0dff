/** A VirtualService's gateway reference as 'namespace/name' (Istio: pilot/pkg/model/config.go resolveGatewayName). */
export function qualifiedGateway(reference: string, namespace: string | undefined): string {
  if (reference.startsWith('./')) return namespace === undefined ? reference.slice(2) : `${namespace}/${reference.slice(2)}`;
  // A name with a dot is of an older form: 'gateway.namespace', or that with '.svc.<domain>' behind it.
  const [name = '', home] = reference.includes('/') ? [] : reference.split('.');
  if (home !== undefined) return `${home}/${name}`;
  return reference.includes('/') || namespace === undefined ? reference : `${namespace}/${reference}`;
}
/** Short names get '.<namespace>.svc.<domain>'; a name with a dot is taken as it is (Istio: pilot/pkg/model/config.go ResolveShortnameToFQDN). */
export function qualifiedHost(host: string, namespace: string | undefined, clusterDomain: string): string {
  if (host.includes('.') || host === '*' || namespace === undefined) return host;
  return `${host}.${namespace}.svc.${clusterDomain}`;
}

/** A host as part of an object's name: 'a.example.com' → 'a-example-com', '*.example.com' → 'wildcard-example-com'. */
export function slugOfHost(host: string): string {
  const words = host.toLowerCase().split(/[^a-z0-9]+/);
  return (host.startsWith('*') ? ['wildcard', ...words] : words).filter((word) => word !== '').join('-');
}

/** The namespace that a cluster host names, if it is one: 'ratings.prod.svc.cluster.local' → 'prod'. */
export function namespaceOfHost(host: string, clusterDomain: string): string | undefined {
  const suffix = `.svc.${clusterDomain}`;
  if (!host.endsWith(suffix)) return undefined;
  const labels = host.slice(0, -suffix.length).split('.');
  return labels.length === 2 ? labels[1] : undefined;
}

/** Whether every host of `inner` is one of `outer` (Istio: SubsetOf). */
export function hostWithin(inner: string, outer: string): boolean {
  const [x, y] = [inner.toLowerCase(), outer.toLowerCase()];
  if (y === '*') return true;
  if (y.startsWith('*')) return (x.startsWith('*') ? x.slice(1) : x).endsWith(y.slice(1));
  return x === y;
}

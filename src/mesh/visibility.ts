/** Namespaces that an object is exported to: everyone, or just these. */
export type Audience = 'everyone' | readonly string[];

/**
 * Whom `exportTo` of an object in `home` lets see it; where it says nothing the mesh's default holds
 * (Istio: pkg/config/visibility; `.` is the own namespace, `*` everyone, `~` nobody).
 */
export function audienceOf(exportTo: readonly string[], home: string, byDefault: string): Audience {
  const words = exportTo.length === 0 ? [byDefault] : exportTo;
  if (words.includes('*')) return 'everyone';
  return [...new Set(words.filter((word) => word !== '~').map((word) => (word === '.' ? home : word)))];
}

export function isSeenFrom(audience: Audience, namespace: string): boolean {
  return audience === 'everyone' || audience.includes(namespace);
}

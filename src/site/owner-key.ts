/** The same for an intent and for what its objects say of their owner. */
export function ownerKey({
  kind,
  namespace = '',
  name,
}: {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}): string {
  return `${kind} ${namespace}/${name}`;
}

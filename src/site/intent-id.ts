import type { Intent, IntentKind } from '../model/intent.ts';

/**
 * What links of the page name an intent by: 'reviews', 'bookinfo/reviews', 'external:httpbin'. The same in each environment, because an
 * intent's identity is.
 */
export function intentId({ kind, name, namespace }: Pick<Intent, 'kind' | 'name' | 'namespace'>): string {
  return kindPrefix(kind) + (namespace === undefined ? name : `${namespace}/${name}`);
}

function kindPrefix(kind: IntentKind): string {
  return kind === 'service' ? '' : `${kind}:`;
}

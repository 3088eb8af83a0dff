import type { Intent } from '../model/intent.ts';

/** What a pull request about one intent is about: 'reviews', 'bookinfo/reviews', 'external payments'. */
export function keySubject({ kind, name, namespace }: Pick<Intent, 'kind' | 'name' | 'namespace'>): string {
  const qualified = namespace === undefined ? name : `${namespace}/${name}`;
  return kind === 'service' ? qualified : `${kind} ${qualified}`;
}

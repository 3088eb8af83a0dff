import type { Environment } from '../model/environment.ts';
import type { Intent, IntentKind } from '../model/intent.ts';
import { intentId } from './intent-id.ts';

/** Finds ids by the names that intents call each other: of the caller's namespace first, then the only one of that name; 'namespace/name' is exact. */
export type FindIds = (kinds: readonly IntentKind[], reference: string, from: Intent) => string | undefined;

export function namedIntents({ namespace: home }: Environment, intents: readonly Intent[]): FindIds {
  const byName = new Map<string, Intent[]>();
  const namespaceOf = ({ value }: Intent): string | undefined => (typeof value.namespace === 'string' ? value.namespace : home);
  const put = (key: string, intent: Intent): void => {
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [intent]);
    else known.push(intent);
  };
  for (const intent of intents) {
    put(`${intent.kind} ${intent.name}`, intent);
    put(`${intent.kind} ${namespaceOf(intent) ?? ''}/${intent.name}`, intent);
  }
  return (kinds, reference, from) => {
    for (const kind of kinds) {
      const found = byName.get(`${kind} ${reference}`) ?? [];
      const own = found.find((intent) => namespaceOf(intent) === namespaceOf(from)) ?? (found.length === 1 ? found[0] : undefined);
      if (own !== undefined) return intentId(own);
    }
    return undefined;
  };
}

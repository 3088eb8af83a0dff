import type { Environment } from '../model/environment.ts';
import { type Intent, type IntentKind, originOf } from '../model/intent.ts';
import { didYouMean, listWords } from '../model/names.ts';
import type { Origin } from '../model/origin.ts';

/** Finds intents by the names that other intents call them. */
export interface IntentIndex {
  readonly environment: Environment;
  readonly all: readonly Intent[];
  readonly gateways: readonly Intent[];
  /** By name in the caller's namespace first, then by the only one of that name; 'namespace/name' is exact. */
  readonly find: (kind: IntentKind, reference: string, fromNamespace: string | undefined) => Intent | undefined;
  readonly names: (kind: IntentKind) => readonly string[];
  /** Help for a reference that found nothing: the namespaces of a name that stands in several, or a name nearby. */
  readonly hints: (kind: IntentKind, reference: string) => readonly string[];
  /** The namespace of an intent's objects; undefined where neither it nor the environment names one. */
  readonly namespaceOf: (intent: Intent) => string | undefined;
  /** Whether this environment's objects live in a namespace. */
  readonly owns: (namespace: string) => boolean;
}

export function indexIntents(environment: Environment, intents: readonly Intent[]): IntentIndex {
  const byName = new Map<string, Intent[]>();
  for (const intent of intents) {
    const key = `${intent.kind} ${intent.name}`;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [intent]);
    else known.push(intent);
  }
  const namespaceOf = (intent: Intent) => namespaceIn(environment, intent);
  const find: IntentIndex['find'] = (kind, reference, fromNamespace) => {
    const exact = byName.get(`${kind} ${reference}`) ?? [];
    if (exact.length > 0)
      return exact.find((intent) => namespaceOf(intent) === fromNamespace) ?? (exact.length === 1 ? exact[0] : undefined);
    const slash = reference.indexOf('/');
    if (slash < 0) return undefined;
    const [namespace, name] = [reference.slice(0, slash), reference.slice(slash + 1)];
    return byName.get(`${kind} ${name}`)?.find((intent) => namespaceOf(intent) === namespace);
  };
  const names: IntentIndex['names'] = (kind) => intents.filter((intent) => intent.kind === kind).map((intent) => intent.name);
  const hints: IntentIndex['hints'] = (kind, reference) => {
    const twins = (byName.get(`${kind} ${reference}`) ?? []).flatMap((intent) => namespaceOf(intent) ?? []);
    return twins.length > 0
      ? [
          `write ${listWords(
            twins.map((namespace) => `\`${namespace}/${reference}\``),
            'or',
          )}`,
        ]
      : didYouMean(reference, names(kind));
  };
  const owned = new Set([environment.namespace, ...intents.map(namespaceOf)]);
  return {
    environment,
    all: intents,
    gateways: intents.filter((intent) => intent.kind === 'gateway'),
    find,
    names,
    hints,
    namespaceOf,
    owns: (namespace) => owned.has(namespace),
  };
}

/** The namespace of an intent's objects. */
export function namespaceIn(environment: Environment, intent: Intent): string | undefined {
  return typeof intent.value.namespace === 'string' ? intent.value.namespace : environment.namespace;
}

/** Where an intent's namespace comes from: its own word, or the environment's. */
export function namespaceOrigin(index: IntentIndex, intent: Intent): Origin {
  return typeof intent.value.namespace === 'string' ? originOf(intent, '/namespace') : originOf(index.environment, '/namespace');
}

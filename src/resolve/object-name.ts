import { type Intent, originOf } from '../model/intent.ts';
import { derived, type Origin, type Traced, traced } from '../model/origin.ts';
import type { ObjectName } from '../model/resolved.ts';
import type { CommonWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { namespaceOrigin } from './index-intents.ts';

/** An object's name in the namespace of its intent; no namespace anywhere → none is written. */
export function objectName(context: ResolveContext, { intent }: { readonly intent: Intent }, name: Traced<string>): ObjectName {
  const namespace = context.index.namespaceOf(intent);
  return namespace === undefined ? { name } : { name, namespace: traced(namespace, namespaceOrigin(context.index, intent)) };
}

/** The object's name: as `names` says for its kind, or the intent's. */
export function namedOr(intent: Intent, words: CommonWords, kind: string, otherwise: string = intent.name): Traced<string> {
  const written = words.names?.[kind];
  if (written !== undefined) return traced(written, originOf(intent, `/names/${kind}`));
  const origin: Origin = originOf(intent, `/${intent.kind}`);
  return traced(otherwise, otherwise === intent.name ? origin : derived(origin, 'named after its intent'));
}

import type { Intent } from '../../model/intent.ts';

/** The service that a train means: 'reviews', or 'bookinfo/reviews' where the intent has a namespace of its own. */
export function memberOf(intents: readonly Intent[], reference: string): Intent | undefined {
  return intents.find(
    ({ kind, name, namespace }) =>
      kind === 'service' && (name === reference || (namespace !== undefined && `${namespace}/${name}` === reference)),
  );
}

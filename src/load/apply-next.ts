import type { LoadedEnvironment } from '../model/environment.ts';
import type { Intent } from '../model/intent.ts';
import { mergeLayers } from './intents.ts';
import { nextLayer } from './read-document.ts';

/** Which intents a change carries on to their next phase; of the others, what is still to come stays so. */
export type IsCarried = (intent: Intent) => boolean;

const every: IsCarried = () => true;

/** Whether any intent says what is still to come. */
export function hasNext({ intents }: LoadedEnvironment, isCarried = every): boolean {
  return intents.some((intent) => intent.value.next !== undefined && isCarried(intent));
}

/**
 * The environment as it will be once all that stands in `next:` is in force. Each `next` is a layer of its own above its intent, so that
 * what is found about it points into it.
 */
export function applyNext(loaded: LoadedEnvironment, isCarried = every): LoadedEnvironment {
  return { ...loaded, intents: loaded.intents.map((intent) => (isCarried(intent) ? withNext(intent) : intent)) };
}

/** The same as what a compilation revises; one and the same function where all are carried on. */
export function nextOf(isCarried?: IsCarried): (loaded: LoadedEnvironment) => LoadedEnvironment {
  return isCarried === undefined ? applyNext : (loaded) => applyNext(loaded, isCarried);
}

/** The environment as it is, without a word of what is still to come. */
export function withoutNext(loaded: LoadedEnvironment): LoadedEnvironment {
  if (!hasNext(loaded)) return loaded;
  return {
    ...loaded,
    intents: loaded.intents.map((intent) => {
      const { next: _, ...value } = intent.value;
      return { ...intent, value };
    }),
  };
}

function withNext(intent: Intent): Intent {
  if (intent.value.next === undefined) return intent;
  const { kind, layers } = intent;
  const coming = layers.flatMap((layer) => nextLayer(kind, layer) ?? []);
  const merged = mergeLayers(kind, [...layers, ...coming]);
  const { next: _, ...value } = merged.value;
  return { ...merged, value };
}

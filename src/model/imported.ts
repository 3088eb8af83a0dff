import type { Diagnostic } from './diagnostic.ts';
import type { IntentKind } from './intent.ts';
import type { JsonObject } from './json.ts';
import type { Manifest } from './manifest.ts';

/** An intent that shall say what manifests say: `words` is its whole document, its kind first. */
export interface DraftIntent {
  readonly kind: Exclude<IntentKind, 'train'>;
  readonly name: string;
  /** Only where it is not the environment's. */
  readonly namespace?: string;
  readonly words: JsonObject;
  /** The objects that it says. None for what is only named: a gateway that others keep. */
  readonly replaces: readonly Manifest[];
}

/** What manifests become: intents, and objects that stay as they are, each with the finding that says why. */
export interface DraftedIntents {
  readonly intents: readonly DraftIntent[];
  readonly kept: ReadonlyMap<Manifest, Diagnostic>;
}

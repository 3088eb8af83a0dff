import type { Diagnostic, LocatedDiagnostic } from './diagnostic.ts';
import type { IntentKind } from './intent.ts';
import type { JsonObject } from './json.ts';
import type { Manifest } from './manifest.ts';
import type { FileTree } from './source.ts';
import type { Comparison } from './traffic-diff.ts';

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

/** What an import made of manifests. */
export interface Imported {
  /** To be written, by path from the root. */
  readonly files: FileTree;
  readonly intents: readonly DraftIntent[];
  /** Objects that stay as they are, in the order of the input, each with why. */
  readonly kept: readonly LocatedDiagnostic[];
  /** What there was, and what the intents and kept objects render. */
  readonly comparison: Comparison;
  /** Objects that no part of Mainsheet writes: Services and the like. */
  readonly others: number;
  /** Lines of the objects that became intents, and of these. */
  readonly lines: { readonly before: number; readonly after: number };
}

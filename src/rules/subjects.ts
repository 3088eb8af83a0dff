import type { Environment } from '../model/environment.ts';
import type { Intent } from '../model/intent.ts';
import type { ResolvedIntent } from '../model/resolved.ts';

export interface IntentSubject {
  readonly environment: Environment;
  readonly intents: readonly Intent[];
  /** Empty where resolution found errors: rules about routes have nothing to look at then. */
  readonly resolved: readonly ResolvedIntent[];
  /** YYYY-MM-DD; absent where nobody asked about dates. */
  readonly today?: string;
}

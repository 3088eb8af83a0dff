import { qualifiedHost } from '../istio/host.ts';
import type { Environment } from '../model/environment.ts';
import { type Intent, originOf } from '../model/intent.ts';
import type { Place } from '../model/source.ts';
import { serviceWords, type WeightsOwner } from '../model/words.ts';

/** A service whose traffic a controller in the cluster moves between versions. */
export interface ShiftedService {
  readonly owner: Exclude<WeightsOwner, 'git'>;
  readonly name: string;
  readonly namespace: string;
  /** Fully qualified. */
  readonly host: string;
  /** The version that has the traffic where no rollout is under way. */
  readonly stable: string | undefined;
  /** Where `weights` is written. */
  readonly at: Place | undefined;
}

/** Services that say `weights:`, in the order of the intents. */
export function shiftedServices(environment: Environment, intents: readonly Intent[]): readonly ShiftedService[] {
  return intents.flatMap((intent): readonly ShiftedService[] => {
    if (intent.kind !== 'service') return [];
    const { weights: owner = 'git', stable, host = intent.name, namespace = environment.namespace ?? 'default' } = serviceWords(intent);
    if (owner === 'git') return [];
    const { at } = originOf(intent, '/weights', 'key');
    return [{ owner, name: intent.name, namespace, host: qualifiedHost(host, namespace, environment.clusterDomain), stable, at }];
  });
}

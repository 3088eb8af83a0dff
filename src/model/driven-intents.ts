import type { LoadedEnvironment } from './environment.ts';
import { type Intent, intentTitle } from './intent.ts';
import { rolloutPlanOf } from './rollout-plan.ts';
import { trainsOf } from './trains.ts';

/** Titles of the intents whose phases a rollout carries on, its own or its train's: nobody else does. */
export function drivenIntents(loaded: LoadedEnvironment): ReadonlySet<string> {
  const riders = new Set(trainsOf(loaded).flatMap(({ plan, services }) => (plan === undefined ? [] : Object.keys(services))));
  const isRiding = ({ name, namespace }: Intent) => riders.has(name) || (namespace !== undefined && riders.has(`${namespace}/${name}`));
  const versioned = loaded.intents.filter(({ kind }) => kind === 'service' || kind === 'external');
  return new Set(versioned.filter((intent) => isRiding(intent) || rolloutPlanOf(loaded, intent) !== undefined).map(intentTitle));
}

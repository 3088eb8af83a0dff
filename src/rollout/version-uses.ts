import { type Intent, intentTitle } from '../model/intent.ts';
import { isList, isObject, type Json, listOr, objectOr } from '../model/json.ts';
import type { RolloutState } from '../model/rollout.ts';
import { subjectName } from './named-intent.ts';

/** Who still routes to the version that may retire, by service: others reach it by the service's own routes alone. */
export function usesOfPrevious(intents: readonly Intent[], { members }: RolloutState): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, readonly string[]>();
  for (const { service, previous } of members) {
    const own = intents.filter((intent) => subjectName(intent) === service || intent.name === service);
    const users = previous === undefined ? [] : own.filter((intent) => routesTo(intent, previous));
    if (users.length > 0) uses.set(service, users.map(intentTitle));
  }
  return uses;
}

/** Whether an intent's own words lead requests, or copies of them, to a version. */
function routesTo({ value }: Intent, version: string): boolean {
  const { pins, routes, split, canary, stable, expose } = value;
  const exposed = listOr(isObject(expose) ? [expose] : expose).flatMap((one) => listOr(objectOr(one).routes));
  const led = [...listOr(routes), ...exposed].map(objectOr).flatMap(({ to, mirror }) => [to ?? null, mirror ?? null]);
  return (
    stable === version ||
    objectOr(canary).version === version ||
    Object.hasOwn(objectOr(split), version) ||
    listOr(pins).some((pin) => objectOr(pin).version === version) ||
    led.some((place) => names(place, version))
  );
}

/** A version by its name, or as the key of its share. */
function names(place: Json, version: string): boolean {
  if (isList(place)) return place.some((item) => names(item, version));
  if (!isObject(place)) return place === version;
  return Object.entries(place).some(([key, item]) => (key === version && typeof item === 'number') || names(item, version));
}

import { durationSeconds } from './duration.ts';
import type { Environment } from './environment.ts';
import { type Json, type JsonObject, listOr, objectOr } from './json.ts';
import { type FreezeWindow, forbiddenHabits, type Guardrails, requiredWords } from './rollout.ts';

/** The guardrails of an environment. */
export function guardrailsOf({ value }: Pick<Environment, 'value'>): Guardrails {
  const { maxShift, maxActiveRollouts, freeze, forbid, require } = objectOr(value.guardrails);
  return {
    ...(typeof maxShift === 'number' ? { maxShift } : {}),
    ...(typeof maxActiveRollouts === 'number' ? { maxActiveRollouts } : {}),
    freeze: listOr(freeze).map((window) => freezeOf(objectOr(window))),
    forbid: known(forbid, forbiddenHabits),
    require: known(require, requiredWords),
  };
}

function freezeOf({ cron, for: length, timezone, reason }: JsonObject): FreezeWindow {
  return {
    cron: String(cron),
    for: durationSeconds(length) ?? 0,
    timezone: typeof timezone === 'string' ? timezone : 'UTC',
    ...(typeof reason === 'string' ? { reason } : {}),
  };
}

function known<Word extends string>(list: Json | undefined, words: readonly Word[]): readonly Word[] {
  return listOr(list).flatMap((item) => words.find((word) => word === item) ?? []);
}

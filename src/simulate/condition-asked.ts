import type { JsonObject } from '../model/json.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { httpCondition } from '../requests/http-condition.ts';
import type { Condition } from '../requests/literal.ts';
import { staticConditions } from './static-conditions.ts';

const readings = rememberedFor((_match: JsonObject) => new Map<number, Condition>());

/**
 * What an http match asks of requests, without what is decided when a proxy's routes are made: read once, for however many requests and
 * callers it is held against.
 */
export function conditionAsked(match: JsonObject, minor: number): Condition {
  const known = readings(match);
  const found = known.get(minor);
  if (found !== undefined) return found;
  const asked = Object.fromEntries(Object.entries(match).filter(([word]) => !staticConditions.has(word)));
  const condition = httpCondition(asked, { minor, namespace: undefined });
  known.set(minor, condition);
  return condition;
}

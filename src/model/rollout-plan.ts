import { durationSeconds } from './duration.ts';
import type { LoadedEnvironment } from './environment.ts';
import { type Intent, mergePatch } from './intent.ts';
import { isList, isObject, type Json, type JsonObject, listOr, objectOr } from './json.ts';
import type { LiveCheck, Readiness, RolloutHold, RolloutPlan, RolloutStep, StickyPlan } from './rollout.ts';

/** What plans are read from: an environment, and an intent of it. */
type Planned = Pick<LoadedEnvironment, 'environment'>;

/** The gate that is asked for readiness where a plan names none. */
const readyGate = 'ready';

/** The plan of a service or a train, with every default in place; undefined where nobody says any steps. */
export function rolloutPlanOf(loaded: Planned, intent: Intent): RolloutPlan | undefined {
  const words = rolloutWords(loaded, intent);
  const steps = listOr(words.steps).map((step) => stepOf(objectOr(step), words));
  if (steps.length === 0) return undefined;
  const retireAfter = durationSeconds(words.retire);
  const hold = holdOf(words.hold);
  const sticky = stickyOf(words.sticky, intent);
  return {
    steps,
    ...(retireAfter === undefined ? {} : { retireAfter }),
    onFailure: words.onFailure === 'hold' ? 'hold' : 'rollback',
    newVersion: words.newVersion === 'replace' || words.newVersion === 'hold' ? words.newVersion : 'queue',
    ...(isList(words.back) ? { back: numbers(words.back) } : {}),
    ...(hold === undefined ? {} : { hold }),
    readiness: readinessOf(loaded, words),
    live: liveOf(words.live),
    ...(sticky === undefined ? {} : { sticky }),
  };
}

/** `rollout:` of an intent over that of its environment, key by key: JSON Merge Patch, as everywhere. */
export function rolloutWords({ environment }: Planned, { value }: Pick<Intent, 'value'>): JsonObject {
  const beneath = objectOr(environment.value.rollout);
  return isObject(value.rollout) ? mergePatch(beneath, value.rollout, () => false) : beneath;
}

function stepOf({ percent, mirror, soak, gates, approve }: JsonObject, plan: JsonObject): RolloutStep {
  return {
    percent: typeof percent === 'number' ? percent : 0,
    ...(typeof mirror === 'number' ? { mirror } : {}),
    soak: durationSeconds(soak ?? plan.soak) ?? 0,
    gates: listOr(gates ?? plan.gates).map(String),
    approve: approve === true,
  };
}

function holdOf(hold: Json | undefined): RolloutHold | undefined {
  if (typeof hold === 'string') return { reason: hold };
  return hold === true ? {} : undefined;
}

function readinessOf({ environment }: Planned, { assumeReady, ready }: JsonObject): Readiness {
  if (assumeReady === true) return { kind: 'assumed' };
  if (typeof ready === 'string') return { kind: 'evidence', gate: ready };
  return Object.hasOwn(objectOr(environment.value.gates), readyGate) ? { kind: 'evidence', gate: readyGate } : { kind: 'evidence' };
}

function liveOf(live: Json | undefined): LiveCheck {
  const { gate, status } = objectOr(live);
  if (typeof gate === 'string') return { kind: 'gate', gate };
  return typeof status === 'string' ? { kind: 'status', context: status } : { kind: 'merge' };
}

function stickyOf(sticky: Json | undefined, { name }: Intent): StickyPlan | undefined {
  if (!isObject(sticky)) return undefined;
  const { cookie, maxAge, mesh } = sticky;
  const age = durationSeconds(maxAge);
  return {
    cookie: typeof cookie === 'string' ? cookie : stickyCookie(name),
    ...(age === undefined ? {} : { maxAge: age }),
    mesh: mesh === true,
  };
}

/** The cookie of a service that names none. */
export function stickyCookie(service: string): string {
  return `${service}-version`;
}

function numbers(list: readonly Json[]): readonly number[] {
  return list.filter((item) => typeof item === 'number');
}

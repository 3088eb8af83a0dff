import type { Environment } from '../../model/environment.ts';
import { type Intent, type Layered, originOf } from '../../model/intent.ts';
import { type Json, type JsonObject, listOr, objectOr, stableJson } from '../../model/json.ts';
import { type Pointer, valueAt } from '../../model/pointer.ts';
import { rememberedFor } from '../../model/remembered-for.ts';
import { rolloutWords } from '../../model/rollout-plan.ts';
import type { Address } from '../../model/source.ts';
import type { IntentSubject } from '../subjects.ts';

/** A plan as it will be followed, of an intent that says some of it, or of the environment. */
export interface SaidPlan {
  /** As messages call it: 'the rollout of reviews'. */
  readonly title: string;
  readonly words: JsonObject;
  readonly steps: readonly JsonObject[];
  /** Where a word of it is written: '/steps/0'. */
  readonly at: (pointer: Pointer, part?: 'key') => Address | undefined;
  /** Undefined for the environment's own. */
  readonly intent?: Intent;
}

/** Every plan that is written somewhere, once; one that many services have from their defaults is one plan. A train always has one to follow. */
export const saidPlans: (subject: IntentSubject) => readonly SaidPlan[] = rememberedFor(({ environment, intents }) => {
  const plans = new Map<string, SaidPlan>();
  const own = objectOr(environment.value.rollout);
  const add = (plan: SaidPlan): void => {
    const places: Json = (['', '/steps', '/back', '/gates'] as const).map((word) => placeText(plan.at(word)));
    const key = stableJson([plan.words, places]);
    if (!plans.has(key)) plans.set(key, plan);
  };
  if (environment.value.rollout !== undefined)
    add({ title: 'the rollout of this environment', ...partsOf(own), at: placesIn([environment]) });
  for (const intent of intents) {
    if (intent.value.rollout === undefined && intent.kind !== 'train') continue;
    const words = rolloutWords({ environment }, intent);
    add({ title: `the rollout of ${intent.name}`, ...partsOf(words), at: placesIn([intent, environment]), intent });
  }
  return [...plans.values()];
});

function partsOf(words: JsonObject): Pick<SaidPlan, 'words' | 'steps'> {
  return { words, steps: listOr(words.steps).map(objectOr) };
}

/** Whoever says the word, of those that have a say; else whoever says most of what is around it. */
function placesIn(layered: readonly Layered[]): SaidPlan['at'] {
  return (pointer, part) => {
    const place = `/rollout${pointer}`;
    const says = (pointerSaid: Pointer) => layered.find(({ value }) => valueAt(value, pointerSaid) !== undefined);
    const saying = says(place) ?? says('/rollout') ?? layered[0];
    if (saying === undefined) return undefined;
    // Of a train that says nothing of it, its name.
    const isSaid = saying.value.rollout !== undefined || saying.value.train === undefined;
    return originOf(saying, isSaid ? place : '/train', part ?? 'value').at;
  };
}

function placeText(at: Address | undefined): string {
  return at === undefined ? '' : `${at.file} ${at.document} ${at.pointer}`;
}

/** Names of the environment's gates. */
export function gateNames(environment: Environment): readonly string[] {
  return Object.keys(objectOr(environment.value.gates));
}

/** The canary's share at a step. */
export function percentOf({ percent }: JsonObject): number {
  return typeof percent === 'number' ? percent : 0;
}

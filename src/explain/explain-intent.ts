import type { Environment } from '../model/environment.ts';
import { addressIn, type Intent, intentTitle, originOf } from '../model/intent.ts';
import { isList, isObject, type Json } from '../model/json.ts';
import { didYouMean } from '../model/names.ts';
import type { Origin } from '../model/origin.ts';
import { joinPointer, type Pointer, valueAt } from '../model/pointer.ts';

/** A merged intent, value by value, each with who said it. */
export interface IntentExplanation {
  readonly title: string;
  readonly environment: string;
  readonly entries: readonly ExplainedValue[];
}

export interface ExplainedValue {
  readonly pointer: Pointer;
  readonly value: Json;
  readonly origin: Origin;
  /** What stood here in the layers beneath, the nearest first. */
  readonly overridden: readonly Origin[];
}

/** 'reviews', 'service/reviews' or 'bookinfo/reviews' → the intents that this can mean. */
export function findIntents(intents: readonly Intent[], reference: string): readonly Intent[] {
  return intents.filter(({ kind, name, namespace }) => {
    const names = [name, `${kind}/${name}`, ...(namespace === undefined ? [] : [`${namespace}/${name}`, `${kind}/${namespace}/${name}`])];
    return names.includes(reference);
  });
}

export function nearIntents(intents: readonly Intent[], reference: string): readonly string[] {
  return didYouMean(
    reference,
    intents.flatMap(({ kind, name }) => [name, `${kind}/${name}`]),
  );
}

export function explainIntent(environment: Environment, intent: Intent): IntentExplanation {
  return {
    title: intentTitle(intent),
    environment: environment.name,
    entries: leaves(intent.value, '').map(([pointer, value]) => explained(intent, pointer, value)),
  };
}

function explained(intent: Intent, pointer: Pointer, value: Json): ExplainedValue {
  const saying = intent.layers.filter((layer) => valueAt(layer.value, pointer) !== undefined).toReversed();
  const beneath = saying.slice(1).map((layer): Origin => ({ kind: layer.kind, at: addressIn(layer, pointer) }));
  return { pointer, value, origin: originOf(intent, pointer), overridden: beneath };
}

/** Scalars and empty containers with their pointers, in written order. Lists of scalars are told as one value. */
function leaves(value: Json, pointer: Pointer): readonly (readonly [Pointer, Json])[] {
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, item]) => leaves(item, joinPointer(pointer, key)));
  if (isList(value) && value.some((item) => isObject(item) || isList(item)))
    return value.flatMap((item, index) => leaves(item, joinPointer(pointer, index)));
  return [[pointer, value]];
}

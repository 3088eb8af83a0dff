import { isObject, type Json, type JsonObject, listOr, objectOr, stableJson } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import type { RouteDecision, RoutedDestination } from '../model/routing.ts';
import { decisionWords, valueWords } from './decision-words.ts';

/**
 * Decisions that lead by the same names, in words that tell them apart: which pods or endpoints answer, by what policy, what happens on the
 * way, whether only the age of objects decides. What is the same in all of them is left out.
 */
export function wordsApart(decisions: readonly RouteDecision[]): (decision: RouteDecision) => string {
  const all = decisions.flatMap(({ destinations }) => destinations).filter(({ failure }) => failure === undefined);
  const labelsDiffer = all.some(({ endpoints }) => endpoints.labels !== undefined) && differ(decisions.map(labelSets));
  const policiesDiffer = differ(decisions.map((one) => [...new Set(policiesOf(one).map(stableJson))].sort()));
  const behind = differingKeys(all.map(behindOf));
  const way = differingKeys(decisions.map(({ onTheWay }) => onTheWay));
  const orderDiffers = differ(decisions.map(({ undefinedOrder = [] }) => undefinedOrder));
  const also = (destination: RoutedDestination): string => {
    const facts = picked(behindOf(destination), behind);
    const labels = labelsDiffer ? ` ${valueWords(labelsOf(destination))}` : '';
    return `${labels}${facts === undefined ? '' : ` at ${facts}`}`;
  };
  return (decision) => {
    const { undefinedOrder = [], onTheWay } = decision;
    const policies = policiesDiffer ? [...new Set(policiesOf(decision).map(valueWords))].map((policy) => ` by ${policy}`) : [];
    const onWay = picked(onTheWay, way);
    const order = orderDiffers && undefinedOrder.length > 0 ? `, as far as the older of ${listWords(undefinedOrder)} says so` : '';
    return `${decisionWords(decision, also)}${policies.join('')}${onWay === undefined ? '' : ` with ${onWay}`}${order}`;
  };
}

function differ(values: readonly Json[]): boolean {
  return new Set(values.map(stableJson)).size > 1;
}

function labelSets({ destinations }: RouteDecision): Json {
  return [...new Set(destinations.map((one) => stableJson(labelsOf(one))))].sort();
}

function labelsOf({ endpoints }: RoutedDestination): Json {
  return endpoints.labels ?? {};
}

function behindOf({ endpoints }: RoutedDestination): JsonObject {
  return objectOr(listOr(endpoints.behind)[0]);
}

function policiesOf({ destinations }: RouteDecision): readonly JsonObject[] {
  return destinations.flatMap(({ policy, failure }) => (failure === undefined ? [policy] : []));
}

function differingKeys(objects: readonly JsonObject[]): readonly string[] {
  const keys = [...new Set(objects.flatMap((one) => Object.keys(one)))];
  return keys.filter((key) => differ(objects.map((one) => one[key] ?? null)));
}

function picked(object: JsonObject, keys: readonly string[]): string | undefined {
  const own = Object.fromEntries(keys.flatMap((key) => (object[key] === undefined ? [] : [[key, object[key]] as const])));
  return isObject(own) && Object.keys(own).length > 0 ? valueWords(own) : undefined;
}

import { type Json, type JsonObject, listOr, objectOr } from '../../../model/json.ts';
import type { Pointer } from '../../../model/pointer.ts';

/** A map of an AuthorizationPolicy with its place in `spec`. */
export interface Part {
  readonly value: JsonObject;
  readonly pointer: Pointer;
}

/** A text of a list with its place in `spec`. */
export interface TextPart {
  readonly text: string;
  readonly pointer: Pointer;
}

/** A rule of an AuthorizationPolicy, and the maps inside that say what it holds for. */
export interface RulePart extends Part {
  /** '/rules/0/from/1/source' */
  readonly sources: readonly Part[];
  /** '/rules/0/to/1/operation' */
  readonly operations: readonly Part[];
  /** '/rules/0/when/1' */
  readonly conditions: readonly Part[];
}

export function rulesOf(spec: JsonObject): readonly RulePart[] {
  return partsOf(spec.rules, '/rules').map(({ value, pointer }) => ({
    value,
    pointer,
    sources: innerParts(value.from, `${pointer}/from`, 'source'),
    operations: innerParts(value.to, `${pointer}/to`, 'operation'),
    conditions: partsOf(value.when, `${pointer}/when`),
  }));
}

/** What a policy does: what is written, else Istio's default. */
export function actionOf({ action }: JsonObject): string {
  return typeof action === 'string' ? action : 'ALLOW';
}

/** The texts of some lists that are as asked, with their places. Nothing is made of the others: policies may hold many. */
export function textsThat({ value, pointer }: Part, keys: readonly string[], asked: (text: string) => boolean): readonly TextPart[] {
  const found: TextPart[] = [];
  for (const key of keys) {
    for (const [i, text] of listOr(value[key]).entries())
      if (typeof text === 'string' && asked(text)) found.push({ text, pointer: `${pointer}/${key}/${i}` });
  }
  return found;
}

/** Whether a list holds anything; Istio takes an empty one for none. */
export function says({ value }: Part, key: string): boolean {
  return listOr(value[key]).length > 0;
}

export function keyOf({ value }: Part): string {
  return typeof value.key === 'string' ? value.key : '';
}

function partsOf(list: Json | undefined, pointer: Pointer): readonly Part[] {
  return listOr(list).map((value, i) => ({ value: objectOr(value), pointer: `${pointer}/${i}` }));
}

function innerParts(list: Json | undefined, pointer: Pointer, key: string): readonly Part[] {
  return partsOf(list, pointer).map((outer) => ({ value: objectOr(outer.value[key]), pointer: `${outer.pointer}/${key}` }));
}

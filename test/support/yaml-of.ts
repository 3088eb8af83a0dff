import { stringify } from 'yaml';
import type { Json, JsonObject } from '../../src/model/json.ts';

/** A value as a YAML document that every reader takes for the same. */
export function yamlOf(value: Json): string {
  return stringify(value, { compat: 'yaml-1.1', aliasDuplicateObjects: false, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' });
}

/** The object with its first `named` keys' order turned by a seed: the first key, which names the kind, stays first. */
export function shuffledKeys(value: JsonObject, seed: number, named: readonly string[]): JsonObject {
  const [first, ...rest] = Object.entries(value);
  const movable = rest.filter(([key]) => named.includes(key));
  const turn = movable.length === 0 ? 0 : Math.abs(seed) % movable.length;
  const turned = [...movable.slice(turn), ...movable.slice(0, turn)];
  const fixed = rest.filter(([key]) => !named.includes(key));
  return Object.fromEntries([...(first === undefined ? [] : [first]), ...turned, ...fixed]);
}

import { type Alias, isAlias, isMap, isScalar, isSeq, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml';
import { diagnose } from '../model/diagnostic.ts';
import { isList, isObject, type Json, type JsonObject } from '../model/json.ts';
import { invariant } from '../model/result.ts';
import { checkCharacters } from './check-text.ts';
import { nestingLimit } from './check-tokens.ts';
import { otherReading, plainValue } from './plain-scalar.ts';
import { readKey } from './read-key.ts';
import { fault, findingLimit, type Ranged, type Reading, spanOf } from './reading.ts';
import {
  acyclicAliases,
  exactNumber,
  fewAliases,
  finiteNumber,
  keysWithinLimit,
  knownAnchor,
  nestingWithinLimit,
  noMergeKeys,
  scalarWithinLimit,
  unambiguousScalar,
  uniqueKeys,
} from './yaml-diagnostics.ts';

const keyLimit = 2_000;
/** Values that all aliases of one document may repeat together: 20 aliases of aliases could stand for millions. */
const repeatLimit = 10_000;

/**
 * The JSON value of a node, composed with scalars as text. Whatever JSON cannot hold, or YAML readers disagree on, becomes a finding
 * and `null` in its place. Nothing of the tree is kept.
 */
export function readValue(reading: Reading, node: unknown, depth: number): Json {
  if (isScalar(node)) return remember(reading, node.anchor, () => readScalar(reading, node));
  if (isMap(node)) return remember(reading, node.anchor, () => readMap(reading, node, depth));
  if (isSeq(node)) return remember(reading, node.anchor, () => readList(reading, node, depth));
  if (isAlias(node)) return readAlias(reading, node, depth);
  invariant(node === null || node === undefined, 'the tree holds only maps, lists, scalars and aliases');
  return null;
}

function remember(reading: Reading, anchor: string | undefined, read: () => Json): Json {
  if (anchor === undefined) return read();
  reading.anchors.set(anchor, undefined);
  const value = read();
  reading.anchors.set(anchor, { value });
  return value;
}

function readMap(reading: Reading, map: YAMLMap, depth: number): JsonObject {
  const count = map.items.length;
  if (count > keyLimit) {
    fault(reading, keysWithinLimit, { limit: keyLimit, count }, headOf(map));
    return {};
  }
  const value: Record<string, Json> = {};
  const merged = new Set<string>();
  for (const { key, value: item } of map.items) {
    if (reading.rules.merges && isMergeKey(key)) {
      mergeInto(reading, value, merged, key, readValue(reading, item, depth));
      continue;
    }
    const name = readKey(reading, key, item);
    if (name === undefined) continue;
    if (Object.hasOwn(value, name) && !merged.delete(name)) reportTwice(reading, map, name, key);
    value[name] = readValue(reading, item, depth + 1);
  }
  return value;
}

function isMergeKey(key: unknown): key is Scalar {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

/**
 * The maps of a merge key, earlier ones first: what is written behind it replaces what came of it. Of a key that stands before it
 * readers disagree (kubectl takes the merged value, kustomize the written one).
 */
function mergeInto(reading: Reading, value: Record<string, Json>, merged: Set<string>, key: Scalar, from: Json): void {
  for (const map of isList(from) ? from : [from]) {
    if (!isObject(map)) {
      fault(reading, noMergeKeys, {}, key);
      return;
    }
    for (const [name, item] of Object.entries(map)) {
      if (!Object.hasOwn(value, name)) {
        value[name] = item;
        merged.add(name);
      } else if (!merged.has(name)) fault(reading, noMergeKeys, {}, key);
    }
  }
}

function reportTwice(reading: Reading, map: YAMLMap, name: string, key: unknown): void {
  const first = map.items.find((pair) => isScalar(pair.key) && String(pair.key.source) === name);
  const related = isScalar(first?.key) ? [{ message: 'first written here', at: spanOf(reading, first.key) }] : [];
  const at = isScalar(key) ? spanOf(reading, key) : spanOf(reading, map);
  if (reading.findings.length < findingLimit) reading.findings.push(diagnose(uniqueKeys, { params: { key: name }, at, related }));
}

/** The first key of a map, for findings that would otherwise underline the whole of it. */
function headOf(map: YAMLMap): Ranged {
  const key = map.items[0]?.key;
  return isScalar(key) ? key : map;
}

function readList(reading: Reading, list: YAMLSeq, depth: number): Json {
  return list.items.map((item) => readValue(reading, item, depth + 1));
}

function readScalar(reading: Reading, scalar: Scalar): Json {
  const source = scalar.source ?? '';
  const { textLimit } = reading.rules;
  if (source.length > textLimit) {
    fault(reading, scalarWithinLimit, { limit: textLimit }, scalar);
    return null;
  }
  if (scalar.type === 'PLAIN') return readPlain(reading, scalar, source);
  // Elsewhere than in double quotes a value has no escapes, and the file's own characters have been checked.
  if (scalar.type === 'QUOTE_DOUBLE') {
    for (const finding of checkCharacters(source, 'value')) reading.findings.push({ ...finding, at: spanOf(reading, scalar) });
  }
  return source;
}

function readPlain(reading: Reading, scalar: Scalar, source: string): Json {
  const value = plainValue(source);
  if (value === undefined) {
    fault(reading, unambiguousScalar, { text: source, otherwise: otherReading(source) }, scalar);
    return null;
  }
  if (typeof value !== 'number') return value;
  if (!/[0-9]/.test(source)) fault(reading, finiteNumber, { text: source }, scalar);
  else if (Math.abs(value) > Number.MAX_SAFE_INTEGER) fault(reading, exactNumber, { text: source }, scalar);
  else return value;
  return null;
}

function readAlias(reading: Reading, alias: Alias, depth: number): Json {
  const name = alias.source;
  const anchored = reading.anchors.get(name);
  if (anchored === undefined) {
    fault(reading, reading.anchors.has(name) ? acyclicAliases : knownAnchor, { name }, alias);
    return null;
  }
  const { size, height } = extentOf(anchored.value);
  // Past the limit each further alias would only repeat the same finding.
  if (reading.repeated > repeatLimit) return null;
  reading.repeated += size;
  if (reading.repeated > repeatLimit) fault(reading, fewAliases, { limit: repeatLimit, counted: 'values' }, alias);
  else if (depth + height - 1 > nestingLimit) fault(reading, nestingWithinLimit, { limit: nestingLimit }, alias);
  else return anchored.value;
  return null;
}

/** Values in a value, itself included, and levels of maps and lists. */
function extentOf(value: Json): { readonly size: number; readonly height: number } {
  if (!isList(value) && !isObject(value)) return { size: 1, height: 0 };
  let size = 1;
  let height = 0;
  for (const item of isList(value) ? value : Object.values(value)) {
    const inner = extentOf(item);
    size += inner.size;
    height = Math.max(height, inner.height);
  }
  return { size, height: height + 1 };
}

import { isAlias, isMap, isScalar, isSeq, type Scalar } from 'yaml';
import { checkCharacters } from './check-text.ts';
import { otherReading, plainValue } from './plain-scalar.ts';
import { fault, type Ranged, type Reading, spanOf } from './reading.ts';
import { noMergeKeys, noPrototypeKeys, scalarWithinLimit, textKeys, unambiguousScalar } from './yaml-diagnostics.ts';

/** UTF-16 code units: what YAML 1.2.2 (§7.4.2) allows an implicit key. */
const keyLengthLimit = 1_024;

/**
 * The text of a key, or undefined where it is refused. A plain whole number counts as its own text, because `ports` are keyed by it
 * (design/intents.md); no reader writes such a number in another way.
 */
export function readKey(reading: Reading, key: unknown, value: unknown): string | undefined {
  if (!isScalar(key)) {
    fault(reading, textKeys, { found: kindOf(key) }, rangeOf(key) ?? rangeOf(value) ?? {});
    return undefined;
  }
  const text = key.type === 'PLAIN' ? readPlainKey(reading, key) : (key.source ?? '');
  if (text === undefined) return undefined;
  if (text === '<<') fault(reading, noMergeKeys, {}, key);
  else if (text === '__proto__' || text === 'constructor' || text === 'prototype') fault(reading, noPrototypeKeys, { key: text }, key);
  else if (text.length > keyLengthLimit) fault(reading, scalarWithinLimit, { limit: keyLengthLimit }, key);
  else return checkKeyCharacters(reading, key, text);
  return undefined;
}

function readPlainKey(reading: Reading, key: Scalar): string | undefined {
  const source = key.source ?? '';
  const value = plainValue(source);
  if (typeof value === 'string') return value;
  if (value === undefined) fault(reading, unambiguousScalar, { text: source, otherwise: otherReading(source) }, key);
  else if (/^(?:0|[1-9][0-9]{0,14})$/.test(source)) return source;
  else fault(reading, textKeys, { found: source === '' ? 'empty' : value === null ? 'null' : `a ${typeof value}` }, key);
  return undefined;
}

function checkKeyCharacters(reading: Reading, key: Scalar, text: string): string | undefined {
  // The file's own characters have been checked; only escapes and folded lines bring others.
  if (key.type === 'PLAIN') return text;
  const findings = checkCharacters(text, 'key');
  for (const finding of findings) reading.findings.push({ ...finding, at: spanOf(reading, key) });
  return findings.length === 0 ? text : undefined;
}

function kindOf(key: unknown): string {
  if (isMap(key)) return 'a map';
  if (isSeq(key)) return 'a list';
  return isAlias(key) ? 'an alias' : 'missing';
}

function rangeOf(node: unknown): Ranged | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node : undefined;
}

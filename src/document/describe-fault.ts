import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { isList, isObject, type Json } from '../model/json.ts';
import { didYouMean } from '../model/names.ts';
import { joinPointer, type Pointer, pointerSegments } from '../model/pointer.ts';
import type { Place } from '../model/source.ts';
import { codePointName } from './check-text.ts';
import { excerpt } from './excerpt.ts';
import { typeOf } from './explain-scalar.ts';
import type { Fault, TypeFault } from './fault.ts';
import * as schemaDiagnostics from './schema-diagnostics.ts';

/** Where a pointer of the validated value stands in a file; 'key' asks for the key that leads there. */
export type Addressing = (pointer: Pointer, part?: 'key' | 'value') => Place | undefined;

/** The finding for a fault, at the words that cause it. */
export function describeFault(fault: Fault, at: Addressing): Diagnostic {
  const within = mapName(fault.pointer);
  const what = valueName(fault.pointer);
  switch (fault.kind) {
    case 'unknown-key':
      return diagnose(schemaDiagnostics.knownKey, {
        params: { ...fault, within },
        at: keyPlace(fault.pointer, fault.key, at),
        hints: keyHints(fault),
      });
    case 'missing':
      return diagnose(schemaDiagnostics.requiredKey, { params: { keys: fault.keys, within }, at: at(fault.pointer, 'key') });
    case 'one-of':
      return diagnose(schemaDiagnostics.oneOfKeys, { params: { keys: fault.keys, within }, at: at(fault.pointer, 'key') });
    case 'exclusive':
      return describeExclusive(fault.pointer, fault.keys, at);
    case 'not-here':
      return diagnose(schemaDiagnostics.wordAllowedHere, {
        params: { key: fault.key, within },
        at: keyPlace(fault.pointer, fault.key, at),
      });
    case 'key-form':
      return diagnose(schemaDiagnostics.keyOfForm, { params: { ...fault, within }, at: keyPlace(fault.pointer, fault.key, at) });
    case 'type':
      return describeType(what, fault, at(fault.pointer));
    case 'allowed':
      return describeAllowed(what, fault.value, fault.allowed, at(fault.pointer));
    case 'form':
      return diagnose(schemaDiagnostics.valueOfForm, {
        params: { ...fault, what },
        at: at(fault.pointer),
        hints: formHints(fault.value, fault.expected),
      });
    case 'range':
      return diagnose(schemaDiagnostics.valueWithinRange, { params: { ...fault, what }, at: at(fault.pointer) });
    case 'length':
      return diagnose(schemaDiagnostics.lengthWithinLimit, { params: { ...fault, what }, at: at(fault.pointer) });
    case 'repeated':
      return diagnose(schemaDiagnostics.uniqueItems, { params: { what, first: fault.first }, at: at(fault.pointer) });
    case 'other':
      return diagnose(schemaDiagnostics.valueFitsSchema, { params: { what, problem: fault.problem }, at: at(fault.pointer) });
  }
}

function keyPlace(pointer: Pointer, key: string, at: Addressing): Place | undefined {
  return at(joinPointer(pointer, key), 'key');
}

function keyHints({ key, known, home }: Extract<Fault, { kind: 'unknown-key' }>): readonly string[] {
  const foreign = /[^\x20-\x7e]/u.exec(key)?.[0];
  const near = didYouMean(key, known);
  const hints = near.length === 0 && home !== undefined ? [`\`${excerpt(key)}\` is a key of \`${home}\``] : near;
  return foreign === undefined ? hints : [...hints, `it contains ${codePointName(foreign)}, which is no ASCII letter`];
}

function describeExclusive(pointer: Pointer, keys: readonly string[], at: Addressing): Diagnostic {
  const [first = '', ...others] = keys;
  const last = others.at(-1) ?? first;
  const related = keys.flatMap((key) => {
    const place = key === last ? undefined : keyPlace(pointer, key, at);
    return place === undefined ? [] : [{ message: `\`${excerpt(key)}\` is written here`, at: place }];
  });
  return diagnose(schemaDiagnostics.exclusiveKeys, {
    params: { keys, within: mapName(pointer) },
    at: keyPlace(pointer, last, at),
    related,
  });
}

const typeWords: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

function describeType(what: string, { value, expected, form }: TypeFault, at: Place | undefined): Diagnostic {
  // Where a null may stand the word may as well be left out, so nobody is told to write it.
  const meant = expected.filter(
    (type) => !(type === 'null' && expected.length > 1) && !(type === 'integer' && expected.includes('number')),
  );
  const words = meant.map((type) => (type === 'string' ? form : undefined) ?? typeWords[type] ?? type);
  return diagnose(schemaDiagnostics.valueOfType, {
    params: { what, expected: words, found: foundWords(value) },
    at,
    hints: typeHints(value, meant, form),
  });
}

function foundWords(value: Json): string {
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'boolean' ? String(value) : (typeWords[typeOf(value)] ?? 'something else');
}

function typeHints(value: Json, expected: readonly string[], form: string | undefined): readonly string[] {
  if (value === null) return ['leave the key out, or give it a value'];
  const unit = form === undefined || typeof value !== 'number' ? [] : formHints(String(value), [form]);
  if (unit.length > 0) return unit;
  if (expected.includes('string') && (typeof value === 'number' || typeof value === 'boolean')) return ['put the value in quotes'];
  if (typeof value === 'string' && /^-?[0-9]+(?:\.[0-9]+)?$/.test(value) && (expected.includes('number') || expected.includes('integer'))) {
    return ['write the number without quotes'];
  }
  return expected.includes('array') && !isList(value) ? ['write a list, even of one item: put `- ` before it'] : [];
}

function describeAllowed(what: string, value: Json, allowed: readonly Json[], at: Place | undefined): Diagnostic {
  const words = allowed.filter((item) => item !== null || allowed.length === 1).map(wordOf);
  const hints = typeof value === 'string' ? didYouMean(value, words) : [];
  return diagnose(schemaDiagnostics.allowedValue, { params: { what, value: wordOf(value), allowed: words }, at, hints });
}

function formHints(value: string, expected: readonly string[]): readonly string[] {
  const wantsUnit = expected.some((words) => words.startsWith('a duration')) && /^[0-9]+(?:\.[0-9]+)?$/.test(value);
  return wantsUnit ? [`write the unit as well: \`${value}s\``] : [];
}

function wordOf(value: Json): string {
  if (typeof value === 'string') return value;
  return isObject(value) || isList(value) ? JSON.stringify(value) : String(value);
}

function mapName(pointer: Pointer): string {
  return pointer === '' ? 'this map' : `\`${path(pointer)}\``;
}

function valueName(pointer: Pointer): string {
  return pointer === '' ? 'the value' : `\`${path(pointer)}\``;
}

/** '/pins/0/version' → 'pins[0].version', as people write paths into YAML. */
function path(pointer: Pointer): string {
  const written = pointerSegments(pointer).reduce((text, segment) => {
    if (/^[0-9]+$/.test(segment)) return `${text}[${segment}]`;
    return text === '' ? segment : `${text}.${segment}`;
  }, '');
  return excerpt(written, 100);
}

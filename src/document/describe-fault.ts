import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { isList, isObject, type Json } from '../model/json.ts';
import { didYouMean } from '../model/names.ts';
import { joinPointer, type Pointer, parentPointer, pointerSegments } from '../model/pointer.ts';
import type { Place } from '../model/source.ts';
import { exampleHints, formHints, keyHints, typeHints } from './describe-hints.ts';
import { excerpt } from './excerpt.ts';
import { typeOf } from './explain-scalar.ts';
import type { Fault, TypeFault } from './fault.ts';
import * as schemaDiagnostics from './schema-diagnostics.ts';

/** Where a pointer of the validated value stands in a file; 'key' asks for the key that leads there. */
export type Addressing = (pointer: Pointer, part?: 'key' | 'value') => Place | undefined;

/** The pointer by which people know a place of the validated value. */
export type Written = (pointer: Pointer) => Pointer;

/** The finding for a fault, at the words that cause it. `root` is what people call the whole value: 'this service'. */
export function describeFault(fault: Fault, root: string, at: Addressing, written: Written): Diagnostic {
  const what = valueName(written(fault.pointer), root);
  switch (fault.kind) {
    case 'unknown-key':
      return diagnose(schemaDiagnostics.knownKey, {
        params: { ...fault, within: what },
        at: keyPlace(fault.pointer, fault.key, at),
        hints: keyHints(fault),
      });
    case 'missing':
      return diagnose(schemaDiagnostics.requiredKey, { params: { keys: fault.keys, within: what }, at: at(fault.pointer, 'key') });
    case 'one-of':
      return diagnose(schemaDiagnostics.oneOfKeys, {
        params: { keys: fault.keys, within: what },
        at: at(fault.pointer, 'key'),
        hints: exampleHints(fault.pointer, fault.example),
      });
    case 'exclusive':
      return describeExclusive(fault.pointer, fault.keys, what, at);
    case 'not-here':
      return diagnose(schemaDiagnostics.wordAllowedHere, {
        params: { key: fault.key, within: what },
        at: keyPlace(fault.pointer, fault.key, at),
      });
    case 'key-form':
      return diagnose(schemaDiagnostics.keyOfForm, { params: { ...fault, within: what }, at: keyPlace(fault.pointer, fault.key, at) });
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
      return diagnose(schemaDiagnostics.uniqueItems, {
        params: { what, first: valueName(written(joinPointer(parentPointer(fault.pointer), fault.first)), root) },
        at: at(fault.pointer),
      });
    case 'other':
      return diagnose(schemaDiagnostics.valueFitsSchema, { params: { what, problem: fault.problem }, at: at(fault.pointer) });
  }
}

function keyPlace(pointer: Pointer, key: string, at: Addressing): Place | undefined {
  return at(joinPointer(pointer, key), 'key');
}

function describeExclusive(pointer: Pointer, keys: readonly string[], within: string, at: Addressing): Diagnostic {
  const [first = '', ...others] = keys;
  const last = others.at(-1) ?? first;
  const related = keys.flatMap((key) => {
    const place = key === last ? undefined : keyPlace(pointer, key, at);
    return place === undefined ? [] : [{ message: `\`${excerpt(key)}\` is written here`, at: place }];
  });
  return diagnose(schemaDiagnostics.exclusiveKeys, {
    params: { keys, within },
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

function describeType(what: string, fault: TypeFault, at: Place | undefined): Diagnostic {
  const { value, expected, form } = fault;
  // Where a null may stand the word may as well be left out, so nobody is told to write it.
  const meant = expected.filter(
    (type) => !(type === 'null' && expected.length > 1) && !(type === 'integer' && expected.includes('number')),
  );
  const words = meant.map((type) => (type === 'string' ? form : undefined) ?? typeWords[type] ?? type);
  return diagnose(schemaDiagnostics.valueOfType, {
    params: { what, expected: words, found: foundWords(value) },
    at,
    hints: typeHints(fault, meant),
  });
}

function foundWords(value: Json): string {
  if (typeof value === 'number') return `the number ${value}`;
  return typeof value === 'boolean' ? String(value) : (typeWords[typeOf(value)] ?? 'something else');
}

function describeAllowed(what: string, value: Json, allowed: readonly Json[], at: Place | undefined): Diagnostic {
  const words = allowed.filter((item) => item !== null || allowed.length === 1).map(wordOf);
  const hints = typeof value === 'string' ? didYouMean(value, words) : [];
  return diagnose(schemaDiagnostics.allowedValue, { params: { what, value: wordOf(value), allowed: words }, at, hints });
}

function wordOf(value: Json): string {
  if (typeof value === 'string') return value;
  return isObject(value) || isList(value) ? JSON.stringify(value) : String(value);
}

function valueName(pointer: Pointer, root: string): string {
  return pointer === '' ? root : `\`${path(pointer)}\``;
}

/** '/pins/0/version' → 'pins[0].version', as people write paths into YAML. */
function path(pointer: Pointer): string {
  const written = pointerSegments(pointer).reduce((text, segment) => {
    if (/^[0-9]+$/.test(segment)) return `${text}[${segment}]`;
    return text === '' ? segment : `${text}.${segment}`;
  }, '');
  return excerpt(written, 100);
}

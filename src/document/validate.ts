import type { Diagnostic } from '../model/diagnostic.ts';
import type { Json } from '../model/json.ts';
import { didYouMean } from '../model/names.ts';
import { isWithin, type Pointer } from '../model/pointer.ts';
import { invariant } from '../model/result.ts';
import { type Addressing, describeFault, type Written } from './describe-fault.ts';
import { explain } from './explain.ts';
import type { PatternMatcher } from './explanation.ts';
import type { Fault } from './fault.ts';
import type { SchemaSource } from './schema.ts';

/** A schema compiled by ajv at build time (`src/generated/validators.js`): the verdict by call, the schemas' texts for explanations. */
export interface SchemaValidator {
  (value: Json): boolean;
  /** `$id` of the schema. */
  readonly id: string;
  readonly schemas: SchemaSource;
  /** How its patterns are matched; as JavaScript's where not given. */
  readonly matches?: PatternMatcher;
}

/**
 * What is wrong with a value by its schema, one finding for each mistake; empty where it fits.
 * `written` gives the pointer of the words that somebody wrote, where the value spells them otherwise.
 * A value that fits costs one call of the compiled schema; only the others are explained.
 */
export function validate(validator: SchemaValidator, value: Json, at: Addressing, written: Written = asIs): readonly Diagnostic[] {
  if (validator(value)) return [];
  const schema = validator.schemas(validator.id);
  invariant(schema !== undefined, `the schema ${validator.id} is among its own schemas`);
  const faults = explain({ value: schema, base: validator.id }, value, validator.schemas, validator.matches);
  return distinct(faults.length === 0 ? [unexplained] : faults).map((fault) => describeFault(fault, rootName(schema.title), at, written));
}

function asIs(pointer: Pointer): Pointer {
  return pointer;
}

/** What a schema's title calls a value of it: 'this service', 'this environment', 'this VirtualService'. */
function rootName(title: Json | undefined): string {
  const [, word] = /^([A-Za-z]+)(?: intent)?$/.exec(typeof title === 'string' ? title : '') ?? [];
  if (word === undefined) return 'this document';
  return `this ${/[a-z][A-Z]/.test(word) ? word : word.toLowerCase()}`;
}

// Never reached while `explain` knows every keyword of our schemas, which a test asserts; a refusal is not swallowed in any case.
const unexplained: Fault = { kind: 'other', pointer: '', problem: 'the compiled schema refuses it' };

/** One fault for each mistake and place. */
function distinct(faults: readonly Fault[]): readonly Fault[] {
  const kept = new Map<string, Fault>();
  for (const fault of withoutMisspelt(faults)) {
    if (fault.kind === 'other' && faults.some((other) => other !== fault && isWithin(other.pointer, fault.pointer))) continue;
    const place = placeOf(fault);
    const before = kept.get(place);
    kept.set(place, before === undefined ? fault : joined(before, fault));
  }
  return [...kept.values()];
}

function placeOf(fault: Fault): string {
  switch (fault.kind) {
    case 'unknown-key':
    case 'not-here':
    case 'key-form':
      return JSON.stringify([fault.pointer, 'key', fault.key]);
    case 'missing':
    case 'one-of':
    case 'exclusive':
      return JSON.stringify([fault.pointer, fault.kind]);
    default:
      return JSON.stringify([fault.pointer]);
  }
}

/** The first fault of a place stands for it; key lists of one kind are put together. */
function joined(first: Fault, second: Fault): Fault {
  const together = (first.kind === 'missing' && second.kind === 'missing') || (first.kind === 'exclusive' && second.kind === 'exclusive');
  return together ? { ...first, keys: [...new Set([...first.keys, ...second.keys])] } : first;
}

/** A misspelt key is one mistake, though it also leaves the key that was meant missing. */
function withoutMisspelt(faults: readonly Fault[]): readonly Fault[] {
  return faults.flatMap((fault): readonly Fault[] => {
    if (fault.kind !== 'missing' && fault.kind !== 'one-of') return [fault];
    const misspelt = faults.flatMap((other) => (other.kind === 'unknown-key' && other.pointer === fault.pointer ? [other.key] : []));
    const isMeant = (key: string) => misspelt.some((word) => didYouMean(word, [key]).length > 0);
    if (fault.kind === 'one-of') return fault.keys.some(isMeant) ? [] : [fault];
    const keys = fault.keys.filter((key) => !isMeant(key));
    return keys.length === 0 ? [] : [{ ...fault, keys }];
  });
}

import { defineDiagnostic } from '../model/diagnostic.ts';
import { listWords } from '../model/names.ts';
import { excerpt } from './excerpt.ts';

/** Known words that a message lists before it gives up. */
const listed = 12;

function quoted(words: readonly string[], conjunction: string): string {
  const shown = words.slice(0, listed).map((word) => `\`${excerpt(word)}\``);
  return listWords(words.length > listed ? [...shown, `${words.length - listed} more`] : shown, conjunction);
}

export const knownKey = defineDiagnostic<{ key: string; within: string; known: readonly string[] }>({
  code: 'MS1040',
  name: 'known-key',
  severity: 'error',
  summary: ({ key, within, known }) =>
    `${within} has no key \`${excerpt(key)}\`${known.length === 0 || known.length > listed ? '' : `; it has ${quoted(known, 'and')}`}`,
  why: 'A key that nobody reads would be ignored, and what it was meant to do would silently not happen.',
  fix: 'Correct the spelling and the indentation, or delete the key.',
  since: '0.1.0',
});

export const requiredKey = defineDiagnostic<{ keys: readonly string[]; within: string }>({
  code: 'MS1041',
  name: 'required-key',
  severity: 'error',
  summary: ({ keys, within }) => `${within} lacks ${quoted(keys, 'and')}`,
  why: 'Without it the text does not say enough to write a manifest.',
  fix: 'Add what is missing.',
  since: '0.1.0',
});

export const valueOfType = defineDiagnostic<{ what: string; expected: readonly string[]; found: string }>({
  code: 'MS1042',
  name: 'value-of-type',
  severity: 'error',
  summary: ({ what, expected, found }) => `${what} must be ${listWords(expected, 'or')}, but it is ${found}`,
  why: 'A value of another type is never converted: a guess could change where traffic goes.',
  fix: 'Write a value of the expected type; `mainsheet schema` gives editors the types of all words.',
  since: '0.1.0',
});

export const allowedValue = defineDiagnostic<{ what: string; value: string; allowed: readonly string[] }>({
  code: 'MS1043',
  name: 'allowed-value',
  severity: 'error',
  summary: ({ what, value, allowed }) => `${what} must be ${quoted(allowed, 'or')}, not \`${excerpt(value)}\``,
  why: 'Istio would reject any other value, or fall back to a default without a word.',
  fix: 'Write one of the allowed values, in this spelling.',
  since: '0.1.0',
});

export const valueWithinRange = defineDiagnostic<{ what: string; value: number; range: string }>({
  code: 'MS1044',
  name: 'value-within-range',
  severity: 'error',
  summary: ({ what, value, range }) => `${what} must be ${range}, not ${value}`,
  why: 'Istio rejects a number outside the range that its field has.',
  fix: 'Write a number within the range.',
  since: '0.1.0',
});

export const valueOfForm = defineDiagnostic<{ what: string; value: string; expected: readonly string[] }>({
  code: 'MS1045',
  name: 'value-of-form',
  severity: 'error',
  summary: ({ what, value, expected }) => `${what} must be ${listWords(expected, 'or')}, not \`${excerpt(value)}\``,
  why: 'Kubernetes or Istio rejects text of another form, for some fields only when it is too late.',
  fix: 'Write the value in the form that the message names.',
  since: '0.1.0',
});

export const exclusiveKeys = defineDiagnostic<{ keys: readonly string[]; within: string }>({
  code: 'MS1046',
  name: 'exclusive-keys',
  severity: 'error',
  summary: ({ keys, within }) => `${quoted(keys, 'and')} exclude each other; ${within} has ${keys.length === 2 ? 'both' : 'all of them'}`,
  why: 'They decide the same thing, so only one of them could hold.',
  fix: 'Keep the one that is meant and delete the rest.',
  since: '0.1.0',
});

export const oneOfKeys = defineDiagnostic<{ keys: readonly string[]; within: string }>({
  code: 'MS1047',
  name: 'one-of-keys',
  severity: 'error',
  summary: ({ keys, within }) => `${within} needs one of ${quoted(keys, 'or')}`,
  why: 'Each of them says in its own way what is needed here; without any of them nothing is said.',
  fix: 'Add exactly one of the keys.',
  since: '0.1.0',
});

export const lengthWithinLimit = defineDiagnostic<{ what: string; limit: string; found: number }>({
  code: 'MS1048',
  name: 'length-within-limit',
  severity: 'error',
  summary: ({ what, limit, found }) => `${what} must have ${limit}, but it has ${found === 0 ? 'none' : found}`,
  why: 'Kubernetes or Istio rejects what is longer or shorter than its field allows.',
  fix: 'Shorten it, or add what is missing.',
  since: '0.1.0',
});

export const uniqueItems = defineDiagnostic<{ what: string; first: string }>({
  code: 'MS1049',
  name: 'unique-items',
  severity: 'error',
  summary: ({ what, first }) => `${what} repeats ${first}`,
  why: 'Naming the same thing twice has no meaning here; usually one of the two was to be something else.',
  fix: 'Delete the repeated item, or correct it.',
  since: '0.1.0',
});

export const keyOfForm = defineDiagnostic<{ key: string; within: string; expected: string }>({
  code: 'MS1050',
  name: 'key-of-form',
  severity: 'error',
  summary: ({ key, within, expected }) => `a key of ${within} must be ${expected}, not \`${excerpt(key)}\``,
  why: 'The key becomes a name in a manifest, where Kubernetes or Istio would reject it.',
  fix: 'Write the key in the form that the message names. Where the pods of a version carry another text, keep that under its `labels:`.',
  since: '0.1.0',
});

export const wordAllowedHere = defineDiagnostic<{ key: string; within: string }>({
  code: 'MS1051',
  name: 'word-allowed-here',
  severity: 'error',
  summary: ({ key, within }) => `\`${excerpt(key)}\` cannot stand in ${within} beside what else is written there`,
  why: 'The other words leave it without a meaning, so it would be ignored or contradict them.',
  fix: 'Delete the word, or what excludes it.',
  since: '0.1.0',
});

export const valueFitsSchema = defineDiagnostic<{ what: string; problem: string }>({
  code: 'MS1052',
  name: 'value-fits-schema',
  severity: 'error',
  summary: ({ what, problem }) => `${what} does not fit its schema: ${problem}`,
  why: 'The schema describes all that the word can say; anything else would be ignored or rejected by Istio.',
  fix: 'Compare the value with the schema: `mainsheet schema` prints it, with examples.',
  since: '0.1.0',
});

import { defineDiagnostic } from '../model/diagnostic.ts';
import { excerpt } from './excerpt.ts';

export const yamlSyntax = defineDiagnostic<{ problem: string }>({
  code: 'MS1001',
  name: 'yaml-syntax',
  severity: 'error',
  summary: ({ problem }) => `this is not valid YAML: ${problem}`,
  why: 'A file that cannot be read says nothing, and guessing at its meaning could send traffic anywhere.',
  fix: 'Correct the text at this place; an unclosed quote or bracket further up is often the cause.',
  since: '0.1.0',
});

export const uniqueKeys = defineDiagnostic<{ key: string }>({
  code: 'MS1002',
  name: 'unique-keys',
  severity: 'error',
  summary: ({ key }) => `the key \`${excerpt(key)}\` is written twice in one map`,
  why: 'Readers of YAML keep either the first or the last value, so one of the two lines would be ignored silently.',
  fix: 'Delete one of the two, or join their values.',
  since: '0.1.0',
});

export const fewAliases = defineDiagnostic<{ limit: number; counted: 'aliases' | 'values' }>({
  code: 'MS1003',
  name: 'few-aliases',
  severity: 'error',
  summary: ({ limit, counted }) =>
    counted === 'aliases' ? `the file uses more than ${limit} aliases (\`*name\`)` : `its aliases repeat more than ${limit} values`,
  why: 'Aliases multiply: a few lines of them can stand for billions of values, which no one could review or hold in memory.',
  fix: 'Write the values out; intents share them under `defaults:` of their environment.',
  since: '0.1.0',
});

export const acyclicAliases = defineDiagnostic<{ name: string }>({
  code: 'MS1004',
  name: 'acyclic-aliases',
  severity: 'error',
  summary: ({ name }) => `the alias \`*${excerpt(name)}\` stands inside the value that it repeats`,
  why: 'The value would contain itself and never end.',
  fix: 'Write out what is meant instead of the alias.',
  since: '0.1.0',
});

export const knownAnchor = defineDiagnostic<{ name: string }>({
  code: 'MS1005',
  name: 'known-anchor',
  severity: 'error',
  summary: ({ name }) => `the alias \`*${excerpt(name)}\` repeats nothing: no \`&${excerpt(name)}\` stands before it in this document`,
  why: 'An alias repeats an earlier value of the same document; documents separated by `---` share none.',
  fix: 'Correct the name. A value that starts with `*`, such as a wildcard host, needs quotes: `"*.example.com"`.',
  since: '0.1.0',
});

export const uniqueAnchors = defineDiagnostic<{ name: string }>({
  code: 'MS1006',
  name: 'unique-anchors',
  severity: 'error',
  summary: ({ name }) => `the anchor \`&${excerpt(name)}\` is given twice in one document`,
  why: 'An alias would mean one value above the second anchor and another below it.',
  fix: 'Give the second anchor another name.',
  since: '0.1.0',
});

export const nestingWithinLimit = defineDiagnostic<{ limit: number }>({
  code: 'MS1007',
  name: 'nesting-within-limit',
  severity: 'error',
  summary: ({ limit }) => `maps and lists are nested more than ${limit} levels deep`,
  why: 'No intent and no Istio object is nested that deep; such a text only serves to exhaust its reader.',
  fix: 'Flatten the value; check for brackets that were never meant.',
  since: '0.1.0',
});

export const noTags = defineDiagnostic<{ tag: string }>({
  code: 'MS1008',
  name: 'no-tags',
  severity: 'error',
  summary: ({ tag }) => `the YAML tag \`${excerpt(tag)}\` is not allowed`,
  why: 'Tags ask the reader to build types that JSON and Kubernetes do not have, and readers differ in what they build.',
  fix: 'Delete the tag; put text in quotes. A value that starts with `!` needs quotes as well.',
  since: '0.1.0',
});

export const noDirectives = defineDiagnostic<{ directive: string }>({
  code: 'MS1009',
  name: 'no-directives',
  severity: 'error',
  summary: ({ directive }) => `the YAML directive \`${excerpt(directive)}\` is not allowed`,
  why: 'A directive changes how all that follows is read: under `%YAML 1.1`, `yes` is true and `017` is 15.',
  fix: 'Delete the line, and write true, false and decimal numbers where the text relied on it: what is checked is read as YAML 1.2.',
  since: '0.1.0',
});

export const noMergeKeys = defineDiagnostic<Record<string, never>>({
  code: 'MS1010',
  name: 'no-merge-keys',
  severity: 'error',
  summary: () => 'the merge key `<<` is not allowed',
  why: 'YAML 1.1 merges a map here and YAML 1.2 sees an ordinary key named `<<`, so the file would mean two things.',
  fix: 'Write the keys out; intents share them under `defaults:` of their environment, or in one that it extends. In a manifest `<<` may hold maps, and stands before the keys that replace theirs.',
  since: '0.1.0',
});

export const noPrototypeKeys = defineDiagnostic<{ key: string }>({
  code: 'MS1011',
  name: 'no-prototype-keys',
  severity: 'error',
  summary: ({ key }) => `the key \`${key}\` is not allowed`,
  why: 'Programs written in JavaScript, editors and dashboards among them, can be made to misbehave by a key of this name.',
  fix: 'Choose another name.',
  since: '0.1.0',
});

export const textKeys = defineDiagnostic<{ found: string }>({
  code: 'MS1012',
  name: 'text-keys',
  severity: 'error',
  summary: ({ found }) => `a key must be text, but this one is ${found}`,
  why: 'JSON and Kubernetes know text keys only; readers turn anything else into text each in its own way.',
  fix: 'Put the key in quotes if the text is meant. Plain whole numbers, such as ports, need none.',
  since: '0.1.0',
});

export const unambiguousScalar = defineDiagnostic<{ text: string; otherwise: string }>({
  code: 'MS1013',
  name: 'unambiguous-scalar',
  severity: 'error',
  summary: ({ text, otherwise }) => `\`${excerpt(text)}\` is ambiguous: some readers of YAML take it for ${otherwise}`,
  why: 'YAML 1.1, which Kubernetes and most command-line tools read, and YAML 1.2 see different values in these characters.',
  fix: 'Put it in quotes if text is meant; otherwise write true or false, or the number in plain decimal digits.',
  since: '0.1.0',
});

export const exactNumber = defineDiagnostic<{ text: string }>({
  code: 'MS1014',
  name: 'exact-number',
  severity: 'error',
  summary: ({ text }) => `the number ${excerpt(text)} is too large to be kept exactly`,
  why: 'JSON numbers are exact up to 2^53 (9007199254740992); beyond it the mesh would see another number than this one.',
  fix: 'Put it in quotes if it is an identifier; otherwise write a smaller number.',
  since: '0.1.0',
});

export const finiteNumber = defineDiagnostic<{ text: string }>({
  code: 'MS1015',
  name: 'finite-number',
  severity: 'error',
  summary: ({ text }) => `\`${excerpt(text)}\` is not a finite number`,
  why: 'JSON, and therefore Kubernetes, has no infinity and no "not a number".',
  fix: 'Write a number, or put it in quotes if text is meant.',
  since: '0.1.0',
});

export const noTabIndentation = defineDiagnostic<Record<string, never>>({
  code: 'MS1018',
  name: 'no-tab-indentation',
  severity: 'error',
  summary: () => 'a tab is used for indentation',
  why: 'YAML counts spaces; how wide a tab is differs between editors, so nobody could say what belongs to what.',
  fix: 'Indent with spaces.',
  since: '0.1.0',
});

export const scalarWithinLimit = defineDiagnostic<{ limit: number }>({
  code: 'MS1022',
  name: 'scalar-within-limit',
  severity: 'error',
  summary: ({ limit }) => `a single text has more than ${limit} characters`,
  why: 'No field of an intent or an Istio object is that long, and no reviewer reads it.',
  fix: 'Shorten the text.',
  since: '0.1.0',
});

export const keysWithinLimit = defineDiagnostic<{ limit: number; count: number }>({
  code: 'MS1023',
  name: 'keys-within-limit',
  severity: 'error',
  summary: ({ limit, count }) => `a map has ${count} keys; at most ${limit} are read`,
  why: 'No intent and no Istio object has that many; such a text only serves to exhaust its reader.',
  fix: 'Split the map over several documents.',
  since: '0.1.0',
});

export const documentIsMap = defineDiagnostic<{ found: string }>({
  code: 'MS1025',
  name: 'document-is-a-map',
  severity: 'error',
  summary: ({ found }) => `a document must be a map of keys and values, but this one is ${found}`,
  why: 'The first key of a document names what it is: `service: reviews`, `environment: prod`, `apiVersion: …`.',
  fix: 'Start the document with its kind. Several intents in one file are separated by lines of `---`, not listed with `-`.',
  since: '0.1.0',
});

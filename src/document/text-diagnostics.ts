import { defineDiagnostic } from '../model/diagnostic.ts';

export const byteOrderMarkFirst = defineDiagnostic<Record<string, never>>({
  code: 'MS1016',
  name: 'byte-order-mark-first',
  severity: 'error',
  summary: () => 'a byte order mark (U+FEFF) stands in the middle of the file',
  why: 'It is invisible, and only at the very start of a file do YAML readers drop it; elsewhere it becomes part of a key or value.',
  fix: 'Delete the invisible character; files joined with `cat` are its usual source.',
  since: '0.1.0',
});

export const completeLineEndings = defineDiagnostic<Record<string, never>>({
  code: 'MS1017',
  name: 'complete-line-endings',
  severity: 'error',
  summary: () => 'a carriage return stands without the line feed that ends a line',
  why: 'Some readers take it for a line break and others for part of the value, so the file would mean two things.',
  fix: 'Save the file with LF or CRLF line endings.',
  since: '0.1.0',
});

export const noControlCharacters = defineDiagnostic<{ character: string; role: 'key' | 'value' | 'text' }>({
  code: 'MS1019',
  name: 'no-control-characters',
  severity: 'error',
  summary: ({ character, role }) => `the ${role === 'text' ? 'file' : role} contains the control character ${character}`,
  why: 'Control characters do not show in a review, and terminals, logs and YAML readers act on them differently.',
  fix: 'Delete the character. In values only tab and line feed are allowed, in keys neither.',
  since: '0.1.0',
});

export const wellFormedText = defineDiagnostic<{ character: string }>({
  code: 'MS1020',
  name: 'well-formed-text',
  severity: 'error',
  summary: ({ character }) =>
    `${character} is not a character: it is half of a surrogate pair or a code point that Unicode keeps unassigned for good`,
  why: 'It cannot be written as UTF-8 or exchanged between programs, so the value would change on its way to the mesh.',
  fix: 'Write the whole character instead of one half of its UTF-16 escape.',
  since: '0.1.0',
});

export const noInvisibleCharacters = defineDiagnostic<{ character: string; role: 'key' | 'value' | 'text' }>({
  code: 'MS1021',
  name: 'no-invisible-characters',
  severity: 'error',
  summary: ({ character, role }) => `the ${role === 'text' ? 'file' : role} contains the invisible character ${character}`,
  why: 'Zero-width and direction characters make a text read otherwise than it is, so a reviewer would approve something else.',
  fix: 'Delete the character and type the text again.',
  since: '0.1.0',
});

export const fileWithinLimit = defineDiagnostic<{ size: number; limit: number }>({
  code: 'MS1024',
  name: 'file-within-limit',
  severity: 'error',
  summary: ({ size, limit }) => `the file has ${size} bytes; at most ${limit} (256 KiB) are read`,
  why: "The limit keeps a single file from stalling everyone's run, and no reviewer reads a file of that size.",
  fix: "Split the file: every YAML file below the environment's folder is read.",
  since: '0.1.0',
});

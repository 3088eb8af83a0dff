import { defineDiagnostic } from '../model/diagnostic.ts';

/** Findings about files whose content nobody has read yet: MS1070–MS1089, the input's fault (exit 1). */

export const illegalInputPath = defineDiagnostic<{ path: string; reason: string }>({
  code: 'MS1070',
  name: 'legal-input-path',
  severity: 'error',
  summary: ({ path, reason }) => `"${path}" is not a path that every machine can hold: ${reason}`,
  why: 'A checkout on another system would lose, rename or hide the file, and the same commit would render differently there.',
  fix: 'Rename it: plain characters, no control characters, no backslash, no trailing dot or space, at most 255 bytes a component.',
  since: '0.1.0',
});

export const regularFile = defineDiagnostic<{ path: string }>({
  code: 'MS1071',
  name: 'regular-file',
  severity: 'error',
  summary: ({ path }) => `${path} is a pipe, socket or device, not a regular file`,
  why: 'Reading it could block for ever, and git cannot hold it, so the next checkout would render without it.',
  fix: 'Replace it by a regular file, or move it out of the folder.',
  since: '0.1.0',
});

export const inputFileWithinLimit = defineDiagnostic<{ path: string; bytes: number; limit: number }>({
  code: 'MS1072',
  name: 'input-file-within-limit',
  severity: 'error',
  summary: ({ path, bytes, limit }) => `${path} has ${bytes} bytes; a file may have ${limit}`,
  why: 'No intent comes near that size; a file that large is a mistake, or an attempt to exhaust the machine that renders.',
  fix: 'Split the file; several files of one environment are read as if they were one.',
  since: '0.1.0',
});

export const fileCountWithinLimit = defineDiagnostic<{ limit: number }>({
  code: 'MS1073',
  name: 'file-count-within-limit',
  severity: 'error',
  summary: ({ limit }) => `there are more than ${limit} files to read`,
  why: 'A run that large is usually started in the wrong folder.',
  fix: 'Check the root and the folders in `mainsheet.yaml`, or divide the environments between repositories.',
  since: '0.1.0',
});

export const inputWithinLimit = defineDiagnostic<{ limit: number }>({
  code: 'MS1074',
  name: 'input-within-limit',
  severity: 'error',
  summary: ({ limit }) => `the files to read have more than ${limit} bytes together`,
  why: 'A run that large is usually started in the wrong folder.',
  fix: 'Check the root and the folders in `mainsheet.yaml`, or divide the environments between repositories.',
  since: '0.1.0',
});

export const utf8Text = defineDiagnostic<{ path: string; offset: number }>({
  code: 'MS1075',
  name: 'utf8-text',
  severity: 'error',
  summary: ({ path, offset }) => `${path} is not UTF-8: byte ${offset} (counted from 0) begins no valid character`,
  why: 'Guessing the encoding could change a name or a value without anyone noticing.',
  fix: 'Save the file as UTF-8.',
  since: '0.1.0',
});

export const uniquePath = defineDiagnostic<{ path: string; other: string }>({
  code: 'MS1076',
  name: 'unique-path',
  severity: 'error',
  summary: ({ path, other }) => `${path} and ${other} are one file where case or Unicode composition is ignored`,
  why: 'On macOS and Windows a checkout keeps only one of them, and the same commit would render differently there.',
  fix: 'Rename one of them.',
  since: '0.1.0',
});

export const folderWithinDepth = defineDiagnostic<{ path: string; limit: number }>({
  code: 'MS1077',
  name: 'folder-within-depth',
  severity: 'error',
  summary: ({ path, limit }) => `${path} lies more than ${limit} folders deep`,
  why: 'Folders that deep are a mistake, or an attempt to exhaust the machine that renders.',
  fix: 'Move its content up.',
  since: '0.1.0',
});

export const legalOutputPath = defineDiagnostic<{ path: string; reason: string }>({
  code: 'MS1080',
  name: 'legal-output-path',
  severity: 'error',
  summary: ({ path, reason }) => `nothing can be written to "${path}": ${reason}`,
  why: 'Such a path could steer git or the forge, or could not be checked out on every machine.',
  fix: 'Rename the intent or environment that the path is named after, or choose another folder or layout for the output.',
  since: '0.1.0',
});

export const uniqueOutputPath = defineDiagnostic<{ path: string; other: string }>({
  code: 'MS1081',
  name: 'unique-output-path',
  severity: 'error',
  summary: ({ path, other }) =>
    `${path} and ${other} cannot both be written: they are one path where case is ignored, or one lies beneath the other`,
  why: 'One would overwrite the other on some machine.',
  fix: 'Rename one of the intents that the paths are named after.',
  since: '0.1.0',
});

import type { RepoPath } from './source.ts';

const componentBytes = 255;
const pathBytes = 4096;
/** Nearly every path: nothing in it to object to, told by one look. */
const plainPath = /^[A-Za-z0-9_][A-Za-z0-9_-]*([./][A-Za-z0-9_][A-Za-z0-9_-]*)*$/;
const plainComponent = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,254}$/;
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const reservedByGitOrForge = /^(\.git|git~\d+|\.gitmodules|\.gitattributes|\.github|\.gitlab-ci\.yml)$/;
const windowsDevice = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|(com|lpt)[0-9¹²³])[. ]*(\..*)?$/;

function sharedFault(path: RepoPath): string | undefined {
  if (path === '') return 'it is empty';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'it is absolute';
  return Buffer.byteLength(path) > pathBytes ? `it is longer than ${pathBytes} bytes` : undefined;
}

function componentFault(name: string): string | undefined {
  if (plainComponent.test(name) && !name.endsWith('.')) return undefined;
  if (name === '') return 'it has an empty component';
  if (name === '.' || name === '..') return `it contains "${name}"`;
  if (name.includes('\uFFFD')) return 'it is not valid UTF-8';
  if (name.includes('\\')) return 'it contains a backslash';
  if (invisible.test(name)) return 'it contains a control or invisible character';
  if (/[. ]$/.test(name)) return 'a component ends with a dot or a space, which Windows drops';
  return Buffer.byteLength(name) > componentBytes ? `a component is longer than ${componentBytes} bytes` : undefined;
}

function reservedFault(name: string): string | undefined {
  const bare = name.replace(/[. ]+$/, '').toLowerCase();
  if (reservedByGitOrForge.test(bare)) return `"${showPath(name)}" belongs to git or the forge`;
  return windowsDevice.test(name.toLowerCase()) ? `"${showPath(name)}" is a device name on Windows` : undefined;
}

function firstFault(path: RepoPath, rules: readonly ((name: string) => string | undefined)[]): string | undefined {
  const fault = sharedFault(path);
  if (fault !== undefined) return fault;
  for (const name of path.split('/')) {
    for (const rule of rules) {
      const found = rule(name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Why a path can't name an input on every machine, as the end of a sentence; undefined when it can. */
export function pathFault(path: RepoPath): string | undefined {
  return path.length <= componentBytes && plainPath.test(path) ? undefined : firstFault(path, [componentFault]);
}

/** Why an output folder can't be where it is asked for. A person chose it, so any spelling that is safe on every machine will do. */
export function outputFolderFault(path: RepoPath): string | undefined {
  return firstFault(path, [reservedFault, componentFault]);
}

/** Why a rendered file can't have this path. Names become paths here, so only an allowlist of characters gets through. */
export function outputPathFault(path: RepoPath): string | undefined {
  return firstFault(path, [reservedFault, componentFault, outsideAllowlist]);
}

function outsideAllowlist(name: string): string | undefined {
  return plainComponent.test(name) ? undefined : 'only letters, digits, ".", "_" and "-" are written, and neither "." nor "-" first';
}

/** One text for all spellings of a path that a file system ignoring case or Unicode composition takes for the same file. */
export function foldPath(path: RepoPath): string {
  return plainPath.test(path) ? path.toLowerCase() : path.normalize('NFC').toLowerCase().normalize('NFC');
}

/** A path fit for a message: what a terminal would act on or hide is shown as its escape. */
export function showPath(path: string): string {
  return path.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

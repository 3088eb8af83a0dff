import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byCodePoint } from '../model/names.ts';
import { findRoot } from '../repo/find-root.ts';

export interface NamesOnDisk {
  readonly environments: readonly string[];
  readonly intents: readonly string[];
}

const fileLimit = 2_000;

/**
 * Names to complete, by a glance at the files: a shell waits for the answer, so nothing is parsed, and what can't be read is passed over.
 * Never use it for anything but completions.
 */
export function namesOnDisk(workingFolder: string): NamesOnDisk {
  const root = findRoot(workingFolder);
  const folder = /^environments:\s*["']?([\w./-]+)/m.exec(text(join(root, 'mainsheet.yaml')))?.[1] ?? 'environments';
  const files = entries(join(root, folder)).slice(0, fileLimit);
  const environments = files
    .filter((path) => /^[^/]+\/environment\.ya?ml$/.test(path) && !/^abstract:\s*true\b/m.test(text(join(root, folder, path))))
    .map((path) => path.split('/', 1)[0] ?? '');
  const intents = files.flatMap((path) =>
    [...text(join(root, folder, path)).matchAll(/^(?:service|external|gateway):\s*["']?([\w.-]+)/gm)].map((match) => match[1] ?? ''),
  );
  return { environments: unique(environments), intents: unique(intents) };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(byCodePoint);
}

/** YAML files beneath a folder, relative to it. */
function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => /\.ya?ml$/.test(path));
  } catch {
    return [];
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

import { defineDiagnostic } from '../model/diagnostic.ts';

/** MS8001–MS8029: declined for safety (exit 4). MS8030–MS8059: the machine failed, a rerun may succeed (exit 3). */

interface Paths {
  /** Sorted, ready to print. */
  readonly paths: readonly string[];
}

const shown = 10;

/** "a, b and 3 more": enough to act on, never a wall. */
function some(paths: readonly string[]): string {
  const rest = paths.length - shown;
  return rest > 0 ? `${paths.slice(0, shown).join(', ')} and ${rest} more` : paths.join(', ');
}

export const noSymlink = defineDiagnostic<{ path: string }>({
  code: 'MS8001',
  name: 'no-symlink',
  severity: 'error',
  summary: ({ path }) => `${path} is a symbolic link, and none is followed`,
  why: 'A link can point outside the repository: reading through it leaks files, writing through it destroys them.',
  fix: 'Replace the link by the file or folder itself, or move it out of the folder.',
  since: '0.1.0',
});

export const outputIsFolder = defineDiagnostic<{ path: string }>({
  code: 'MS8002',
  name: 'output-is-folder',
  severity: 'error',
  summary: ({ path }) => `the output needs a folder at ${path}, but something else stands there`,
  why: 'Mainsheet did not write it, so it does not replace it.',
  fix: 'Move it away, or choose another output folder with `rendered:` in `mainsheet.yaml`.',
  since: '0.1.0',
});

export const noHandEdit = defineDiagnostic<Paths>({
  code: 'MS8003',
  name: 'no-hand-edit',
  severity: 'error',
  summary: ({ paths }) => `edited by hand after rendering: ${some(paths)}`,
  why: 'A render would silently undo what someone changed there.',
  fix: 'Move the change into the intent, then discard it here: `git checkout` the file, or run with `--overwrite-edited`.',
  since: '0.1.0',
});

export const outputPathFree = defineDiagnostic<Paths>({
  code: 'MS8004',
  name: 'output-path-free',
  severity: 'error',
  summary: ({ paths }) => `the render needs paths that hold something Mainsheet did not write: ${some(paths)}`,
  why: 'Only files that carry the mark of Mainsheet in their first line are ever overwritten.',
  fix: 'Move them away, or delete them if the intents say the same.',
  since: '0.1.0',
});

export const noForeignManifest = defineDiagnostic<Paths>({
  code: 'MS8005',
  name: 'no-foreign-manifest',
  severity: 'error',
  summary: ({ paths }) => `the output folder holds manifests that Mainsheet did not write: ${some(paths)}`,
  why: 'Whether they are applied depends on how the folder is loaded: a directory loader takes them, a kustomization does not.',
  fix: 'Move them out of the output folder; hand-written Istio objects belong under `manifests:` of the environment.',
  since: '0.1.0',
});

export const pruneWithinLimit = defineDiagnostic<Paths & { of: number }>({
  code: 'MS8006',
  name: 'prune-within-limit',
  severity: 'error',
  summary: ({ paths, of }) => `${paths.length} of ${of} rendered files would be removed: ${some(paths)}`,
  why: 'Losing more than a fifth of an environment, or its last file, is more often a wrong folder or branch than an intention.',
  fix: 'Check that the intents are all there; if the removal is meant, run with `--allow-prune`.',
  since: '0.1.0',
});

interface Failure {
  readonly action: string;
  readonly path: string;
  readonly errno: string;
  readonly reason: string;
}

export const readFailed = defineDiagnostic<Failure>({
  code: 'MS8030',
  name: 'readable',
  severity: 'error',
  summary: ({ path, errno, reason }) => `cannot read ${path}: ${errno}, ${reason}`,
  why: 'A render of only what could be read would remove the rest.',
  fix: 'Mend permissions or the disk, then run again; nothing was written.',
  since: '0.1.0',
});

export const writeFailed = defineDiagnostic<Failure>({
  code: 'MS8031',
  name: 'writable',
  severity: 'error',
  summary: ({ action, path, errno, reason }) => `cannot ${action} ${path}: ${errno}, ${reason}`,
  why: 'The output folder may be incomplete; each file in it is whole, either old or new.',
  fix: 'Mend permissions or the disk, then run again: the next run finishes what this one began.',
  since: '0.1.0',
});

export const stableFile = defineDiagnostic<{ path: string }>({
  code: 'MS8032',
  name: 'stable-file',
  severity: 'error',
  summary: ({ path }) => `${path} changed while it was read`,
  why: 'Half of an old and half of a new file could pass for an intent.',
  fix: 'Run again when whatever writes the file has finished.',
  since: '0.1.0',
});

import { watch } from 'node:fs';
import { basename } from 'node:path';
import type { RepoPath } from '../model/source.ts';
import { foldersOf, identityOf, signatureOf } from './watched-folders.ts';

/** Has the system tell of everything that happens to names in one folder. Throws as `fs.watch` does; `onEvent` may not know which name. */
export type WatchFolder = (path: string, onEvent: (name: string | null) => void) => { readonly close: () => void };

export interface WatchRequest {
  /** Absolute. */
  readonly root: string;
  /** Something may have changed. Called as often as the system says so: the inputs themselves say whether they have. */
  readonly changed: () => void;
  /** The system does not tell; from now on inputs are looked at again and again. Called once, with the system's word for it. */
  readonly polls: (why: string) => void;
  /** Do not ask the system: for file systems that tell nothing, as those of other machines. */
  readonly poll?: boolean;
  /** Between two looks; 500 without it. */
  readonly pollMilliseconds?: number;
  readonly watchFolder?: WatchFolder;
}

export interface InputWatch {
  /**
   * Watches these files and folders, those that are not there yet too, and no others. To be called before they are read, each time:
   * a change from then on is told. 'lost' where the root is no folder any more.
   */
  readonly renew: (inputs: readonly RepoPath[]) => 'watching' | 'lost';
  readonly close: () => void;
}

/**
 * One watch for each folder, not for each file: a folder tells of what is written to its files, and of what takes their names, however an
 * editor saves. Folders are known by their identity on disk, not by name alone: git replaces them by others of the same name.
 */
export function watchInputs(request: WatchRequest): InputWatch {
  const { root, changed, pollMilliseconds = 500 } = request;
  const openFolder = request.watchFolder ?? watchBySystem;
  const open = new Map<string, { readonly identity: string; readonly close: () => void }>();
  let polling: { readonly stop: () => void; inputs: readonly RepoPath[] } | undefined;

  const closeAll = (): void => {
    for (const { close } of open.values()) close();
    open.clear();
  };
  const startPolling = (inputs: readonly RepoPath[]): void => {
    closeAll();
    const state = { inputs, stop: () => clearInterval(timer) };
    let last = signatureOf(root, inputs);
    const timer = setInterval(() => {
      const now = signatureOf(root, state.inputs);
      if (now !== last) changed();
      last = now;
    }, pollMilliseconds);
    polling = state;
  };
  const watchOne = (path: string, names: ReadonlySet<string> | undefined): void => {
    const identity = identityOf(path);
    const known = open.get(path);
    if (known?.identity === identity) return;
    known?.close();
    open.delete(path);
    if (identity === undefined) return;
    const isMine = (name: string | null) => names === undefined || name === null || names.has(name) || name === basename(path);
    const watcher = watcherOf(() => openFolder(path, (name) => isMine(name) && changed()));
    if (watcher === undefined) return;
    open.set(path, { identity, close: () => watcher.close() });
  };

  return {
    renew(inputs) {
      if (identityOf(root) === undefined) {
        closeAll();
        return 'lost';
      }
      if (polling !== undefined) {
        polling.inputs = inputs;
        return 'watching';
      }
      if (request.poll === true) {
        startPolling(inputs);
        return 'watching';
      }
      try {
        const seen = new Set<string>();
        for (const { path, names } of foldersOf(root, inputs)) {
          watchOne(path, names);
          seen.add(path);
        }
        for (const [path, { close }] of open) {
          if (seen.has(path)) continue;
          close();
          open.delete(path);
        }
      } catch (error) {
        startPolling(inputs);
        request.polls(codeOf(error));
      }
      // It may have gone just now; nothing would tell of it any more.
      return polling !== undefined || open.has(root) ? 'watching' : 'lost';
    },
    close() {
      closeAll();
      polling?.stop();
    },
  };
}

/** Undefined where the folder cannot be watched as long as it is as it is: the one above it tells when that changes. */
function watcherOf(open: () => ReturnType<WatchFolder>): ReturnType<WatchFolder> | undefined {
  try {
    return open();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}

function watchBySystem(path: string, onEvent: (name: string | null) => void): { readonly close: () => void } {
  const watcher = watch(path, (_event, name) => onEvent(name));
  // As where a folder is removed while it is watched: the next renewal sees what there is.
  watcher.on('error', () => onEvent(null));
  return watcher;
}

import { lstatSync } from 'node:fs';
import { posix } from 'node:path';
import { diagnose } from '../model/diagnostic.ts';
import { foldPath } from '../model/path-rules.ts';
import { type Result, success } from '../model/result.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { outputIsFolder } from './diagnostics.ts';
import { type DiskTask, diskFailure } from './disk-failure.ts';
import { closeFolder, kindAt, type OpenFolder, openInside, openOrMake, openRoot, removeEmptyFolder } from './open-folder.ts';
import { isKustomization, planWrites, type RenderPlan, type WriteOptions } from './plan-writes.ts';
import { readRendered } from './rendered-folder.ts';
import { removeFile, writeFile } from './write-file.ts';

/**
 * Makes `<root>/<out>` hold exactly the desired files (paths relative to `out`, texts with their mark). Either the findings refuse and nothing was touched,
 * or the disk failed on the way, or the plan was carried out. Killed anywhere, each file is old or new, no kustomization lists a file that is
 * not there, and the next run finishes the work.
 */
export function writeRendered(root: string, out: RepoPath, desired: FileTree, options: WriteOptions = {}): Result<RenderPlan> {
  const existing = readRendered(root, out);
  if (existing.value === undefined) return { value: undefined, diagnostics: existing.diagnostics };
  const plan = planWrites(existing.value, desired, out, options);
  if (plan.refusals.length > 0) return { value: undefined, diagnostics: plan.refusals };
  const steps = orderedSteps(plan);
  return steps.length === 0 ? success(plan) : carryOut(root, out, desired, plan, steps);
}

interface Step {
  readonly action: 'write' | 'remove';
  readonly path: RepoPath;
}

/** What is listed exists before its kustomization says so, and vanishes after its kustomization has stopped saying so. */
function orderedSteps(plan: RenderPlan): readonly Step[] {
  const write = (path: RepoPath): Step => ({ action: 'write', path });
  const remove = (path: RepoPath): Step => ({ action: 'remove', path });
  const writes = [...plan.create, ...plan.update];
  const listed = (path: RepoPath): boolean => !isKustomization(path);
  return [
    ...plan.temporary.map(remove),
    ...writes.filter(listed).map(write),
    ...writes.filter(isKustomization).map(write),
    ...plan.remove.filter(isKustomization).map(remove),
    ...plan.remove.filter(listed).map(remove),
  ];
}

interface Writing {
  readonly root: OpenFolder;
  readonly out: RepoPath;
  readonly desired: FileTree;
  /** Desired paths by their folded spelling. */
  readonly spellings: ReadonlyMap<string, RepoPath>;
  readonly task: DiskTask;
  current?: { readonly path: RepoPath; readonly folder: OpenFolder } | undefined;
}

function carryOut(root: string, out: RepoPath, desired: FileTree, plan: RenderPlan, steps: readonly Step[]): Result<RenderPlan> {
  const task: DiskTask = { action: 'write', path: out };
  try {
    const spellings = new Map(plan.remove.length === 0 ? [] : [...desired.keys()].map((path) => [foldPath(path), path]));
    const writing: Writing = { root: openRoot(root), out, desired, spellings, task };
    try {
      for (const step of steps) {
        if (!take(writing, step))
          return { value: undefined, diagnostics: [diagnose(outputIsFolder, { params: { path: posix.dirname(task.path) } })] };
      }
      for (const path of plan.remove) removeEmptied(writing, posix.dirname(path));
    } finally {
      leaveFolder(writing);
      closeFolder(writing.root);
    }
  } catch (error) {
    return { value: undefined, diagnostics: [diskFailure(error, task)] };
  }
  return success(plan);
}

/** False when a folder to write in is none: it was one, or nothing, when the plan was made. */
function take(writing: Writing, { action, path }: Step): boolean {
  const { task, out, desired } = writing;
  task.action = action;
  task.path = posix.join(out, path);
  const name = posix.basename(path);
  const folder = enterFolder(writing, posix.dirname(task.path), action === 'write' ? openOrMake : openIfFolder);
  if (folder === undefined) return action === 'remove';
  if (action === 'write') writeFile(folder, name, desired.get(path) ?? '');
  else if (!isRespelledOutput(writing, path)) removeFile(folder, name);
  return true;
}

function openIfFolder(folder: OpenFolder, name: string): OpenFolder | undefined {
  return kindAt(folder, name) === 'folder' ? openInside(folder, name) : undefined;
}

/** Keeps the last folder open: sorted paths share theirs. */
function enterFolder(writing: Writing, path: RepoPath, open: typeof openInside): OpenFolder | undefined {
  if (writing.current?.path === path) return writing.current.folder;
  leaveFolder(writing);
  let folder: OpenFolder | undefined = writing.root;
  for (const name of path === '.' ? [] : path.split('/')) {
    const outer: OpenFolder = folder;
    try {
      folder = open(outer, name);
    } finally {
      if (outer !== writing.root) closeFolder(outer);
    }
    if (folder === undefined) return undefined;
  }
  writing.current = { path, folder };
  return folder;
}

function leaveFolder(writing: Writing): void {
  const { current, root } = writing;
  writing.current = undefined;
  if (current !== undefined && current.folder !== root) closeFolder(current.folder);
}

/** Where case is ignored, an unwanted `Reviews.yaml` is the `reviews.yaml` that was just written. */
function isRespelledOutput({ root, out, spellings }: Writing, path: RepoPath): boolean {
  const other = spellings.get(foldPath(path));
  return other !== undefined && isSameFile(`${root.path}/${out}/${path}`, `${root.path}/${out}/${other}`);
}

function isSameFile(a: string, b: string): boolean {
  const [first, second] = [a, b].map((path) => lstatSync(path, { bigint: true, throwIfNoEntry: false }));
  return first !== undefined && second !== undefined && first.ino === second.ino && first.dev === second.dev;
}

function removeEmptied(writing: Writing, emptied: RepoPath): void {
  for (let path = emptied; path !== '.'; path = posix.dirname(path)) {
    writing.task.path = posix.join(writing.out, path);
    const outer = enterFolder(writing, posix.dirname(writing.task.path), openIfFolder);
    if (outer === undefined || !removeEmptyFolder(outer, posix.basename(path))) return;
  }
}

import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { byCodePoint } from '../../model/names.ts';
import type { RepoPath } from '../../model/source.ts';
import { readMark } from '../../repo/mark.ts';
import { readRendered } from '../../repo/rendered-folder.ts';
import type { CliContext } from '../cli-context.ts';
import type { Compiled } from '../compiler.ts';
import { usageError } from '../usage-error.ts';
import type { Workspace } from '../workspace.ts';
import { marked } from './marked.ts';
import type { OutputTarget } from './output-target.ts';
import { inShardSteps } from './shard-steps.ts';

interface Request {
  readonly env?: readonly string[];
  readonly out?: string;
  readonly check?: boolean;
  readonly reshard?: boolean;
}

/**
 * One folder per environment. When all environments are rendered into the usual place, so is what an environment left there that
 * no longer exists: its folder shall be empty.
 */
export function outputTargets(
  context: CliContext,
  workspace: Workspace,
  compilations: ReadonlyMap<string, Compiled>,
  request: Request,
): readonly OutputTarget[] {
  const { root, inputs } = workspace;
  if (request.out !== undefined) {
    const folder = resolve(context.workingFolder, request.out);
    refuseInputs(request.out, folder, workspace);
    const base = existingFolder(folder);
    const below = relative(base, folder).split(sep).join('/');
    return [...compilations].map(([environment, { files }]) => ({
      environment,
      root: base,
      out: posix.join(below, environment),
      files: marked(files),
    }));
  }
  if (inputs === undefined) return [];
  const { rendered } = inputs.settings;
  const targets = [...compilations].map(([environment, compiled]): OutputTarget => {
    const target = { environment, root, out: `${rendered}/${environment}`, files: marked(compiled.files) };
    return inShardSteps(target, inputs, compiled.shards, request);
  });
  if (request.env !== undefined && request.env.length > 0) return targets;
  const left = abandoned(root, rendered, new Set(compilations.keys()));
  return [...targets, ...left.map((environment) => ({ environment, root, out: `${rendered}/${environment}`, files: new Map() }))];
}

/** What is written among the inputs would be read as input by the next run. */
export function refuseInputs(written: string, folder: string, { root, inputs }: Workspace): void {
  if (written.trim() === '') throw usageError('--out names no folder', ['leave it out to render to the usual place']);
  for (const input of inputs === undefined ? [] : [inputs.settings.environments, inputs.settings.templates]) {
    if (isWithin(folder, join(root, input)))
      throw usageError(`--out ${written} lies in ${input}/, which is read as input`, ['name a folder of its own, such as rendered']);
  }
}

/** What is written among what is rendered would be taken for it, and applied with it. */
export function refuseRendered(written: string, path: string, { root, inputs }: Workspace): void {
  const rendered = inputs?.settings.rendered ?? 'rendered';
  if (rendered !== '.' && isWithin(path, join(root, rendered)))
    throw usageError(`--out ${written} lies in ${rendered}/, among what is rendered`, [
      'name a place of its own, such as public/index.html',
    ]);
}

function isWithin(inner: string, outer: string): boolean {
  const away = relative(outer, inner);
  return away === '' || !(away === '..' || away.startsWith(`..${sep}`) || isAbsolute(away));
}

/** The folder, or the nearest one above it that is there. What is no folder is a fault of the command line. */
export function existingFolder(folder: string): string {
  if (!existsSync(folder)) return dirname(folder) === folder ? folder : existingFolder(dirname(folder));
  if (!statSync(folder).isDirectory()) throw usageError(`${folder} is there, and no folder`, ['name another one after --out']);
  return folder;
}

/** Folders beside the rendered ones that hold files with Mainsheet's mark, though no environment has their name. */
function abandoned(root: string, rendered: RepoPath, environments: ReadonlySet<string>): readonly string[] {
  const folder = join(root, rendered);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !environments.has(entry.name))
    .map((entry) => entry.name)
    .filter((name) => holdsMarked(root, `${rendered}/${name}`))
    .sort(byCodePoint);
}

function holdsMarked(root: string, out: RepoPath): boolean {
  const entries = readRendered(root, out).value ?? new Map();
  return [...entries.values()].some((entry) => entry.kind === 'file' && readMark(entry.text) !== 'none');
}

import { isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import { positionOf } from '../../model/position.ts';
import type { FileTree } from '../../model/source.ts';
import { isSpan } from '../../model/source.ts';
import type { ReadRollouts } from '../../pipelines/rollouts/read-rollouts.ts';
import { type SoundEnvironment, soundEnvironment } from '../../pipelines/rollouts/sound-inputs.ts';
import type { BaseRollouts } from './base-rollouts.ts';

/** The rollouts of an environment, whatever is wrong with its inputs. */
export interface EnvironmentRollouts {
  readonly read: ReadRollouts;
  /** What is wrong with inputs of which rollouts are on the way: they may go back, and nothing else. */
  readonly errors?: string;
  /** Its inputs as they were when they had no errors, where they have some now: what `read` is of. */
  readonly sound?: SoundEnvironment;
}

export interface RolloutsIn {
  readonly found: readonly EnvironmentRollouts[];
  readonly diagnostics: readonly LocatedDiagnostic[];
}

/**
 * Of the environments that are asked for, each by itself: their rollouts, and what is wrong with them. What can't be compiled is read as it was before;
 * an environment that never could be has none.
 */
export async function rolloutsIn(base: BaseRollouts, environments: readonly string[]): Promise<RolloutsIn> {
  const found: EnvironmentRollouts[] = [];
  const diagnostics: LocatedDiagnostic[] = [];
  for (const environment of environments) {
    const there = await base.read(environment);
    const errors = there.value === undefined ? there.diagnostics : errorsOf(base, there.value);
    diagnostics.push(...errors);
    if (errors.length === 0) {
      if (there.value !== undefined) found.push({ read: there.value });
      continue;
    }
    const sound = await soundIn(base, environment);
    const read = sound === undefined ? there : await base.read(environment, undefined, sound.tree);
    if (read.value !== undefined)
      found.push({ read: read.value, errors: errorWords(errors, base.tree), ...(sound === undefined ? {} : { sound }) });
  }
  return { found, diagnostics };
}

/** What an environment says, or said before it had errors: of what can't be read nothing was applied. Undefined where it was never without. */
export async function readAsApplied(base: BaseRollouts, environment: string, named: readonly string[]): Promise<ReadRollouts | undefined> {
  const there = await base.read(environment, named);
  if (there.value !== undefined) return there.value;
  const sound = await soundIn(base, environment);
  return sound === undefined ? undefined : (await base.read(environment, named, sound.tree)).value;
}

async function soundIn({ tree, history, contents, parsed }: BaseRollouts, environment: string): Promise<SoundEnvironment | undefined> {
  return await soundEnvironment({ tree, environment, commits: history, read: contents, parsed });
}

/** Where nothing is on its way, errors are for those who change something. */
function errorsOf({ tree, parsed, compileTree }: BaseRollouts, { loaded, entries }: ReadRollouts): readonly LocatedDiagnostic[] {
  return entries.length === 0 ? [] : compileTree(tree, loaded.environment.name, { parsed }).diagnostics.filter(isError);
}

/** The first of them, with its place: 'MS1040 environments/prod/details.yaml:3, and 2 more'. */
function errorWords(errors: readonly LocatedDiagnostic[], tree: FileTree): string {
  const [first, ...others] = errors;
  const { code, at } = first ?? { code: '' };
  const line = at === undefined || !isSpan(at) ? '' : `:${positionOf(tree.get(at.file) ?? '', at.start).line}`;
  return `${code}${at === undefined ? '' : ` ${at.file}${line}`}${others.length === 0 ? '' : `, and ${others.length} more`}`;
}

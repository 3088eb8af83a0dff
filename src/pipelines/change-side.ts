/** The page of one side of a change: intents that are compiled, or manifests that are read, and the intents that these may have come from. */
import { changedObjects } from '../diff/partial-objects.ts';
import type { ParsedTexts } from '../document/remembering-parser.ts';
import { passThrough } from '../expand/pass-through.ts';
import { type IsCarried, nextOf, withoutNext } from '../load/apply-next.ts';
import { loadManifests } from '../load/manifests.ts';
import { isError, type LocatedDiagnostic } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import type { Manifest } from '../model/manifest.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { FileTree } from '../model/source.ts';
import type { Compilation, CompileOptions } from '../pipeline.ts';
import type { CompileTree } from './remembering-compile.ts';

/** One side of a change. */
export type ChangeSide =
  | {
      readonly kind: 'intents';
      readonly tree: FileTree;
      readonly environment: string;
      /** Of the target: default all. */
      readonly isCarried?: IsCarried;
      /** 'phase' where no plan and no guardrail may be in the way: default all. */
      readonly rules?: CompileOptions['rules'];
    }
  | {
      readonly kind: 'manifests';
      readonly tree: FileTree;
      /** Intents that may have been rendered to these manifests: the first that were are what phases are made of. */
      readonly perhapsFrom?: readonly { readonly tree: FileTree; readonly environment: string }[];
    };

/** What a side comes to. */
export interface Side {
  readonly manifests: readonly Manifest[];
  /** Of the target: what its render writes. */
  readonly files: FileTree;
  readonly loaded?: LoadedEnvironment;
}

/** Where nothing has been rendered yet, nothing was said either. */
export function fromNothing(before: Side, { loaded }: Side): Side {
  if (before.loaded !== undefined || before.manifests.length > 0 || loaded === undefined) return before;
  return { ...before, loaded: { ...loaded, intents: [], manifests: [] } };
}

/** What is to be had of a side; findings where it has errors. */
export function sideOf(
  side: ChangeSide,
  isTarget: boolean,
  parsed: ParsedTexts,
  compileTree: CompileTree,
): { readonly value?: Side; readonly diagnostics: readonly LocatedDiagnostic[] } {
  if (side.kind === 'intents') {
    // What was is not rendered again: no rule that has come since may hold up a change away from it.
    const asked = isTarget
      ? ({ rules: side.rules ?? 'all', revise: nextOf(side.isCarried) } as const)
      : ({ until: 'manifests', rules: 'phase' } as const);
    const compiled = compileTree(side.tree, side.environment, { parsed, ...asked });
    const diagnostics = compiled.diagnostics.filter(isError);
    return compiled.ok && compiled.loaded !== undefined ? { value: ofCompilation(compiled), diagnostics } : { diagnostics };
  }
  const manifests = manifestsIn(side.tree);
  const origin = (side.perhapsFrom ?? [])
    .map(({ tree, environment }) => compileTree(tree, environment, { parsed, until: 'manifests', rules: 'phase' }))
    .find((compiled) => compiled.ok && rendersTo(compiled)(manifests));
  const loaded = origin?.loaded;
  return { value: { manifests, files: side.tree, ...(loaded === undefined ? {} : { loaded: withoutNext(loaded) }) }, diagnostics: [] };
}

/** Read once for all changes away from it. */
const manifestsIn = rememberedFor((tree: FileTree): readonly Manifest[] =>
  passThrough(loadManifests(tree).value?.objects ?? [], (file) => file).filter(({ kind }) => kind !== 'Kustomization'),
);

const rendersTo = rememberedFor((compiled: Compilation) =>
  rememberedFor((manifests: readonly Manifest[]) => changedObjects(compiled.manifests, manifests).length === 0),
);

function ofCompilation({ manifests, files, loaded }: Compilation): Side {
  return { manifests, files, ...(loaded === undefined ? {} : { loaded: withoutNext(loaded) }) };
}

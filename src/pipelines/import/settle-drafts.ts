import { printYaml } from '../../document/print.ts';
import { rememberedTexts } from '../../document/remembering-parser.ts';
import { asWritten } from '../../import/metadata-patches.ts';
import { environmentMesh } from '../../mesh/mesh.ts';
import { type Diagnostic, isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { DraftIntent } from '../../model/imported.ts';
import { objectOr } from '../../model/json.ts';
import type { Manifest } from '../../model/manifest.ts';
import { invariant } from '../../model/result.ts';
import type { FileTree } from '../../model/source.ts';
import type { Comparison } from '../../model/traffic-diff.ts';
import { type Compilation, createCompiler } from '../../pipeline.ts';
import { compareMeshes } from '../compare.ts';
import { type DraftRound, draftRound } from './draft-round.ts';
import type { ImportTask } from './import-task.ts';
import { answeredOtherwise, refusedIn, unlikeIn } from './unlike-objects.ts';

export interface SettledDrafts {
  readonly files: FileTree;
  readonly intents: readonly DraftIntent[];
  readonly kept: ReadonlyMap<Manifest, Diagnostic>;
  readonly comparison: Comparison;
  readonly lines: { readonly before: number; readonly after: number };
}

export interface FailedDrafts {
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly sources: FileTree;
}

/** Drafts that render what was read: round by round those objects are left to stand that an intent would write otherwise. */
export function settleDrafts(task: ImportTask): SettledDrafts | FailedDrafts {
  let kept: ReadonlyMap<Manifest, Diagnostic> = new Map();
  // Rounds say much the same: a text is parsed once.
  const parsed = rememberedTexts();
  for (;;) {
    const round = draftRound(task, kept);
    const early = createCompiler(round.tree, { parsed, until: 'folders' }).compile(task.environment);
    const unlike = early.diagnostics.some(isError) ? refusedIn(round, early) : unlikeIn(round, early, task);
    if (early.diagnostics.some(isError) && unlike.size === 0) return { diagnostics: early.diagnostics, sources: round.tree };
    if (unlike.size > 0) {
      kept = new Map([...round.kept, ...unlike]);
      continue;
    }
    const compiled = createCompiler(round.tree, { parsed }).compile(task.environment);
    if (!compiled.ok || compiled.loaded === undefined) {
      const refused = refusedIn(round, compiled);
      if (refused.size === 0) return { diagnostics: compiled.diagnostics, sources: round.tree };
      kept = new Map([...round.kept, ...refused]);
      continue;
    }
    const comparison = comparedWith(task, round, compiled);
    const changed = task.allowChanges ? new Map<Manifest, Diagnostic>() : answeredOtherwise(round, comparison);
    if (changed.size === 0) return { files: round.files, intents: round.intents, kept: round.kept, comparison, lines: linesOf(round) };
    kept = new Map([...round.kept, ...changed]);
  }
}

/** Both sides with the same surroundings: what the environment declares, and what the input shows of the cluster. */
function comparedWith({ own, checked, settings }: ImportTask, round: DraftRound, { loaded, manifests }: Compilation): Comparison {
  invariant(loaded !== undefined, 'a compilation that is compared has been loaded');
  const ofIstio = new Set(own);
  const others = checked.all.filter((manifest) => !ofIstio.has(manifest)).map(({ body }) => body);
  const around = { ...loaded, registry: { ...loaded.registry, objects: [...loaded.registry.objects, ...others] } };
  const side = (all: readonly Manifest[]) => {
    const placed = all.map((manifest) => inNamespace(manifest, settings.namespace));
    return { mesh: environmentMesh(around, placed, new Set()), manifests: placed };
  };
  return compareMeshes(side([...round.standing, ...own]), side(manifests), round.tree);
}

/** An object that names no namespace is in the environment's; what only a cluster writes is no difference. */
function inNamespace(manifest: Manifest, namespace: string | undefined): Manifest {
  const body = asWritten(manifest.body);
  if (manifest.namespace !== undefined || namespace === undefined) return { ...manifest, body };
  const { name = '', ...metadata } = objectOr(body.metadata);
  return { ...manifest, namespace, body: { ...body, metadata: { name, namespace, ...metadata } } };
}

/** Lines of what became intents, as it would be printed, and of the intents. */
function linesOf({ intents, texts }: DraftRound): SettledDrafts['lines'] {
  const count = (text: string): number => text.trimEnd().split('\n').length;
  const replaced = intents.flatMap(({ replaces }) => replaces);
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  return { before: sum(replaced.map(({ body }) => count(printYaml(asWritten(body))))), after: sum([...texts.values()].map(count)) };
}

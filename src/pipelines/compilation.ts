import type { ParsedTexts } from '../document/parsed-texts.ts';
import type { LaidOutFolder } from '../emit/lay-out.ts';
import type { Reshard } from '../emit/reshard.ts';
import type { Settings } from '../load/settings.ts';
import type { Diagnostic, LocatedDiagnostic } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import type { Manifest } from '../model/manifest.ts';
import type { ResolvedEnvironment } from '../model/resolved.ts';
import type { Result } from '../model/result.ts';
import type { FileTree } from '../model/source.ts';

/** A compiled environment. Without errors all parts are there, up to where it was asked to go; with errors those up to the step that found them, and no files. */
export interface Compilation {
  readonly environment: string;
  readonly loaded?: LoadedEnvironment;
  readonly resolved?: ResolvedEnvironment;
  readonly manifests: readonly Manifest[];
  /** The number of shards that the files are laid out in; 1 = none. */
  readonly shards: number;
  /** Which object stands in which file. */
  readonly folders: readonly LaidOutFolder[];
  /** Paths beneath the environment's output folder; texts without the mark that writing adds. */
  readonly files: FileTree;
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly ok: boolean;
}

export interface CompileOptions {
  readonly parsed?: ParsedTexts;
  /** A step of a change of the number of shards; without it the environment's own number holds. */
  readonly reshard?: Reshard;
  /** The day (YYYY-MM-DD) that dates in intents are held against; without it they are not. */
  readonly today?: string;
  /**
   * Go no further than the manifests: for those who only ask what the mesh does. Whatever intents or manifests are not fit for it by
   * themselves still fails; what is said of finished manifests (their proof, their rules, what is still to come) is left out, and so are the files.
   * 'folders': and which file each stands in, for those who know the files already.
   */
  readonly until?: 'manifests' | 'folders';
  /** What the environment shall say instead of what was loaded: a phase of a change, as intents. */
  readonly revise?: (loaded: LoadedEnvironment) => LoadedEnvironment;
  /** Phases of a change only pass by: plans and guardrails are for what people write. Default: 'phase' where it is revised, else 'all'. */
  readonly rules?: 'all' | 'phase';
}

/** One compiler for all environments of a tree: what they share is read once. */
export interface Compiler {
  readonly settings: Result<Settings>;
  readonly environments: () => Result<readonly string[]>;
  readonly compile: (environment: string) => Compilation;
  /** Turns the addresses of findings into places of the text. */
  readonly locate: (diagnostics: readonly Diagnostic[]) => readonly LocatedDiagnostic[];
}

import type { LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { FileTree } from '../../model/source.ts';
import type { NamedComparison } from '../../report/comparison-text.ts';

/** What was compared, and what is to be told beside it; nothing was compared where there are errors. */
export interface Compared {
  readonly comparisons: readonly NamedComparison[];
  readonly diagnostics: readonly LocatedDiagnostic[];
  readonly tree: FileTree;
  readonly prefix: string;
}

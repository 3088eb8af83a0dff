import type { NamedComparison } from '../../report/comparison-text.ts';
import type { Findings } from '../report-findings.ts';

/** What was compared, and what is to be told beside it; nothing was compared where there are errors. */
export interface Compared {
  readonly comparisons: readonly NamedComparison[];
  /** Of each tree that was read. */
  readonly findings: readonly Findings[];
}

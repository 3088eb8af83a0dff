import type { LocatedDiagnostic } from './diagnostic.ts';
import type { Span } from './source.ts';

/** A case of a routing test, and what was found wrong with it. */
export interface TestedCase {
  readonly name: string;
  readonly at?: Span;
  /** How many requests it stands for. */
  readonly requests: number;
  readonly diagnostics: readonly LocatedDiagnostic[];
}

export interface TestRun {
  /** In the order of files and documents. */
  readonly cases: readonly TestedCase[];
  /** What is wrong with the test files themselves. */
  readonly unread: readonly LocatedDiagnostic[];
  readonly coverage: {
    readonly routes: number;
    readonly tested: number;
    /** A note for each route that no case touched. */
    readonly diagnostics: readonly LocatedDiagnostic[];
  };
}

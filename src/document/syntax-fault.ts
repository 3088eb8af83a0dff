/** Why a text is no YAML, in our own words, at the place that has to be changed rather than where a reader gives up. */
export interface SyntaxFault {
  readonly problem: string;
  /** What to write instead. */
  readonly hint?: string;
  readonly start: number;
  readonly end: number;
  readonly related?: { readonly message: string; readonly start: number; readonly end: number };
}

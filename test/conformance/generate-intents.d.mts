export interface GeneratedCase {
  readonly name: string;
  readonly files: Map<string, string>;
}
export function generateIntents(options: { readonly seed: number; readonly count: number }): GeneratedCase[];

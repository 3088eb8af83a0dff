import type { Finding } from './drawing.ts';

/** What a template reads instead of the view: it can be asked for fields, counted and printed, but has no value to leak. */
export type Guard = { readonly path: string } & (
  | { readonly kind: 'leaf'; readonly leaf: number }
  | { readonly kind: 'flag'; readonly on: boolean }
  | { readonly kind: 'absent' }
  | { readonly kind: 'list'; readonly items: readonly object[] }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, object> }
  | { readonly kind: 'unknown'; readonly finding: Finding }
);

import { type Diagnostic, type DiagnosticDefinition, diagnose } from '../model/diagnostic.ts';
import type { Json } from '../model/json.ts';
import type { RepoPath, Span } from '../model/source.ts';

/** How anyone's objects are read where they are read strictly; intents are read by the rules that need no saying. */
export interface ReadingRules {
  /** UTF-16 code units of one scalar. */
  readonly textLimit: number;
  /** Whether the merge key `<<` is applied, as Kubernetes' readers do. */
  readonly merges: boolean;
}

/** The rules for intents: no merge keys, and no text that nobody would review. */
export const intentRules: ReadingRules = { textLimit: 16 * 1024, merges: false };

/** The state of reading one document: what was found wrong, and what aliases may repeat. */
export interface Reading {
  readonly file: RepoPath;
  readonly rules: ReadingRules;
  readonly findings: Diagnostic[];
  /** undefined = the anchor's own value is still being read. */
  readonly anchors: Map<string, { readonly value: Json } | undefined>;
  /** Values that aliases have repeated so far. */
  repeated: number;
}

/** Findings beyond this many in one document are left out: so many have one cause. */
export const findingLimit = 50;

/** A node of `yaml`'s tree as far as places go. */
export interface Ranged {
  readonly range?: readonly [number, number, number] | null | undefined;
}

export function spanOf(reading: Pick<Reading, 'file'>, node: Ranged): Span {
  return { file: reading.file, start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 };
}

export function fault<P>(reading: Reading, definition: DiagnosticDefinition<P>, params: P, node: Ranged): void {
  if (reading.findings.length < findingLimit) reading.findings.push(diagnose(definition, { params, at: spanOf(reading, node) }));
}

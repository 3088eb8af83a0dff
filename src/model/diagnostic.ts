import type { Place, Span } from './source.ts';

export type Severity = 'error' | 'warning' | 'info';

/**
 * What is known of a kind of finding before it happens. Codes are 'MS' and four digits, banded by stage
 * (0 internal, 1 load, 2 resolve, 3 intent rules, 4 expand, 5 manifest rules, 6 traffic, 7 rollout, 8 repository, 9 forge), never reused.
 */
export interface DiagnosticDefinition<P> {
  readonly code: string;
  /** Kebab-case, states the obligation: 'known-subset'. */
  readonly name: string;
  readonly severity: Severity;
  /** One sentence, no trailing full stop: what is wrong here. */
  readonly summary: (params: P) => string;
  /** Why it matters: what would happen in the mesh, or to the user. */
  readonly why: string;
  /** What to write instead. */
  readonly fix: string;
  /** The release that introduced it. */
  readonly since: string;
  /** The code that Istio or Kiali gives to the same finding. */
  readonly alias?: string;
}

/** A finding. Stages say `at` by Address; the pipeline turns each Address into a Span before anyone reads it. */
export interface Diagnostic<P extends Place = Place> {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  readonly at?: P;
  readonly related: readonly { readonly message: string; readonly at: P }[];
  /** Concrete help for this one case: "did you mean `reviews`?" */
  readonly hints: readonly string[];
}

export type LocatedDiagnostic = Diagnostic<Span>;

export interface DiagnosticDetails<P> {
  readonly params: P;
  readonly at?: Place | undefined;
  readonly related?: readonly { readonly message: string; readonly at: Place }[];
  readonly hints?: readonly string[];
}

/** Identity with inference: the parameters of `summary` type every later report of this definition. */
export function defineDiagnostic<P>(definition: DiagnosticDefinition<P>): DiagnosticDefinition<P> {
  return definition;
}

export function diagnose<P>(definition: DiagnosticDefinition<P>, details: DiagnosticDetails<P>): Diagnostic {
  const { code, name, severity, why, fix } = definition;
  const { params, at, related = [], hints = [] } = details;
  const message = definition.summary(params);
  return at === undefined
    ? { code, name, severity, message, why, fix, related, hints }
    : { code, name, severity, message, why, fix, at, related, hints };
}

export function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error';
}

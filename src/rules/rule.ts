import { type Diagnostic, type DiagnosticDefinition, type DiagnosticDetails, diagnose } from '../model/diagnostic.ts';

/** An obligation on one of the compiler's data: its message, its page and its check in one file. */
export interface Rule<Subject> {
  readonly definition: DiagnosticDefinition<never>;
  readonly check: (subject: Subject) => readonly Diagnostic[];
}

export interface RuleSource<Subject, P> extends DiagnosticDefinition<P> {
  readonly check: (subject: Subject, report: (details: DiagnosticDetails<P>) => void) => void;
}

/** A rule sees its subject and says what it finds; it changes nothing and knows no other rule. */
export function defineRule<Subject, P>({ check, ...definition }: RuleSource<Subject, P>): Rule<Subject> {
  return {
    definition,
    check: (subject) => {
      const found: Diagnostic[] = [];
      check(subject, (details) => found.push(diagnose(definition, details)));
      return found;
    },
  };
}

/** The rules of a set in their order, which is the order people read their findings in. */
export function runRules<Subject>(rules: readonly Rule<Subject>[], subject: Subject): readonly Diagnostic[] {
  return rules.flatMap((rule) => rule.check(subject));
}

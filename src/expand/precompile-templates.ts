import Handlebars from 'handlebars';
import type { Diagnostic } from '../model/diagnostic.ts';
import { invariant } from '../model/result.ts';
import type { FileTree, RepoPath } from '../model/source.ts';
import { lintTemplate, type PartialCall } from './lint-template.ts';
import { markLines } from './mark-lines.ts';
import { templateOptions } from './template-language.ts';
import { readTemplate } from './template-source.ts';

/** A template that the build has linted and compiled: the first draw of a run needs neither parser nor compiler. */
export interface PrecompiledTemplate {
  readonly path: RepoPath;
  readonly text: string;
  readonly calls: readonly PartialCall[];
  /** JavaScript text of Handlebars' template specification. */
  readonly code: string;
}

/** Runs at build time. `templates` in the order in which a template set numbers them: by path. A finding in one of ours is our bug. */
export function precompileTemplates(templates: FileTree): readonly PrecompiledTemplate[] {
  return [...templates].map(([path, text], number) => {
    const diagnostics: Diagnostic[] = [];
    const source = readTemplate(path, text, diagnostics);
    const { findings, partials } = lintTemplate(source, Handlebars.parse);
    const [fault] = [...diagnostics, ...findings];
    invariant(fault === undefined, `${path}: ${fault?.message}`);
    const specification: unknown = Handlebars.precompile(markLines(source.code, number), templateOptions(path));
    return { path, text, calls: partials, code: codeOf(specification) };
  });
}

/** With a source name Handlebars answers with the code and its source map, without one with the code alone. */
function codeOf(specification: unknown): string {
  if (typeof specification === 'object' && specification !== null && 'code' in specification) return String(specification.code);
  return String(specification);
}

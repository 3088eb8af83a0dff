import Handlebars from 'handlebars';
import { type Finding, print, spend } from './drawing.ts';
import type { Guard } from './guard.ts';
import { entered, judged } from './guard-view.ts';
import { notListFinding, notNodeFinding } from './view-findings.ts';

/** Handlebars with nothing in it but the language of templates, and the templates compiled so far. */
export type Language = ReturnType<typeof Handlebars.create>;

/** What Handlebars hands to a helper besides its path. */
interface Tag {
  readonly fn: (context: unknown) => string;
  readonly inverse: (context: unknown) => string;
  readonly loc: { readonly source: string; readonly start: { readonly line: number; readonly column: number } };
}

/** A partial was called with a field that is not there. */
export type PartialReport = (finding: Finding, partial: string, field: string) => void;

/** A finding that happened in a tag that draws no text of its own, so that the tag itself says where. */
export type Report = (finding: Finding, template: string, line: number, column: number) => void;

/** A Handlebars instance that knows `each`, `if`, `unless`, `node` and nothing else. */
export function createLanguage(report: Report): Language {
  const language = Handlebars.create();
  for (const name of Object.keys(language.helpers)) language.unregisterHelper(name);
  for (const name of Object.keys(language.decorators)) language.unregisterDecorator(name);
  const reportAt = (finding: Finding, { loc }: Tag) => report(finding, loc.source, loc.start.line, loc.start.column);

  language.registerHelper('if', function (this: unknown, condition: unknown, tag: Tag) {
    return holds(condition, tag) ? tag.fn(this) : tag.inverse(this);
  });
  language.registerHelper('unless', function (this: unknown, condition: unknown, tag: Tag) {
    return holds(condition, tag) ? tag.inverse(this) : tag.fn(this);
  });
  language.registerHelper('each', function (this: unknown, list: unknown, tag: Tag) {
    const { guard, drawing } = judged(list);
    const items = itemsOf(guard);
    if (items === undefined) reportAt(notListFinding(guard), tag);
    if (items === undefined || items.length === 0) return tag.inverse(this);
    let drawn = '';
    for (const item of items) {
      const piece = spend(drawing) ? tag.fn(entered(item)) : '';
      spend(drawing, piece.length);
      drawn += piece;
    }
    return drawn;
  });
  language.registerHelper('node', (value: unknown, tag: Tag) => {
    const { guard, drawing } = judged(value);
    const { path } = guard;
    if (guard.kind === 'leaf') return print(drawing, { kind: 'node', path, leaf: guard.leaf });
    const leaves = guard.kind === 'list' ? guard.items.map((item) => judged(item).guard) : [];
    if (guard.kind === 'list' && leaves.every((leaf) => leaf.kind === 'leaf'))
      return print(drawing, { kind: 'items', path, leaves: leaves.map(({ leaf }) => leaf) });
    reportAt(notNodeFinding(guard), tag);
    return '';
  });
  return language;

  function holds(condition: unknown, tag: Tag): boolean {
    const { guard } = judged(condition);
    switch (guard.kind) {
      case 'flag':
        return guard.on;
      case 'list':
        return guard.items.length > 0;
      case 'unknown':
        reportAt(guard.finding, tag);
        return false;
      default:
        return guard.kind !== 'absent';
    }
  }
}

function itemsOf(guard: Guard): readonly object[] | undefined {
  if (guard.kind === 'list') return guard.items;
  return guard.kind === 'absent' ? [] : undefined;
}

/** Compiles a template that has passed its lint. `name` comes back in `Report`. */
export function compileTemplate(language: Language, name: string, marked: string): Handlebars.TemplateDelegate<object> {
  return language.compile<object>(marked, templateOptions(name));
}

/** The same for templates compiled in a run and at build time. */
export function templateOptions(name: string): CompileOptions & { readonly srcName: string } {
  return {
    strict: true,
    knownHelpersOnly: true,
    knownHelpers: { ...unknownHelpers, each: true, if: true, unless: true, node: true },
    data: false,
    // Escaping stays on, because it is what asks a placeholder for its token (Handlebars' SafeString hook).
    noEscape: false,
    srcName: name,
  };
}

const unknownHelpers = { helperMissing: false, blockHelperMissing: false, with: false, log: false, lookup: false };

/** Makes a compiled template callable as `{{> name}}`; each call counts as work of its run. */
export function registerPartial(language: Language, name: string, draw: Handlebars.TemplateDelegate<object>, report: PartialReport): void {
  language.registerPartial(name, (context: object, options) => {
    const { guard, drawing } = judged(context);
    if (guard.kind === 'unknown') report(guard.finding, name, guard.path);
    if (!spend(drawing)) return '';
    const drawn = draw(context, options);
    return spend(drawing, drawn.length) ? drawn : '';
  });
}

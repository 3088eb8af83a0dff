import { defineDiagnostic } from '../model/diagnostic.ts';
import { listWords } from '../model/names.ts';

export const templateSyntax = defineDiagnostic<{ problem: string }>({
  code: 'MS4001',
  name: 'template-syntax',
  severity: 'error',
  summary: ({ problem }) => `this template cannot be read: ${problem}`,
  why: 'A template that cannot be read draws nothing, so no manifest of its kind could be written.',
  fix: 'Close every `{{#if}}`, `{{#unless}}` and `{{#each}}` with its own `{{/…}}`, and write each tag as `{{…}}` on one line.',
  since: '0.1.0',
});

export const templateLanguage = defineDiagnostic<{ construct: string; instead: string }>({
  code: 'MS4002',
  name: 'template-language',
  severity: 'error',
  summary: ({ construct, instead }) => `templates have no ${construct}; ${instead}`,
  why: 'Templates hold layout, not policy: whatever could compute or print raw text could also change what the intents say.',
  fix: 'Use only `{{path}}`, `{{node path}}`, `{{#each}}`, `{{#if}}`, `{{#unless}}`, `{{else}}`, `{{> partial}}` and `{{! comment }}`.',
  since: '0.1.0',
});

export const knownPartial = defineDiagnostic<{ partial: string; known: readonly string[] }>({
  code: 'MS4003',
  name: 'known-partial',
  severity: 'error',
  summary: ({ partial, known }) => `there is no partial \`${partial}\`; there are ${listWords(known)}`,
  why: 'The part of the manifest that the partial should draw would be missing.',
  fix: 'Name a file under `templates/partials/` without its ending: `{{> metadata}}` draws `templates/partials/metadata.hbs`.',
  since: '0.1.0',
});

export const acyclicPartials = defineDiagnostic<{ cycle: readonly string[] }>({
  code: 'MS4004',
  name: 'acyclic-partials',
  severity: 'error',
  summary: ({ cycle }) => `these templates draw each other in a circle: ${cycle.join(' → ')}`,
  why: 'The manifest would never end.',
  fix: 'Remove one of the calls; a list that contains lists is drawn with `{{#each}}` or `{{node}}`.',
  since: '0.1.0',
});

export const templateWithinLimit = defineDiagnostic<{ measure: string; limit: string }>({
  code: 'MS4005',
  name: 'template-within-limit',
  severity: 'error',
  summary: ({ measure, limit }) => `${measure} more than ${limit}`,
  why: 'Templates of that size only serve to exhaust whoever reads or draws them.',
  fix: 'Move parts into `templates/partials/`, or draw a whole map or list with `{{node path}}`.',
  since: '0.1.0',
});

export const noPrivateUse = defineDiagnostic<{ character: string }>({
  code: 'MS4006',
  name: 'no-private-use',
  severity: 'error',
  summary: ({ character }) => `the template holds the private-use character ${character}`,
  why: 'Such characters have no meaning outside one program; here they mark where values stand, so a template could forge a value.',
  fix: 'Delete the character; it is often left behind by an icon font.',
  since: '0.1.0',
});

export const frontMatter = defineDiagnostic<{ problem: string }>({
  code: 'MS4007',
  name: 'front-matter',
  severity: 'error',
  summary: ({ problem }) => problem,
  why: 'A template of your own is drawn once for each intent of one kind, or once for the environment; its first lines say which.',
  fix: 'Start the file with three lines: `---`, `each: service` (or `gateway`, `external`, `environment`) and `---`.',
  since: '0.1.0',
});

interface UnknownField {
  readonly field: string;
  /** What the field was asked of; absent where it is all that the template may read. */
  readonly owner?: { readonly path: string; readonly kind: string };
  /** 'a virtual-service template', where there is no owner. */
  readonly reader?: string;
  readonly known: readonly string[];
}

export const knownField = defineDiagnostic<UnknownField>({
  code: 'MS4010',
  name: 'known-field',
  severity: 'error',
  summary: ({ field, owner, reader = 'this template', known }) => {
    const fields = listWords(known.map((name) => `\`${name}\``));
    if (owner === undefined) return `\`${field}\` is nothing that ${reader} can read${fields === '' ? '' : `; it can read ${fields}`}`;
    return `\`${owner.path}\` is ${owner.kind} and has no field \`${field}\`${fields === '' ? '' : `; it has ${fields}`}`;
  },
  why: 'A misspelt field would silently leave its part out of the manifest.',
  fix: 'Name one of the fields. Inside `{{#each}}` fields are those of the item; `../` reaches the fields around it.',
  since: '0.1.0',
});

export const printsPresentFields = defineDiagnostic<{ field: string }>({
  code: 'MS4011',
  name: 'prints-present-fields',
  severity: 'error',
  summary: ({ field }) => `\`${field}\` is printed, but nothing says it here`,
  why: 'The key would stand in the manifest with an empty value, which Istio reads as a value of its own.',
  fix: 'Put the line between `{{#if …}}` and `{{/if}}` of the same field.',
  since: '0.1.0',
});

export const fittingTag = defineDiagnostic<{ field: string; found: string; tag: string; instead: string }>({
  code: 'MS4012',
  name: 'fitting-tag',
  severity: 'error',
  summary: ({ field, found, tag, instead }) => `\`${field}\` is ${found}, which ${tag} cannot draw; ${instead}`,
  why: 'There is no one text that this value would have in a manifest.',
  fix: 'Use `{{path}}` for text, numbers and booleans, `{{node path}}` for whole maps and lists, `{{#each path}}` for the items of a list.',
  since: '0.1.0',
});

export const drawnWithinLimit = defineDiagnostic<{ limit: string }>({
  code: 'MS4013',
  name: 'drawn-within-limit',
  severity: 'error',
  summary: ({ limit }) => `this template draws more than ${limit}`,
  why: 'No cluster takes an object of that size; loops inside loops or partials inside partials multiply.',
  fix: 'Draw a whole list with `{{node path}}`, and check for `{{#each}}` that goes over the same list twice.',
  since: '0.1.0',
});

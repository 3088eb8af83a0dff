import { diagnose } from '../model/diagnostic.ts';
import { didYouMean } from '../model/names.ts';
import type { Place } from '../model/source.ts';
import type { Finding } from './drawing.ts';
import type { Guard } from './guard.ts';
import { fittingTag, knownField, printsPresentFields } from './template-diagnostics.ts';

/** A field was read that its owner does not have. */
export function unknownFinding(owner: Guard, field: string): Finding {
  // Templates ask for many fields that are not there; few of them are printed and need words.
  const known = (): readonly string[] => (owner.kind === 'object' ? [...owner.fields.keys()] : []);
  const hints = (): readonly string[] => didYouMean(field, known());
  if (owner.path === '')
    return (at) => diagnose(knownField, { params: { field, reader: readerAt(at), known: known() }, at, hints: hints() });
  return (at) =>
    diagnose(knownField, { params: { field, owner: { path: owner.path, kind: aKind(owner) }, known: known() }, at, hints: hints() });
}

/** 'a virtual-service template': by its file, because that is how people call it. */
function readerAt(at: Place | undefined): string {
  const [, name] = /^templates\/([\w-]+)\.hbs$/.exec(at?.file ?? '') ?? [];
  if (name === undefined) return 'this template';
  return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name} template`;
}

/** A field that nothing says was printed. */
export function absentFinding({ path }: Guard): Finding {
  return (at) => diagnose(printsPresentFields, { params: { field: path }, at });
}

/** Something that is no value was printed. */
export function unprintableFinding(guard: Guard): Finding {
  if (guard.kind === 'unknown') return guard.finding;
  if (guard.kind === 'absent') return absentFinding(guard);
  return misfit(guard, '`{{path}}`', {
    list: 'go over it with `{{#each}}`',
    object: 'print its fields',
    flag: 'ask for it with `{{#if}}`',
  });
}

/** `{{node}}` met something that is not one value. */
export function notNodeFinding(guard: Guard): Finding {
  if (guard.kind === 'unknown') return guard.finding;
  if (guard.kind === 'absent') return absentFinding(guard);
  return misfit(guard, '`{{node}}`', {
    list: 'go over it with `{{#each}}`: its items have fields',
    object: 'print its fields',
    flag: 'ask for it with `{{#if}}`',
  });
}

/** `{{#each}}` met something that is not a list. */
export function notListFinding(guard: Guard): Finding {
  if (guard.kind === 'unknown') return guard.finding;
  return misfit(guard, '`{{#each}}`', {
    leaf: 'draw it whole with `{{node}}`',
    object: 'print its fields',
    flag: 'ask for it with `{{#if}}`',
  });
}

function misfit(guard: Guard, tag: string, instead: { readonly [kind: string]: string }): Finding {
  const params = { field: guard.path, found: aKind(guard), tag, instead: instead[guard.kind] ?? 'name another field' };
  return (at) => diagnose(fittingTag, { params, at });
}

function aKind({ kind }: Guard): string {
  const words = { leaf: 'a value', flag: 'a switch', absent: 'absent', list: 'a list', object: 'a map of fields', unknown: 'unknown' };
  return words[kind];
}

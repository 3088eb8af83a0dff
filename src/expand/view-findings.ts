import { diagnose } from '../model/diagnostic.ts';
import { didYouMean } from '../model/names.ts';
import type { Finding } from './drawing.ts';
import type { Guard } from './guard.ts';
import { fittingTag, knownField, printsPresentFields } from './template-diagnostics.ts';

/** A field was read that its owner does not have. */
export function unknownFinding(owner: Guard, field: string): Finding {
  const known = owner.kind === 'object' ? [...owner.fields.keys()] : [];
  const params = { field, owner: owner.path === '' ? 'the view' : `${aKind(owner)} \`${owner.path}\``, known };
  return (at) => diagnose(knownField, { params, at, hints: didYouMean(field, known) });
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

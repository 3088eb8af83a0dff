import { diagnose } from '../model/diagnostic.ts';
import { didYouMean } from '../model/names.ts';
import type { Finding, Guard } from './guard-view.ts';
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

/** Something other than a value was printed. */
export function unprintableFinding(guard: Guard): Finding {
  const instead = { list: 'go over it with `{{#each}}`', object: 'print its fields', flag: 'ask for it with `{{#if}}`' };
  const params = { field: guard.path, found: aKind(guard), tag: '`{{path}}`' };
  return (at) => diagnose(fittingTag, { params: { ...params, instead: pick(instead, guard) }, at });
}

/** `{{node}}` met something that is not one value. */
export function notNodeFinding(guard: Guard): Finding {
  const instead = { list: 'go over it with `{{#each}}`: its items have fields', object: 'print its fields', flag: 'ask for it with `{{#if}}`' };
  const params = { field: guard.path, found: aKind(guard), tag: '`{{node}}`' };
  return (at) => diagnose(fittingTag, { params: { ...params, instead: pick(instead, guard) }, at });
}

/** `{{#each}}` met something that is not a list. */
export function notListFinding(guard: Guard): Finding {
  const instead = { leaf: 'draw it whole with `{{node}}`', object: 'print its fields', flag: 'ask for it with `{{#if}}`' };
  const params = { field: guard.path, found: aKind(guard), tag: '`{{#each}}`' };
  return (at) => diagnose(fittingTag, { params: { ...params, instead: pick(instead, guard) }, at });
}

function pick(words: { readonly [kind: string]: string }, { kind }: Guard): string {
  return words[kind] ?? 'name another field';
}

function aKind({ kind }: Guard): string {
  const words = { leaf: 'a value', flag: 'a switch', absent: 'absent', list: 'a list', object: 'a map of fields', unknown: 'unknown' };
  return words[kind];
}

import { acceptedAsIntent, answeredAlike, writtenAlike } from '../../import/diagnostics.ts';
import { type Likeness, likenessOf } from '../../import/same-object.ts';
import { type Diagnostic, diagnose, isError, type LocatedDiagnostic } from '../../model/diagnostic.ts';
import type { DraftIntent } from '../../model/imported.ts';
import { isObject, type Json } from '../../model/json.ts';
import { type Manifest, manifestId } from '../../model/manifest.ts';
import { type Pointer, parentPointer, pointerSegments, valueAt } from '../../model/pointer.ts';
import type { Place } from '../../model/source.ts';
import type { Comparison } from '../../model/traffic-diff.ts';
import type { Compilation } from '../../pipeline.ts';
import type { DraftRound } from './draft-round.ts';
import type { ImportTask } from './import-task.ts';

type Kept = ReadonlyMap<Manifest, Diagnostic>;

/**
 * Objects whose intents are refused, by the errors that stand in these. An error in an object that stays is of those intents that declare what
 * it speaks of; where none does, of all that say only a part of their host; then of all.
 */
export function refusedIn({ byPath, byKept, intents, kept: stays }: DraftRound, { diagnostics }: Compilation): Kept {
  const kept = new Map<Manifest, Diagnostic>();
  const errors = diagnostics.filter(isError);
  const refuse = (drafts: readonly DraftIntent[], { code, message }: LocatedDiagnostic): void => {
    for (const manifest of drafts.flatMap(({ replaces }) => replaces).filter((one) => !kept.has(one)))
      kept.set(
        manifest,
        diagnose(acceptedAsIntent, { params: { object: manifestId(manifest), code, message }, at: placeOf(manifest, '/metadata/name') }),
      );
  };
  for (const error of errors) {
    const files = [error.at, ...error.related.map((other) => other.at)].flatMap((place) => (place === undefined ? [] : [place.file]));
    const draft = files.flatMap((file) => byPath.get(file) ?? []).find(({ replaces }) => replaces.length > 0);
    if (draft !== undefined) refuse([draft], error);
  }
  const [first] = errors;
  if (kept.size > 0 || first === undefined) return kept;
  const culprit = byKept.get(first.at?.file ?? '');
  for (const suspects of [culprit === undefined ? [] : [culprit], [...stays.keys()]]) {
    const spoken = hostsIn(suspects);
    const parts = intents.filter(({ replaces }) => [...hostsIn(replaces)].some((host) => spoken.has(host)));
    if (kept.size === 0) refuse(parts, first);
  }
  if (kept.size === 0) refuse(intents, first);
  return kept;
}

/** The first labels of all hosts that objects speak of. */
function hostsIn(manifests: readonly Manifest[]): ReadonlySet<string> {
  const hosts = new Set<string>();
  const look = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value) look(item);
    else if (isObject(value))
      for (const [key, item] of Object.entries(value)) {
        if (key !== 'host' && key !== 'hosts') look(item);
        else for (const host of Array.isArray(item) ? item : [item]) hosts.add(String(host).split('.', 1)[0] ?? '');
      }
  };
  for (const { body } of manifests) look(body.spec ?? null);
  return hosts;
}

/** Objects that intents would write otherwise, but for routes, of which a comparison tells whether they do the same. */
export function unlikeIn({ intents }: DraftRound, { manifests }: Compilation, { settings, checked }: ImportTask): Kept {
  const home = settings.namespace ?? checked.mesh.home;
  const spelling = { home, clusterDomain: settings.clusterDomain, labels: settings.labels };
  const keyOf = ({ kind, name, namespace = home }: Pick<Manifest, 'kind' | 'name' | 'namespace'>) => `${kind} ${namespace}/${name}`;
  const rendered = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const owner = ownerKey(manifest.owner);
    rendered.set(owner, [...(rendered.get(owner) ?? []), manifest]);
  }
  const kept = new Map<Manifest, Diagnostic>();
  for (const draft of intents.filter(({ replaces }) => replaces.length > 0)) {
    const own = rendered.get(ownerKey(draft)) ?? [];
    const wanted = new Set(draft.replaces.map(keyOf));
    const added = own.find((manifest) => !wanted.has(keyOf(manifest)));
    for (const manifest of draft.replaces) {
      const twin = own.find((one) => keyOf(one) === keyOf(manifest));
      const likeness: Likeness = twin === undefined ? { kind: 'other', field: '/metadata/name' } : likenessOf(manifest, twin, spelling);
      if (likeness.kind === 'other') kept.set(manifest, unlike(manifest, draft, likeness.field));
      else if (added !== undefined && added.kind === 'VirtualService' && manifest.kind === 'VirtualService')
        kept.set(manifest, unlike(manifest, draft, '/metadata/name'));
    }
    const [first] = draft.replaces;
    if (added !== undefined && first !== undefined && !draft.replaces.some((manifest) => kept.has(manifest)))
      for (const manifest of draft.replaces) kept.set(manifest, unlike(manifest, draft, '/metadata/name'));
  }
  return kept;
}

/** Objects of intents that a change for requests comes from; where that is not known, all that are not written just alike. */
export function answeredOtherwise({ intents }: DraftRound, { traffic, changes }: Comparison): Kept {
  const kept = new Map<Manifest, Diagnostic>();
  if (traffic.length === 0) return kept;
  const updated = new Set(changes.filter(({ action }) => action !== 'unchanged').map(({ id }) => id));
  const keep = (wanted: ReadonlySet<string>, requests: string): void => {
    for (const draft of intents)
      for (const manifest of draft.replaces.filter((one) => wanted.has(manifestId(one)) && updated.has(manifestId(one))))
        kept.set(
          manifest,
          diagnose(answeredAlike, {
            params: { object: manifestId(manifest), requests, intent: titleOf(draft) },
            at: placeOf(manifest, '/metadata/name'),
          }),
        );
  };
  for (const { name, port, classes } of traffic)
    keep(new Set(classes.flatMap(({ causes }) => causes.map(({ manifest }) => manifest))), `requests for ${name}:${port}`);
  if (kept.size === 0) keep(updated, 'some requests');
  return kept;
}

/** An object that an intent writes otherwise, or that it does not write, or only beside another. */
function unlike(manifest: Manifest, draft: DraftIntent, field: Pointer): Diagnostic {
  const named = field === '/metadata/name' ? {} : { field: fieldText(field) };
  const params = { object: manifestId(manifest), ...named, intent: titleOf(draft) };
  return diagnose(writtenAlike, { params, at: placeOf(manifest, field) });
}

/** The place of a field, or of the nearest above it that was written. */
function placeOf({ body, owner }: Manifest, field: Pointer): Place | undefined {
  const { at } = owner.origin;
  if (at === undefined) return undefined;
  let pointer = field;
  while (pointer !== '' && valueAt(body, pointer) === undefined) pointer = parentPointer(pointer);
  return { ...at, pointer: `${at.pointer}${pointer}` };
}

/** '/spec/http/0/timeout' → 'spec.http[0].timeout' */
function fieldText(field: Pointer): string {
  return pointerSegments(field).reduce(
    (text, part) => (/^\d+$/.test(part) ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

function ownerKey({ kind, name, namespace }: { readonly kind: string; readonly name: string; readonly namespace?: string }): string {
  return `${kind} ${namespace ?? ''}/${name}`;
}

function titleOf({ kind, name }: DraftIntent): string {
  return `${kind} ${name}`;
}

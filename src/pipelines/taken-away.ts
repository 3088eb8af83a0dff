/**
 * One of the pages: which of an engine's objects are written no more.
 *
 *   files as they were, files as they shall be ──parse──▶ names ──▶ findings
 *
 * Pure like the others.
 */
import { ownerTakenAway } from '../deploy/diagnostics.ts';
import { engines } from '../deploy/engines.ts';
import { parseManifests } from '../document/parse-manifests.ts';
import { type Diagnostic, diagnose } from '../model/diagnostic.ts';
import { type Json, listOr, objectOr } from '../model/json.ts';
import type { FileTree } from '../model/source.ts';

/** An object that applies a folder. */
interface Owner {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** A finding for each Application or Kustomization that files named before and do not name now. */
export function takenAway(before: FileTree, after: FileTree): readonly Diagnostic[] {
  const named = new Set(ownersIn(after).map(keyOf));
  return ownersIn(before)
    .filter((owner) => !named.has(keyOf(owner)))
    .map(({ kind, name, namespace }) => {
      const words = engines.find(({ ownerKind }) => ownerKind === kind)?.deletion(name, namespace);
      return diagnose(ownerTakenAway, { params: { kind, name }, hints: words === undefined ? [] : [words] });
    });
}

function keyOf({ kind, name, namespace }: Owner): string {
  return `${kind} ${namespace}/${name}`;
}

/** An ApplicationSet stands for those that it makes; the kustomization that lists the files has no name. */
function ownersIn(files: FileTree): readonly Owner[] {
  return [...files].flatMap(([path, text]) =>
    parseManifests(path, text, () => false).documents.flatMap(({ value: { kind, metadata, spec } }): readonly Owner[] => {
      const { name, namespace } = objectOr(metadata);
      if (typeof name !== 'string' || typeof namespace !== 'string') return [];
      if (kind === 'ApplicationSet') return elementNames(spec).map((element) => ({ kind: 'Application', name: element, namespace }));
      const owner = engines.find(({ ownerKind }) => ownerKind === kind);
      return owner === undefined ? [] : [{ kind: owner.ownerKind, name, namespace }];
    }),
  );
}

function elementNames(spec: Json | undefined): readonly string[] {
  const elements = listOr(objectOr(spec).generators).flatMap((generator) => listOr(objectOr(objectOr(generator).list).elements));
  return elements.flatMap((element) => {
    const { name } = objectOr(element);
    return typeof name === 'string' ? [name] : [];
  });
}

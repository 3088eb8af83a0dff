import { type IstioKind, istioKinds } from '../mesh/istio-kinds.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { rememberedByReads } from '../model/recorded-reads.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import { type ManifestRule, type ObjectCheck, toldOf } from './manifest-rule.ts';

/** What one rule found in one object. */
interface Found {
  readonly rule: ManifestRule;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The rules of a set in their order, which is the order people read their findings in. What is said of an object is found out once, in
 * however many meshes everything is the same that it was found out from; and so is what a rule says that looks at many.
 */
export function runManifestRules(rules: readonly ManifestRule[], mesh: Mesh): readonly Diagnostic[] {
  const found = new Map<ManifestRule, Diagnostic[]>();
  for (const kind of istioKinds) {
    const judges = judgesOf(rules).get(kind) ?? [];
    for (const object of mesh.ofKind(kind)) {
      if (!object.wellFormed) continue;
      for (const judge of judges) {
        for (const { rule, diagnostics } of judge(object, mesh)) found.set(rule, [...(found.get(rule) ?? []), ...diagnostics]);
      }
    }
  }
  return rules.flatMap((rule) => (rule.byObject === undefined ? checked(rule, mesh) : toldOf(rule.byObject, found.get(rule) ?? [])));
}

const checked = rememberedByReads((rule: ManifestRule, mesh: Mesh) => rule.check(mesh));

type Judge = (object: MeshObject, mesh: Mesh) => readonly Found[];

/** Rules that look at an object alone are asked apart from those with an eye on the others: what changes beside it is nothing to them. */
const judgesOf = rememberedFor((rules: readonly ManifestRule[]): ReadonlyMap<IstioKind, readonly Judge[]> => {
  const judges = (kind: IstioKind, sees: ObjectCheck['sees']): readonly Judge[] => {
    const own = rules.filter(({ byObject }) => byObject?.sees === sees && byObject.reads.includes(kind));
    return own.length === 0 ? [] : [rememberedByReads((object: MeshObject, mesh: Mesh) => foundBy(own, object, mesh))];
  };
  return new Map(istioKinds.map((kind) => [kind, [...judges(kind, 'itself'), ...judges(kind, 'others')]]));
});

function foundBy(rules: readonly ManifestRule[], object: MeshObject, mesh: Mesh): readonly Found[] {
  const found: Found[] = [];
  for (const rule of rules) {
    const diagnostics = rule.byObject?.check(object, mesh) ?? [];
    if (diagnostics.length > 0) found.push({ rule, diagnostics });
  }
  return found;
}

import { type IstioKind, istioKinds } from '../mesh/istio-kinds.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Environment } from '../model/environment.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { AroundObject, ManifestRule } from './manifest-rule.ts';

/** What one rule found in one object. */
interface Found {
  readonly rule: ManifestRule;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The rules of a set in their order, which is the order people read their findings in. What is said of an object by itself is found out
 * once, in however many meshes of the environment the object is.
 */
export function runManifestRules(rules: readonly ManifestRule[], mesh: Mesh): readonly Diagnostic[] {
  const found = new Map<ManifestRule, Diagnostic[]>();
  for (const kind of istioKinds) {
    const own = byKind(rules).get(kind) ?? [];
    for (const object of mesh.ofKind(kind)) {
      if (!object.wellFormed) continue;
      for (const { rule, diagnostics } of foundIn(object, own, mesh)) found.set(rule, [...(found.get(rule) ?? []), ...diagnostics]);
    }
  }
  return rules.flatMap((rule) => (rule.byObject === undefined ? rule.check(mesh) : (found.get(rule) ?? [])));
}

const byKind = rememberedFor((rules: readonly ManifestRule[]): ReadonlyMap<IstioKind, readonly ManifestRule[]> => {
  return new Map(istioKinds.map((kind) => [kind, rules.filter(({ byObject }) => byObject?.reads.includes(kind) === true)]));
});

interface Judged {
  readonly environment: Environment;
  readonly rules: readonly ManifestRule[];
  readonly found: readonly Found[];
}

const judgedBefore = new WeakMap<MeshObject, Judged>();

function foundIn(object: MeshObject, rules: readonly ManifestRule[], around: AroundObject): readonly Found[] {
  const before = judgedBefore.get(object);
  if (before !== undefined && before.environment === around.environment && before.rules === rules) return before.found;
  const found: Found[] = [];
  for (const rule of rules) {
    const diagnostics = rule.byObject?.check(object, around) ?? [];
    if (diagnostics.length > 0) found.push({ rule, diagnostics });
  }
  judgedBefore.set(object, { environment: around.environment, rules, found });
  return found;
}

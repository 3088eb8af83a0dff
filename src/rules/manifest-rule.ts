import type { IstioKind } from '../mesh/istio-kinds.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { type Diagnostic, type DiagnosticDefinition, diagnose } from '../model/diagnostic.ts';
import type { Pointer } from '../model/pointer.ts';
import type { Place } from '../model/source.ts';
import type { Rule } from './rule.ts';

/** Where in an object a finding is, and what to say beside it. */
export interface Finding<P> {
  readonly params: P;
  /** Into `spec` in today's spelling: '/http/0/timeout'. '' = the object itself. */
  readonly pointer: Pointer;
  /** `pointer` leads into the whole body as it is written instead: '/metadata/name'. */
  readonly within?: 'body';
  /** The key of the map entry there instead of its value. */
  readonly part?: 'key';
  readonly related?: readonly { readonly message: string; readonly at: Place | undefined }[];
  readonly hints?: readonly string[];
}

interface Meshes {
  readonly from?: number;
  readonly to?: number;
}

export interface MeshRuleSource<P> extends DiagnosticDefinition<P> {
  /** The kinds that it looks at. */
  readonly reads: readonly IstioKind[];
  /** Minors of the mesh for which the obligation holds; all where not given. */
  readonly meshes?: Meshes;
  readonly check: (mesh: Mesh, report: (object: MeshObject, finding: Finding<P>) => void) => void;
}

/** What a rule about one object by itself may know besides: whatever other objects there are is none of its business. */
export type AroundObject = Pick<Mesh, 'environment'>;

export interface ObjectRuleSource<P, Around = AroundObject> extends Omit<MeshRuleSource<P>, 'check'> {
  /** A word of an intent may stand in several objects, and is wrong in all of them: then it is told of at the first alone. */
  readonly told?: 'once per place';
  readonly check: (object: MeshObject, report: (finding: Finding<P>) => void, around: Around) => void;
}

export interface ManifestRule extends Rule<Mesh> {
  /** Where it looks at one object at a time: what it finds there, of an object whose shape is right. */
  readonly byObject?: ObjectCheck;
}

export interface ObjectCheck {
  readonly reads: readonly IstioKind[];
  /** Whether it looks at the others beside it as well. */
  readonly sees: 'itself' | 'others';
  readonly told: 'once per place' | undefined;
  readonly check: (object: MeshObject, mesh: Mesh) => readonly Diagnostic[];
}

/** A rule about objects as they stand beside one another. */
export function defineMeshRule<P>({ check, reads: _reads, meshes, ...definition }: MeshRuleSource<P>): ManifestRule {
  return {
    definition,
    check: (mesh) => {
      const found: Diagnostic[] = [];
      if (holdsFor(meshes, mesh)) check(mesh, (object, finding) => found.push(diagnosed(definition, object, finding)));
      return found;
    },
  };
}

/** A rule about one object at a time, with an eye on the others; it sees those whose shape is right. */
export function defineObjectInMeshRule<P>(source: ObjectRuleSource<P, Mesh>): ManifestRule {
  return objectRule(source, 'others');
}

/** A rule about one object by itself; it sees those whose shape is right. */
export function defineObjectRule<P>(source: ObjectRuleSource<P>): ManifestRule {
  return objectRule(source, 'itself');
}

function objectRule<P>({ check, reads, meshes, told, ...definition }: ObjectRuleSource<P, Mesh>, sees: ObjectCheck['sees']): ManifestRule {
  const checkOne: ObjectCheck['check'] = (object, mesh) => {
    const found: Diagnostic[] = [];
    if (holdsFor(meshes, mesh)) check(object, (finding) => found.push(diagnosed(definition, object, finding)), mesh);
    return found;
  };
  return {
    definition,
    byObject: { reads, sees, told, check: checkOne },
    check: (mesh) =>
      toldOf(
        { told },
        soundObjects(mesh, reads).flatMap((object) => checkOne(object, mesh)),
      ),
  };
}

/** What is told of all that was found in objects. */
export function toldOf({ told }: Pick<ObjectCheck, 'told'>, found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (told === undefined || found.length < 2) return found;
  const first = new Map<string, Diagnostic>();
  for (const one of found) {
    const place = JSON.stringify(one.at);
    if (!first.has(place)) first.set(place, one);
  }
  return [...first.values()];
}

function holdsFor({ from = 0, to = Number.MAX_SAFE_INTEGER }: Meshes = {}, { environment }: AroundObject): boolean {
  const { minor } = environment.istio;
  return minor >= from && minor <= to;
}

function soundObjects(mesh: Mesh, kinds: readonly IstioKind[]): readonly MeshObject[] {
  return kinds.flatMap((kind) => mesh.ofKind(kind).filter(({ wellFormed }) => wellFormed));
}

function diagnosed<P>(definition: DiagnosticDefinition<P>, object: MeshObject, finding: Finding<P>): Diagnostic {
  const { params, pointer, within, part, related = [], hints = [] } = finding;
  const at = placeOf(object, pointer, within, part);
  const others = related.flatMap(({ message, at: place }) => (place === undefined ? [] : [{ message, at: place }]));
  return diagnose(definition, { params, at, related: others, hints });
}

function placeOf(object: MeshObject, pointer: Pointer, within: 'body' | undefined, part: 'key' | undefined): Place | undefined {
  if (within === 'body') return object.atBody(pointer, part);
  return pointer === '' ? object.atBody('/spec', 'key') : object.at(pointer, part);
}

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

export interface MeshRuleSource<P> extends DiagnosticDefinition<P> {
  /** The kinds that it looks at. */
  readonly reads: readonly IstioKind[];
  /** Minors of the mesh for which the obligation holds; all where not given. */
  readonly meshes?: { readonly from?: number; readonly to?: number };
  readonly check: (mesh: Mesh, report: (object: MeshObject, finding: Finding<P>) => void) => void;
}

export interface ObjectRuleSource<P> extends Omit<MeshRuleSource<P>, 'check'> {
  readonly check: (object: MeshObject, report: (finding: Finding<P>) => void, mesh: Mesh) => void;
}

export interface ManifestRule extends Rule<Mesh> {
  /** Whether it looks at one object at a time. */
  readonly byObject: boolean;
}

/** A rule about objects as they stand beside one another. */
export function defineMeshRule<P>({ check, reads: _reads, meshes = {}, ...definition }: MeshRuleSource<P>): ManifestRule {
  const { from = 0, to = Number.MAX_SAFE_INTEGER } = meshes;
  return {
    definition,
    byObject: false,
    check: (mesh) => {
      const found: Diagnostic[] = [];
      const { minor } = mesh.environment.istio;
      if (minor >= from && minor <= to) check(mesh, (object, finding) => found.push(diagnosed(definition, object, finding)));
      return found;
    },
  };
}

/** A rule about one object by itself; it sees those whose shape is right. */
export function defineObjectRule<P>({ check, ...source }: ObjectRuleSource<P>): ManifestRule {
  return {
    ...defineMeshRule<P>({
      ...source,
      check: (mesh, report) => {
        for (const kind of source.reads) {
          for (const object of mesh.ofKind(kind)) if (object.wellFormed) check(object, (finding) => report(object, finding), mesh);
        }
      },
    }),
    byObject: true,
  };
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

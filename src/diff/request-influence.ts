import { hostWithin } from '../istio/host.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import type { Manifest } from '../model/manifest.ts';
import type { RequestSource } from '../model/routing.ts';
import { gatewayHomes, hostsLedTo, policySubjects, type SubjectIndex, subjectsBehind } from './influence.ts';
import type { ChangedObject } from './partial-objects.ts';
import type { RequestContext } from './request-contexts.ts';
import { isSidecarFor } from './sidecar-callers.ts';
import { hopsOf } from './through-hops.ts';

/**
 * The changes that may have a say in what becomes of a request, by their index: whichever of the others are applied, it is answered alike.
 * That is what is about its host and its gateways, about all that VirtualServices for it lead to in either mesh, and about its caller.
 */
export function requestInfluence(
  changes: readonly ChangedObject[],
  meshes: readonly Mesh[],
  index: SubjectIndex,
): (context: RequestContext) => readonly number[] {
  const inMesh = new Map<Manifest | undefined, readonly [MeshObject, Mesh]>(
    meshes.flatMap((mesh) => mesh.objects.map((object) => [object.manifest, [object, mesh] as const])),
  );
  const versions = changes.map(({ before, after }): readonly (readonly [MeshObject, Mesh])[] =>
    [before, after].flatMap((one) => {
      const known = inMesh.get(one);
      return known === undefined ? [] : [known];
    }),
  );
  const everyone = new Set([...index.wide, ...entriesThatDecide(changes, meshes)]);
  const sidecars = [...new Set(meshes.flatMap((mesh) => mesh.shown('Sidecar')))];
  const leading = versions.map((all) =>
    all.flatMap(([object, mesh]) => (object.kind === 'VirtualService' ? hostsLedTo(object, mesh) : [])),
  );
  const behind = new Map<MeshObject, readonly string[]>();
  const reached = (object: MeshObject): readonly string[] => {
    const known = behind.get(object);
    if (known !== undefined) return known;
    const all = meshes.flatMap((mesh) => subjectsBehind(object, mesh));
    behind.set(object, all);
    return all;
  };
  return ({ request: { host, gateway, source }, deciders }) => {
    const subjects = [`host ${host.toLowerCase()}`, ...deciders.flatMap(reached)];
    const hosts = subjects.filter((one) => one.startsWith('host ')).map((one) => one.slice(5));
    const policies = meshes.flatMap((mesh) => [
      ...policySubjects(host.toLowerCase(), mesh),
      ...(gateway === undefined ? [] : gatewayHomes(gateway, mesh).map((home) => `policies ${home}`)),
    ]);
    // Where callers are led on by a gateway, those of the same pods have a say.
    const goesOn = gateway !== undefined || deciders.some((object) => hopsOf(object).length > 0);
    const doors = [...(goesOn ? ['gateways'] : []), ...(gateway === undefined ? [] : [`gateway ${gateway}`])];
    const found = new Set([...everyone, ...index.touching([...subjects, ...policies, ...doors])]);
    if (gateway === undefined && sidecars.some((one) => isFor(one, source, meshes))) {
      for (const i of index.sidecars) if (versions[i]?.some(([object]) => isFor(object, source, meshes)) === true) found.add(i);
      // What a Sidecar brings in brings in where it leads to.
      for (const [i, led] of leading.entries()) if (led.some((one) => hosts.some((other) => meet(one, other)))) found.add(i);
    }
    return [...found].sort((a, b) => a - b);
  };
}

function meet(a: string, b: string): boolean {
  return hostWithin(a, b) || hostWithin(b, a);
}

function isFor(object: MeshObject, source: RequestSource, meshes: readonly Mesh[]): boolean {
  return meshes.some(({ environment }) => isSidecarFor(object, source, environment.mesh.rootNamespace));
}

/** With the first ServiceEntry that is shown, what names no other shows is taken not to be there. */
function entriesThatDecide(changes: readonly ChangedObject[], meshes: readonly Mesh[]): readonly number[] {
  const staying = (mesh: Mesh): boolean => {
    const changed = new Set(changes.flatMap(({ before, after }) => [before, after]));
    return mesh.cluster.knowsAny('services') || mesh.shown('ServiceEntry').some(({ manifest }) => !changed.has(manifest));
  };
  if (meshes.every(staying)) return [];
  const updated = changes.some(({ before, after }) => before?.kind === 'ServiceEntry' && after?.kind === 'ServiceEntry');
  if (updated) return [];
  return changes.flatMap(({ before, after }, i) => ((before ?? after)?.kind === 'ServiceEntry' ? [i] : []));
}

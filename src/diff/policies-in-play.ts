import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr } from '../model/json.ts';
import { gatewayHomes, gatewaysOf, hostsLedTo, policySubjects } from './influence.ts';

/**
 * The AuthorizationPolicies that decide about requests which some objects are about: those that may select the pods where the objects
 * lead, at the gateways that they are bound to, and of the namespaces of policies among them; those of the root namespace are for all.
 */
export function policiesInPlay(meshes: readonly Mesh[]): (objects: readonly MeshObject[]) => readonly MeshObject[] {
  const all = [...new Set(meshes.flatMap((mesh) => mesh.shown('AuthorizationPolicy')))];
  if (all.length === 0) return () => [];
  const roots = new Set(meshes.map(({ environment }) => environment.mesh.rootNamespace));
  return (objects) => {
    const own = new Set(objects.flatMap(({ kind, namespace }) => (kind === 'AuthorizationPolicy' ? [namespace] : [])));
    const isWide = [...own].some((namespace) => roots.has(namespace));
    const homes = new Set(
      meshes.flatMap((mesh) => objects.flatMap((object) => gatewaysOf(object).flatMap((id) => gatewayHomes(id, mesh)))),
    );
    const hosts = new Set(meshes.flatMap((mesh) => objects.flatMap((object) => hostsAbout(object, mesh))));
    const pods = meshes.flatMap((mesh) =>
      [...hosts].map((host) => ({ subjects: policySubjects(host, mesh), labels: labelsOf(host, mesh) })),
    );
    return all.filter(({ namespace, spec }) => {
      if (isWide || own.has(namespace) || homes.has(namespace)) return true;
      const selector = objectOr(objectOr(spec.selector).matchLabels);
      const isHere = roots.has(namespace)
        ? () => true
        : (subjects: readonly string[]): boolean => subjects.includes(`policies ${namespace}`);
      return pods.some(({ subjects, labels }) => isHere(subjects) && maySelect(selector, labels));
    });
  };
}

function hostsAbout(object: MeshObject, mesh: Mesh): readonly string[] {
  const { kind, spec, namespace } = object;
  const written =
    kind === 'DestinationRule' ? [spec.host ?? ''] : kind === 'VirtualService' || kind === 'ServiceEntry' ? listOr(spec.hosts) : [];
  const named = written.map((host) => mesh.hosts.qualified(String(host), namespace).toLowerCase());
  return [...named, ...(kind === 'VirtualService' ? hostsLedTo(object, mesh) : [])];
}

/** Labels that all pods of a host have; pods may have more. */
function labelsOf(host: string, mesh: Mesh): JsonObject {
  return Object.assign({}, ...mesh.hosts.named(host).map(({ podLabels, selector }) => ({ ...podLabels, ...selector })));
}

function maySelect(selector: JsonObject, labels: JsonObject): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === undefined || labels[key] === value);
}

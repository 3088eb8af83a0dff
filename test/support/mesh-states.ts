import type { MeshState } from '../../src/diff/partial-states.ts';
import { passThrough } from '../../src/expand/pass-through.ts';
import { givenEnvironment } from '../../src/load/given-environment.ts';
import { loadManifests } from '../../src/load/manifests.ts';
import type { DeclaredService } from '../../src/mesh/known-hosts.ts';
import { buildMesh, noSurroundings } from '../../src/mesh/mesh.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import { buildRoutingTable } from '../../src/simulate/routing-table.ts';

/** A manifest as an object of the cluster has it. */
export function manifestOf(kind: string, name: string, spec: JsonObject, namespace = 'bookinfo'): Manifest {
  const group = kind === 'AuthorizationPolicy' ? 'security' : 'networking';
  const apiVersion = `${group}.istio.io/v1`;
  return {
    apiVersion,
    kind,
    name,
    namespace,
    body: { apiVersion, kind, metadata: { name, namespace }, spec },
    provenance: { slots: [], values: [], renames: [] },
    owner: { kind: 'manifests', name, origin: { kind: 'intent' } },
  };
}

/** Manifests out of YAML. */
export function manifestsIn(yaml: string): readonly Manifest[] {
  return passThrough(loadManifests(new Map([['a.yaml', yaml]])).value?.objects ?? [], (file) => file);
}

/** Services of the cluster, each on one HTTP port. */
export function servicesNamed(...names: readonly string[]): readonly DeclaredService[] {
  return names.map((name) => ({
    host: `${name}.bookinfo.svc.cluster.local`,
    namespace: 'bookinfo',
    ports: [{ number: 9080, name: 'http', protocol: 'HTTP' }],
  }));
}

/** Meshes of the namespace bookinfo with these services. */
export function statesWith(services: readonly DeclaredService[]): (manifests: readonly Manifest[]) => MeshState {
  const environment = givenEnvironment({ namespace: 'bookinfo' });
  return (manifests) => {
    const mesh = buildMesh(environment, manifests, { ...noSurroundings, services });
    return { mesh, decide: buildRoutingTable(mesh).decide };
  };
}

import { hostWithin, namespaceOfHost, qualifiedGateway } from '../istio/host.ts';
import { destinationsOf, routesOf } from '../istio/virtual-service-parts.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { MeshObject } from '../mesh/mesh-object.ts';
import { isObject, listOr, objectOr } from '../model/json.ts';
import { isUnsimulated } from './compare-objects.ts';
import type { ChangedObject } from './partial-objects.ts';

/** Objects that can influence one another's routes, by their index among the changes. Groups do not influence one another. */
export interface InfluenceGroups {
  readonly groups: readonly (readonly number[])[];
  /** The groups whose routes a VirtualService, changed or not, brings to a request. */
  readonly groupsOf: (object: MeshObject, mesh: Mesh) => readonly number[];
  /** The group of a change. */
  readonly groupOf: (change: number) => number;
}

/**
 * Two changed objects are connected where one VirtualService of either mesh, changed or not, leads a request by both: by its hosts, its
 * gateways, the VirtualServices that it delegates to and the hosts that these lead to. What decides for all callers of a namespace, such
 * as a Sidecar, is connected with everything.
 */
export function influenceGroups(changes: readonly ChangedObject[], meshes: readonly Mesh[], index: SubjectIndex): InfluenceGroups {
  const parents = changes.map((_, i) => i);
  const rootOf = (i: number): number => {
    const parent = parents[i] ?? i;
    if (parent === i) return i;
    const root = rootOf(parent);
    parents[i] = root;
    return root;
  };
  const connect = (touched: readonly number[]): void => {
    for (const one of touched.slice(1)) parents[rootOf(one)] = rootOf(touched[0] ?? one);
  };
  for (const touched of index.alike) connect(touched);
  for (const mesh of meshes) for (const object of mesh.shown('VirtualService')) connect(index.touching(subjectsReached(object, mesh)));
  const isWide = index.wide.length + index.sidecars.length > 0;
  if (isWide) connect(changes.map((_, i) => i));
  const roots = [...new Set(changes.map((_, i) => rootOf(i)))];
  const groupOf = (i: number): number => roots.indexOf(rootOf(i));
  const groups = roots.map((root) => changes.flatMap((_, i) => (rootOf(i) === root ? [i] : [])));
  return {
    groups,
    groupOf,
    groupsOf: (object, mesh) => (isWide ? [0] : [...new Set(index.touching(subjectsReached(object, mesh)).map((i) => groupOf(i)))]),
  };
}

/** What an object is about: 'host …', 'gateway …', 'delegate …'; undefined = everything. */
type Subjects = readonly string[] | undefined;

export interface SubjectIndex {
  /** Changes about any of them. */
  readonly touching: (subjects: readonly string[]) => readonly number[];
  /** Changes about one subject. */
  readonly alike: readonly (readonly number[])[];
  /** Changes about everything. */
  readonly wide: readonly number[];
  /** Changes of Sidecars: about everything that some callers see. */
  readonly sidecars: readonly number[];
}

export function subjectIndex(changes: readonly ChangedObject[], meshes: readonly Mesh[]): SubjectIndex {
  const bySubject = new Map<string, number[]>();
  const [wide, sidecars]: [number[], number[]] = [[], []];
  const policed: (readonly [number, readonly string[]])[] = [];
  const objects = new Map(meshes.flatMap((mesh) => mesh.objects.map((object) => [object.manifest, { object, mesh }] as const)));
  for (const [i, { before, after }] of changes.entries()) {
    for (const manifest of [before, after]) {
      const found = manifest === undefined ? undefined : objects.get(manifest);
      const acts = manifest !== undefined && !isUnsimulated(manifest);
      const subjects = !acts ? [] : found === undefined ? undefined : subjectsOf(found.object, found.mesh);
      if (manifest?.kind === 'Sidecar') sidecars.push(i);
      else if (subjects === undefined) wide.push(i);
      // What a rule or entry says of TLS and labels is part of what the policies at the destination see.
      if (found?.object.kind === 'DestinationRule' || found?.object.kind === 'ServiceEntry')
        policed.push([i, hostsNamed(found.object, found.mesh).flatMap((host) => policySubjects(host, found.mesh))]);
      for (const subject of subjects ?? []) bySubject.set(subject, [...new Set([...(bySubject.get(subject) ?? []), i])]);
    }
  }
  const wildcards = [...bySubject.keys()].filter((subject) => subject.startsWith('host *'));
  const touching = (subjects: readonly string[]): readonly number[] => {
    const met = new Set<number>();
    for (const subject of subjects) {
      const around = subject.startsWith('host *') ? [...bySubject.keys()] : wildcards;
      for (const other of [subject, ...around.filter((one) => meets(subject, one))]) for (const i of bySubject.get(other) ?? []) met.add(i);
    }
    return [...met];
  };
  const asked = policed.map(([i, subjects]) => [i, ...touching(subjects)]);
  return { touching, alike: [...bySubject.values(), ...wildcards.map((one) => touching([one])), ...asked], wide, sidecars };
}

function meets(a: string, b: string): boolean {
  if (!a.startsWith('host ') || !b.startsWith('host ')) return false;
  const [x, y] = [a.slice(5), b.slice(5)];
  return hostWithin(x, y) || hostWithin(y, x);
}

function subjectsOf(object: MeshObject, mesh: Mesh): Subjects {
  const { kind, spec, namespace, name } = object;
  const hostSubject = (host: unknown): string => `host ${mesh.hosts.qualified(String(host), namespace).toLowerCase()}`;
  switch (kind) {
    case 'VirtualService':
      return [...listOr(spec.hosts).map(hostSubject), `delegate ${namespace}/${name}`];
    case 'DestinationRule':
      return [hostSubject(spec.host)];
    case 'ServiceEntry':
      return listOr(spec.hosts).map(hostSubject);
    case 'Gateway':
      // Gateways of the same pods share their ports.
      return ['gateways', `gateway ${namespace}/${name}`];
    case 'AuthorizationPolicy':
      // What they refuse is refused at the destination: of their namespace, or of all where the mesh's root says so.
      return namespace === mesh.environment.mesh.rootNamespace ? undefined : [`policies ${namespace}`];
    case 'WorkloadGroup':
      return [`${kind} ${namespace}/${name}`];
    default:
      return undefined;
  }
}

/** The policies at a destination are those of its namespace. */
export function policySubjects(host: string, mesh: Mesh): readonly string[] {
  const namespace = namespaceOfHost(host, mesh.environment.clusterDomain);
  const homes = [...mesh.hosts.named(host).map((one) => one.namespace), ...(namespace === undefined ? [] : [namespace])];
  return [...new Set(homes)].map((home) => `policies ${home}`);
}

function hostsNamed({ spec, namespace }: MeshObject, mesh: Mesh): readonly string[] {
  const written = spec.host === undefined ? listOr(spec.hosts) : [spec.host];
  return written.map((host) => mesh.hosts.qualified(String(host), namespace).toLowerCase());
}

export function gatewayHomes(id: string, { gateways }: Mesh): readonly string[] {
  const answer = gateways.find(id, id.slice(0, Math.max(0, id.indexOf('/'))));
  const pods = answer.known === 'yes' ? gateways.podsOf(answer.gateway).map(({ namespace }) => namespace) : [];
  return [...new Set([id.split('/')[0] ?? '', ...pods])];
}

/** Everything that a request which a VirtualService takes may depend on. */
function subjectsReached(object: MeshObject, mesh: Mesh): readonly string[] {
  return [...(subjectsOf(object, mesh) ?? []), ...subjectsBehind(object, mesh)];
}

export function hostsLedTo(object: MeshObject, mesh: Mesh): readonly string[] {
  return destinationsOf(object.spec).map(({ destination }) =>
    mesh.hosts.qualified(String(destination.host), object.namespace).toLowerCase(),
  );
}

/** Where it leads, and what leads there. */
export function subjectsBehind(object: MeshObject, mesh: Mesh): readonly string[] {
  const hosts = [object, ...delegatesOf(object, mesh)].flatMap((one) => hostsLedTo(one, mesh));
  return [
    ...delegateNames(object).map((name) => `delegate ${name}`),
    ...gatewaysOf(object).map((name) => `gateway ${name}`),
    // Whoever enters by a gateway is asked by the policies of its pods.
    ...gatewaysOf(object).flatMap((name) => gatewayHomes(name, mesh).map((home) => `policies ${home}`)),
    ...hosts.map((host) => `host ${host}`),
    ...hosts.flatMap((host) => policySubjects(host, mesh)),
    ...(listOr(object.spec.hosts).length === 0 ? [`delegate ${object.namespace}/${object.name}`] : []),
  ];
}

/** 'namespace/name' of the VirtualServices that its routes name as delegates. */
export function delegateNames({ spec, namespace }: MeshObject): readonly string[] {
  return routesOf(spec, ['http']).flatMap(({ route }) => {
    if (!isObject(route.delegate)) return [];
    const { name, namespace: home = namespace } = objectOr(route.delegate);
    return [`${String(home)}/${String(name)}`];
  });
}

export function delegatesOf(object: MeshObject, mesh: Mesh): readonly MeshObject[] {
  const names = delegateNames(object);
  return names.length === 0 ? [] : mesh.shown('VirtualService').filter((one) => names.includes(`${one.namespace}/${one.name}`));
}

/** 'namespace/name' of the Gateways that it is bound to. */
export function gatewaysOf({ spec, namespace }: MeshObject): readonly string[] {
  return listOr(spec.gateways)
    .filter((name) => name !== 'mesh')
    .map((name) => qualifiedGateway(String(name), namespace));
}

import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { type Json, listOr, objectOr } from '../../../model/json.ts';
import { didYouMean } from '../../../model/names.ts';
import type { Pointer } from '../../../model/pointer.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { oncePerPlace } from './once-per-place.ts';
import { egressHosts } from './sidecar-egress.ts';

/**
 * A namespace that an object names should exist: in `exportTo` (Kiali's KIA0005), in sources of an AuthorizationPolicy (Istio:
 * analyzers/authz, IST0101), in hosts of Sidecars and Gateways, in a route's `sourceNamespace`. The Namespaces that the input shows are
 * taken for all once there are two and everything shown lives in one of them; with fewer only a name that is nearly one of them is told.
 * Nothing breaks by such a name alone, so this is a warning.
 */
export const namespaceExists = defineMeshRule<{ id: string; namespace: string }>({
  code: 'MS5725',
  name: 'namespace-exists',
  severity: 'warning',
  alias: 'IST0101',
  summary: ({ id, namespace }) =>
    namespace.includes('*')
      ? `${id} names namespaces by \`${namespace}\`, and there is none of such a name`
      : `${id} names the namespace \`${namespace}\`, which does not exist`,
  why: 'What is said of a namespace that does not exist holds for nobody, and those who were meant are left out.',
  fix: 'Name an existing namespace, or create this one first.',
  since: '0.1.0',
  reads: ['VirtualService', 'DestinationRule', 'ServiceEntry', 'Sidecar', 'Gateway', 'AuthorizationPolicy'],
  check(mesh, reportAll) {
    const report = oncePerPlace(reportAll);
    const known = mesh.cluster.namespaces;
    if (known.size === 0) return;
    const there = namespacesThere(mesh);
    const complete = known.size > 1 && [...there].every((namespace) => known.has(namespace) || isSystem(mesh, namespace));
    for (const object of mesh.objects) {
      if (!object.wellFormed) continue;
      for (const { namespace, pointer } of namespacesOf(object)) {
        if (isSystem(mesh, namespace) || isThere(namespace, there)) continue;
        const hints = namespace.includes('*') ? [] : didYouMean(namespace, there);
        if (complete || hints.length > 0) report(object, { params: { id: titleOf(object), namespace }, pointer, hints });
      }
    }
  },
});

interface NamedNamespace {
  readonly namespace: string;
  readonly pointer: Pointer;
}

/** The namespaces that an object names beside its own; in sources of an AuthorizationPolicy also the beginnings and ends of names. */
function namespacesOf(object: MeshObject): readonly NamedNamespace[] {
  const { kind, spec } = object;
  const exported = named(spec.exportTo, '/exportTo');
  const found =
    kind === 'AuthorizationPolicy'
      ? sourceNamespaces(object)
      : kind === 'Sidecar'
        ? egressHosts(object)
        : kind === 'Gateway'
          ? serverNamespaces(object)
          : [];
  const callers = kind === 'VirtualService' ? callerNamespaces(object) : [];
  return [...exported, ...found, ...callers].filter(({ namespace }) => namespace !== '' && namespace !== '*' && !/[.~]/.test(namespace));
}

function isThere(namespace: string, there: ReadonlySet<string>): boolean {
  if (namespace.startsWith('*')) return [...there].some((one) => one.endsWith(namespace.slice(1)));
  if (namespace.endsWith('*')) return [...there].some((one) => one.startsWith(namespace.slice(0, -1)));
  return there.has(namespace);
}

function sourceNamespaces({ spec }: MeshObject): readonly NamedNamespace[] {
  return listOr(spec.rules).flatMap((rule, i) =>
    listOr(objectOr(rule).from).flatMap((from, j) => {
      const { namespaces, notNamespaces } = objectOr(objectOr(from).source);
      const place = `/rules/${i}/from/${j}/source`;
      return [...named(namespaces, `${place}/namespaces`), ...named(notNamespaces, `${place}/notNamespaces`)];
    }),
  );
}

function serverNamespaces({ spec }: MeshObject): readonly NamedNamespace[] {
  return listOr(spec.servers).flatMap((server, i) =>
    listOr(objectOr(server).hosts).flatMap((host, j) => {
      const [namespace = '', name] = String(host).split('/');
      return name === undefined ? [] : [{ namespace, pointer: `/servers/${i}/hosts/${j}` }];
    }),
  );
}

function callerNamespaces({ spec }: MeshObject): readonly NamedNamespace[] {
  return routesOf(spec).flatMap((part) =>
    matchesOf(part).flatMap(({ match, pointer }) =>
      typeof match.sourceNamespace === 'string' ? [{ namespace: match.sourceNamespace, pointer: `${pointer}/sourceNamespace` }] : [],
    ),
  );
}

function named(list: Json | undefined, pointer: Pointer): readonly NamedNamespace[] {
  return listOr(list).map((namespace, i) => ({ namespace: String(namespace), pointer: `${pointer}/${i}` }));
}

/** Namespaces that the input shows: as such, or because something stands in them. */
function namespacesThere({ cluster, objects, home }: Mesh): ReadonlySet<string> {
  const living = [...objects, ...cluster.services, ...cluster.workloads].map(({ namespace }) => namespace);
  return new Set([...cluster.namespaces.keys(), ...living.filter((namespace) => namespace !== home || cluster.namespaces.has(home))]);
}

/** Namespaces that no repository declares, because a cluster or Istio comes with them. */
function isSystem({ environment, home }: Mesh, namespace: string): boolean {
  return namespace === 'default' || namespace === home || namespace === environment.mesh.rootNamespace || namespace.startsWith('kube-');
}

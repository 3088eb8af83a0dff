import { matchesOf, type RoutePart, routesOf } from '../../../istio/virtual-service-parts.ts';
import { isPlaced } from '../../../mesh/known-namespace.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { selects, type Workload } from '../../../mesh/workloads.ts';
import { listOr, objectOr } from '../../../model/json.ts';
import { joinPointer, type Pointer } from '../../../model/pointer.ts';
import { defineMeshRule } from '../../manifest-rule.ts';

/**
 * A route by a claim of a token needs a RequestAuthentication on the gateway's pods, which verifies the token and hands its claims on
 * (Istio: analyzers/virtualservice/jwtclaimroute.go). A warning, because one may be kept where the input does not look.
 */
export const claimsAreVerified = defineMeshRule<{ id: string; claim: string; gateway: string; pods: string }>({
  code: 'MS5726',
  name: 'claims-are-verified',
  severity: 'warning',
  alias: 'IST0149',
  summary: ({ id, claim, gateway, pods }) =>
    `${id} routes by \`${claim}\`, but no RequestAuthentication holds for the pods of the gateway ${gateway} (${pods})`,
  why: 'Without one the gateway reads no token, so the condition is never met: requests go to the routes behind it.',
  fix: "Write a RequestAuthentication that selects the gateway's pods, in their namespace or the root namespace.",
  since: '0.1.0',
  reads: ['VirtualService', 'Gateway', 'RequestAuthentication'],
  meshes: { from: 12 },
  check(mesh, report) {
    for (const object of mesh.ofKind('VirtualService')) {
      const [first] = object.wellFormed ? claimsOf(object) : [];
      if (first === undefined) continue;
      for (const reference of listOr(object.spec.gateways)) {
        const answer = reference === 'mesh' ? undefined : mesh.gateways.find(String(reference), object.namespace);
        if (answer?.known !== 'yes') continue;
        const bare = mesh.gateways.podsOf(answer.gateway).find((pod) => !isVerified(mesh, pod));
        if (bare === undefined) continue;
        const params = { id: titleOf(object), claim: first.claim, gateway: answer.gateway.id, pods: `${bare.namespace}/${bare.name}` };
        report(object, { params, pointer: first.pointer, part: 'key' });
        break;
      }
    }
  },
});

function claimsOf({ spec }: MeshObject): readonly { readonly claim: string; readonly pointer: Pointer }[] {
  return routesOf(spec, ['http']).flatMap((part: RoutePart) =>
    matchesOf(part).flatMap(({ match, pointer }) =>
      (['headers', 'withoutHeaders'] as const).flatMap((word) =>
        Object.keys(objectOr(match[word]))
          .filter((name) => name.toLowerCase().startsWith('@request.auth.claims'))
          .map((claim) => ({ claim, pointer: joinPointer(pointer, word, claim) })),
      ),
    ),
  );
}

function isVerified(mesh: Mesh, pod: Workload): boolean {
  const { rootNamespace } = mesh.environment.mesh;
  return mesh.shown('RequestAuthentication').some((policy) => {
    const { namespace, spec } = policy;
    const isThere = namespace === pod.namespace || namespace === rootNamespace || !pod.placed || !isPlaced(policy, mesh);
    if (!isThere) return false;
    const isForOthers = spec.targetRef !== undefined || listOr(spec.targetRefs).length > 0;
    return !isForOthers && selects(objectOr(objectOr(spec.selector).matchLabels), pod.labels);
  });
}

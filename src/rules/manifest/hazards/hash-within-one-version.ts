import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type JsonObject, objectOr } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { blockFor, hasBlock, hostKey, rulesOfHosts } from './rules-of-hosts.ts';
import { divisionsOf, living } from './shares.ts';

/**
 * A weighted route draws a version for each request, and only then does the hash pick among that version's pods (istio/istio#9764, #33343;
 * envoyproxy/envoy#8167). A route by cookie before it keeps users on their version.
 */
export const hashWithinOneVersion = defineMeshRule<{ id: string; host: string }>({
  code: 'MS5903',
  name: 'hash-within-one-version',
  severity: 'warning',
  summary: ({ id, host }) =>
    `${id} divides ${host} by weight, so the \`consistentHash\` of its load balancer does not keep users on one version`,
  why: 'The weights are drawn anew for every request, whatever the hash; only among the pods of the version that was drawn does it decide.',
  fix: 'Route by a cookie or a header to each version before the weighted route, or leave one of the two out.',
  since: '0.1.0',
  reads: ['VirtualService', 'DestinationRule'],
  check(mesh, report) {
    const rules = rulesOfHosts(mesh, (spec) => hasBlock(spec, 'loadBalancer'));
    if (rules.size === 0) return;
    for (const object of mesh.ofKind('VirtualService')) {
      if (!object.wellFormed || pinsByCookie(object.spec)) continue;
      for (const { shares } of divisionsOf(object.spec)) {
        const [first, second] = living(shares);
        if (first === undefined || second === undefined) continue;
        const host = hostKey(mesh, first.destination.host, object);
        const alike = living(shares).every(({ destination }) => hostKey(mesh, destination.host, object) === host);
        const hash = alike ? hashOf(rules.get(host)?.map(({ spec }) => spec) ?? [], first.destination.subset) : undefined;
        if (hash === undefined) continue;
        const rule = rules.get(host)?.[hash.index];
        const related = [{ message: 'the hash', at: rule?.at(hash.pointer) }];
        report(object, { params: { id: titleOf(object), host }, pointer: `${second.pointer}/weight`, related });
        break;
      }
    }
  },
});

function hashOf(specs: readonly JsonObject[], subset: JsonObject[string] | undefined) {
  for (const [index, spec] of specs.entries()) {
    const block = blockFor(spec, subset, 'loadBalancer');
    if (isObject(block?.value.consistentHash)) return { index, pointer: `${block.pointer}/consistentHash` };
  }
  return undefined;
}

function pinsByCookie(spec: JsonObject): boolean {
  return routesOf(spec, ['http']).some((part) =>
    matchesOf(part).some(({ match }) => Object.keys(objectOr(match.headers)).some((name) => name.toLowerCase() === 'cookie')),
  );
}

import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type JsonObject, objectOr } from '../../../model/json.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { blockFor, hostKey, rulesOfHosts } from './rules-of-hosts.ts';
import { divisionsOf, living } from './shares.ts';

/**
 * A weighted route draws a version for each request, and only then does the hash pick among that version's pods (istio/istio#9764, #33343;
 * envoyproxy/envoy#8167). A route by cookie before it keeps users on their version.
 */
export const hashWithinOneVersion = defineObjectInMeshRule<{ id: string; host: string }>({
  code: 'MS5903',
  name: 'hash-within-one-version',
  severity: 'warning',
  summary: ({ id, host }) =>
    `${id} divides ${host} by weight, so the \`consistentHash\` of its load balancer does not keep users on one version`,
  why: 'The weights are drawn anew for every request, whatever the hash; only among the pods of the version that was drawn does it decide.',
  fix: 'Route by a cookie or a header to each version before the weighted route, or leave one of the two out.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    if (pinsByCookie(object.spec)) return;
    for (const { shares } of divisionsOf(object.spec)) {
      const [first, second] = living(shares);
      if (first === undefined || second === undefined) continue;
      const host = hostKey(mesh, first.destination.host, object);
      const alike = living(shares).every(({ destination }) => hostKey(mesh, destination.host, object) === host);
      const rules = alike ? rulesOfHosts(mesh).about(host) : [];
      const hash = hashOf(
        rules.map(({ spec }) => spec),
        first.destination.subset,
      );
      if (hash === undefined) continue;
      const related = [{ message: 'the hash', at: rules[hash.index]?.at(hash.pointer) }];
      report({ params: { id: titleOf(object), host }, pointer: `${second.pointer}/weight`, related });
      break;
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

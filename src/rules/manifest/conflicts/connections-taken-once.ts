import { type RouteList, routesOf } from '../../../istio/virtual-service-parts.ts';
import { isHandWritten, type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { type JsonObject, listOr, objectOr, stableJson } from '../../../model/json.ts';
import { defineMeshRule } from '../../manifest-rule.ts';
import { type GatewayBinding, gatewayBindings, holdsOn } from './gateway-bindings.ts';
import { sameObject } from './same-object.ts';

/**
 * On a gateway the oldest VirtualService with a matching tcp route takes all connections of a server (Istio: gateway.go
 * buildGatewayNetworkFiltersFromTCPRoutes), and of two tls routes for one SNI name the later is skipped (…FromTLSRoutes). Among intents:
 * `no-overlapping-exposures`.
 */
export const connectionsTakenOnce = defineMeshRule<{ id: string; other: string; what: string; gateway: string }>({
  code: 'MS5809',
  name: 'connections-taken-once',
  severity: 'error',
  summary: ({ id, other, what, gateway }) => `${id} and ${other} both take ${what} on the gateway ${gateway}`,
  why: 'The older one gets all of these connections and the other none; which is older, git does not know.',
  fix: 'Keep one of the routes, or give each a port or an SNI name of its own.',
  since: '0.1.0',
  reads: ['VirtualService', 'Gateway'],
  check(mesh, report) {
    const taken = new Map<string, Claim>();
    const reported = new Set<string>();
    for (const claim of gatewayBindings(mesh).flatMap(claimsOf)) {
      const { object, key, what, gateway, pointer } = claim;
      const other = taken.get(key);
      if (other === undefined) taken.set(key, claim);
      else if (differ(claim, other) && !reported.has(`${titleOf(object)} ${titleOf(other.object)}`)) {
        reported.add(`${titleOf(object)} ${titleOf(other.object)}`);
        const params = { id: titleOf(object), other: titleOf(other.object), what, gateway };
        report(object, { params, pointer, related: [{ message: 'the other route', at: other.object.at(other.pointer) }] });
      }
    }
  },
});

interface Claim {
  readonly object: MeshObject;
  readonly gateway: string;
  readonly pointer: string;
  /** What two claims must share to be rivals. */
  readonly key: string;
  readonly what: string;
  readonly action: string;
}

function claimsOf(binding: GatewayBinding): readonly Claim[] {
  const { server } = binding;
  if (server === undefined) return [...tcpClaims(binding), ...tlsClaims(binding)];
  if (server.speaks === 'connections' || (server.protocol === 'TLS' && server.tls.mode !== 'PASSTHROUGH')) return tcpClaims(binding);
  return server.tls.mode === 'PASSTHROUGH' ? tlsClaims(binding) : [];
}

/** Of a Gateway that the input does not show, only what names a port. */
function tcpClaims(binding: GatewayBinding): readonly Claim[] {
  const { object, gateway, server } = binding;
  for (const { match, pointer, action } of alternatives(binding, 'tcp')) {
    const port = server?.port ?? match.port;
    if (typeof port !== 'number') continue;
    const key = `tcp ${gateway} ${server?.pointer ?? port}`;
    return [{ object, gateway, pointer, key, what: `the connections to port ${port}`, action }];
  }
  return [];
}

function tlsClaims(binding: GatewayBinding): readonly Claim[] {
  const { object, gateway, server } = binding;
  return alternatives(binding, 'tls').flatMap(({ match, pointer, action }) =>
    listOr(match.sniHosts).map((host, i): Claim => {
      const name = String(host).toLowerCase();
      const port = server?.port ?? match.port;
      const key = `tls ${gateway} ${server?.pointer ?? String(port)} ${name}`;
      const what = `TLS connections for ${name}${typeof port === 'number' ? ` on port ${port}` : ''}`;
      return { object, gateway, pointer: `${pointer}/sniHosts/${i}`, key, what, action };
    }),
  );
}

interface Alternative {
  readonly match: JsonObject;
  readonly pointer: string;
  readonly action: string;
}

function alternatives({ object, gateway, server }: GatewayBinding, list: RouteList): readonly Alternative[] {
  return routesOf(object.spec, [list]).flatMap(({ route, pointer }) => {
    const action = `${object.namespace} ${stableJson(route.route ?? null)}`;
    const matches = listOr(route.match).map((match, i) => ({ match: objectOr(match), pointer: `${pointer}/match/${i}`, action }));
    return (matches.length === 0 ? [{ match: {}, pointer, action }] : matches).filter(
      ({ match }) =>
        holdsOn(match.gateways, gateway, object.namespace) &&
        (server === undefined || match.port === undefined || match.port === 0 || match.port === server.port),
    );
  });
}

function differ(a: Claim, b: Claim): boolean {
  return !sameObject(a.object, b.object) && a.action !== b.action && (isHandWritten(a.object.manifest) || isHandWritten(b.object.manifest));
}

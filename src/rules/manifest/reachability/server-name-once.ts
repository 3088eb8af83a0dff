import type { Mesh } from '../../../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../../../mesh/mesh-object.ts';
import { listWords } from '../../../model/names.ts';
import { defineObjectInMeshRule } from '../../manifest-rule.ts';
import { type ConnectionMatch, connectionMatches, isAt, meetsAt, sharedSubnets, takersAt } from './connection-matches.ts';
import { matchTitle, routePlaces } from './route-words.ts';

/**
 * For the connections of one port, a server name stands in one tls match. Each match becomes a filter chain of the listener, of which
 * Envoy allows no two for the same: sidecars leave out a later match with just the same names and subnets (Istio:
 * pilot/pkg/networking/core/tls.go buildSidecarOutboundTLSFilterChainOpts), gateways one that has any name of an earlier one
 * (gateway.go buildGatewayNetworkFiltersFromTLSRoutes). A wildcard beside a name within it is no repetition: the longer name wins.
 */
export const serverNameOnce = defineObjectInMeshRule<{
  id: string;
  match: string;
  names: readonly string[];
  taker: string;
  outcome: string;
}>({
  code: 'MS5854',
  name: 'server-name-once',
  severity: 'warning',
  alias: 'IST0131',
  summary: ({ id, match, names, taker, outcome }) => `${match} of ${id} repeats ${listWords(names)} of ${taker}: ${outcome}`,
  why: 'Envoy takes no two filter chains for one server name: Istio leaves the later match out where it sees the repetition; where it does not, Envoy refuses the whole listener.',
  fix: 'Name each server in one match, or tell the matches apart by `port`, `gateways` or, in sidecars, `sourceLabels`.',
  since: '0.1.0',
  reads: ['VirtualService'],
  check(object, report, mesh) {
    for (const { match, earlier, names, outcome } of repetitions(object, mesh)) {
      const [name = ''] = names;
      report({
        params: { id: titleOf(object), match: matchTitle(match.part, match.pointer), names, taker: routePlaces([earlier]), outcome },
        pointer: `${match.pointer}/sniHosts/${match.names.indexOf(name)}`,
        related: [{ message: 'routed here', at: object.at(`${earlier.pointer}/sniHosts/${earlier.names.indexOf(name)}`) }],
      });
    }
  },
});

interface Repetition {
  readonly match: ConnectionMatch;
  readonly earlier: ConnectionMatch;
  readonly names: readonly string[];
  readonly outcome: string;
}

/** What earlier matches do to a later one; `null`, to one that no proxy of the kind has; undefined: nothing. */
type Effect = Omit<Repetition, 'match'> & { readonly sort: 'refused' | 'unused' | 'partly' };

function repetitions(object: MeshObject, mesh: Mesh): readonly Repetition[] {
  const atGateways = createNameIndex();
  const inSidecars = createNameIndex();
  return connectionMatches(object, mesh, 'tls').flatMap((match) => {
    const gateway = isAt(match, 'gateway') ? gatewayEffect(match, atGateways.sharing(match)) : null;
    const sidecar = isAt(match, 'sidecar') ? sidecarEffect(match, inSidecars.sharing(match)) : null;
    if (gateway === undefined || gateway?.sort === 'partly') atGateways.add(match);
    if (sidecar === undefined) inSidecars.add(match);
    const told = gravest([sidecar, gateway]);
    return told === undefined ? [] : [{ match, ...told }];
  });
}

/** A match that is of use somewhere, and does no harm elsewhere, is not told. */
function gravest(effects: readonly (Effect | undefined | null)[]): Effect | undefined {
  const known = effects.filter((effect) => effect !== undefined && effect !== null);
  const harmful = known.find(({ sort }) => sort === 'refused') ?? known.find(({ sort }) => sort === 'partly');
  return harmful ?? (effects.includes(undefined) ? undefined : known[0]);
}

/** Matches by their server names. */
function createNameIndex() {
  const byName = new Map<string, ConnectionMatch[]>();
  return {
    add: (match: ConnectionMatch): void => {
      for (const name of match.names) byName.set(name, [...(byName.get(name) ?? []), match]);
    },
    sharing: (match: ConnectionMatch): readonly ConnectionMatch[] => [...new Set(match.names.flatMap((name) => byName.get(name) ?? []))],
  };
}

function gatewayEffect(match: ConnectionMatch, before: readonly ConnectionMatch[]): Effect | undefined {
  const sharing = before.filter((earlier) => meetsAt(match, earlier, 'gateway'));
  const [earlier] = sharing;
  if (earlier === undefined) return undefined;
  const names = sharedNames(match, earlier);
  const lost = match.names.filter((name) => !sharing.some((other) => other.names.includes(name)));
  const outcome =
    lost.length === 0 ? 'no connection reaches it' : `gateways leave out the whole match, and have no route for ${listWords(lost)}`;
  if (takersAt(match, sharing, 'gateway').length > 0) return { sort: 'unused', earlier, names, outcome };
  return lost.length === 0 ? undefined : { sort: 'partly', earlier, names, outcome };
}

function sidecarEffect(match: ConnectionMatch, before: readonly ConnectionMatch[]): Effect | undefined {
  const alike = before.filter((earlier) => isAlike(match, earlier));
  const [same] = alike;
  if (same !== undefined && takersAt(match, alike, 'sidecar').length > 0)
    return { sort: 'unused', earlier: same, names: match.names, outcome: 'no connection reaches it' };
  const earlier = before.find((one) => !isAlike(match, one) && overlaps(match, one) && meetsAt(match, one, 'sidecar'));
  if (earlier === undefined) return undefined;
  return { sort: 'refused', earlier, names: sharedNames(match, earlier), outcome: 'sidecars refuse the listener that holds both' };
}

/** What Istio takes for the same: names and subnets, in their order. */
function isAlike(a: ConnectionMatch, b: ConnectionMatch): boolean {
  return a.names.join() === b.names.join() && a.subnets.join() === b.subnets.join();
}

function overlaps(a: ConnectionMatch, b: ConnectionMatch): boolean {
  return (a.subnets.length === 0 && b.subnets.length === 0) || sharedSubnets(a, b).length > 0;
}

function sharedNames(a: ConnectionMatch, b: ConnectionMatch): readonly string[] {
  return a.names.filter((name) => b.names.includes(name));
}

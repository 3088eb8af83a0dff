import { matchesOf, routesOf } from '../../../istio/virtual-service-parts.ts';
import { titleOf } from '../../../mesh/mesh-object.ts';
import { isObject, type Json, type JsonObject, listOr } from '../../../model/json.ts';
import { joinPointer, type Pointer } from '../../../model/pointer.ts';
import { defineObjectRule } from '../../manifest-rule.ts';
import { isDelegate } from './bindings.ts';

/**
 * Claims of a token are matched at gateways alone (Istio: validation.go ValidateVirtualService, from 1.12; a list with `mesh` beside
 * gateways passes up to 1.23).
 */
export const claimsAtGatewaysAlone = defineObjectRule<{ id: string; claim: string; where: string }>({
  code: 'MS5110',
  name: 'claims-at-gateways-alone',
  severity: 'error',
  summary: ({ id, claim, where }) => `${id} asks for the claim \`${claim}\` ${where}`,
  why: 'Sidecars know no claims, so Istio rejects the condition unless the VirtualService itself names gateways, and not `mesh`.',
  fix: 'Put the route into a VirtualService with gateways alone, or match a header that the gateway sets.',
  since: '0.1.0',
  reads: ['VirtualService'],
  meshes: { from: 12 },
  check(object, report, mesh) {
    const gateways = listOr(object.spec.gateways);
    const mixed = mesh.environment.istio.minor < 24 && gateways.some((name) => name !== 'mesh');
    if (mixed || (gateways.length > 0 && !gateways.includes('mesh'))) return;
    const where = isDelegate(object.spec) ? 'in a delegate' : 'in the mesh';
    for (const { claim, pointer } of claims(object.spec)) report({ params: { id: titleOf(object), claim, where }, pointer, part: 'key' });
  },
});

interface Claim {
  readonly claim: string;
  readonly pointer: Pointer;
}

function claims(spec: JsonObject): readonly Claim[] {
  return routesOf(spec, ['http'])
    .filter(({ route }) => listOr(route.match).some(asksForClaim))
    .flatMap((part) =>
      matchesOf(part).flatMap(({ match, pointer }) =>
        ['headers', 'withoutHeaders'].flatMap((key) =>
          claimsAmong(match[key]).map((claim) => ({ claim, pointer: joinPointer(pointer, key, claim) })),
        ),
      ),
    );
}

function asksForClaim(match: Json): boolean {
  return isObject(match) && (claimsAmong(match.headers).length > 0 || claimsAmong(match.withoutHeaders).length > 0);
}

const none: readonly string[] = [];

function claimsAmong(headers: Json | undefined): readonly string[] {
  return isObject(headers) ? Object.keys(headers).filter((name) => /^@request\.auth\.claims/i.test(name)) : none;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostWithin } from '../../src/istio/host.ts';
import { type Json, type JsonObject, listOr, objectOr } from '../../src/model/json.ts';
import type { MeshRequest } from '../../src/model/routing.ts';
import { tcpConditions, tlsConditions } from '../../src/requests/connection-conditions.ts';
import { findRequest } from '../../src/requests/find-request.ts';
import { holds } from '../../src/requests/holds.ts';
import { describeRequest, plainRequest } from '../../src/requests/request.ts';

const reading = { minor: 31, namespace: 'bookinfo' };
const plain: MeshRequest = { ...plainRequest, protocol: 'tls', host: 'a.example.com', port: 443 };
const names = ['*.com', '*.b.com', 'a.com', 'a.b.com', '*'];
const subnets = ['10.0.0.0/8', '10.1.0.0/16', '10.0.0.1', '0.0.0.0/0'];

const match: fc.Arbitrary<JsonObject> = fc.record(
  {
    sniHosts: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 2 }),
    destinationSubnets: fc.uniqueArray(fc.constantFrom(...subnets), { maxLength: 2 }),
    port: fc.constantFrom(443, 444),
    gateways: fc.constantFrom<Json[]>(['mesh'], ['gw'], ['mesh', 'gw']),
    sourceLabels: fc.constantFrom({}, { app: 'a' }, { app: 'b' }),
    sourceNamespace: fc.constantFrom('', 'bookinfo'),
  },
  { requiredKeys: ['sniHosts'] },
);

const world: readonly MeshRequest[] = ['a.com', 'a.b.com', 'x.b.com', 'x.org'].flatMap((host) =>
  ['10.0.0.1', '10.1.0.1', '11.0.0.1'].flatMap((address) =>
    [443, 444].flatMap((port) =>
      [{}, { app: 'a' }].flatMap((labels) => [
        { ...plain, host, address, port, source: { namespace: 'default', labels } },
        { ...plain, host, address, port, source: { namespace: 'bookinfo', labels }, gateway: 'bookinfo/gw' },
      ]),
    ),
  ),
);

/** Istio's reading once more: gateways ask for port and gateway alone (gateway.go l4SingleMatch). */
function istioSays(one: JsonObject, request: MeshRequest): boolean {
  const gateways = listOr(one.gateways).map((name) => (name === 'mesh' ? undefined : `bookinfo/${String(name)}`));
  const always =
    (gateways.length === 0 || gateways.includes(request.gateway)) &&
    (one.port === undefined || one.port === request.port) &&
    listOr(one.sniHosts).some((name) => hostWithin(request.host, String(name)));
  if (!always || request.gateway !== undefined) return always;
  const within = (subnet: string) =>
    subnet === '0.0.0.0/0' || subnet === request.address || (request.address ?? '').startsWith(subnet === '10.0.0.0/8' ? '10.' : '10.1.');
  return (
    Object.entries(objectOr(one.sourceLabels)).every(([key, value]) => request.source.labels[key] === value) &&
    (one.sourceNamespace === undefined || one.sourceNamespace === '' || one.sourceNamespace === request.source.namespace) &&
    (listOr(one.destinationSubnets).length === 0 ||
      listOr(one.destinationSubnets)
        .map(String)
        .some((subnet) => (subnet === '10.0.0.1' ? request.address === subnet : within(subnet))))
  );
}

describe('what a tls match asks of a connection', () => {
  it('is what Istio makes of it, at gateways and in sidecars', () => {
    fc.assert(
      fc.property(match, (one) => {
        const conditions = tlsConditions(one, reading);
        for (const request of world) {
          const says = conditions.some((condition) => holds(condition, request) === true);
          expect([describeRequest(request, plain), says]).toEqual([describeRequest(request, plain), istioSays(one, request)]);
        }
      }),
      { seed: 37, numRuns: 500 },
    );
  });

  it('one match without others: as a small world says, and every connection found is one', () => {
    fc.assert(
      fc.property(match, fc.array(match, { maxLength: 4 }), (one, others) => {
        const outside = others.flatMap((other) => tlsConditions(other, reading));
        for (const condition of tlsConditions(one, reading)) {
          const search = findRequest(condition, { outside, plain });
          const left = world.find(
            (request) => holds(condition, request) === true && outside.every((other) => holds(other, request) === false),
          );
          if (search.kind === 'found') {
            expect(holds(condition, search.request)).toBe(true);
            expect(outside.map((other) => holds(other, search.request))).toEqual(outside.map(() => false));
          } else expect([search.kind, left]).toEqual([search.kind === 'undecided' ? 'decided' : search.kind, undefined]);
        }
      }),
      { seed: 41, numRuns: 1500 },
    );
  });
});

describe('what a tcp match asks', () => {
  it.each<[JsonObject, string]>([
    [{ destinationSubnets: ['192.168.0.0/16'], port: 3306 }, 'a connection to 192.168.0.1 on port 3306'],
    [{ destinationSubnets: ['2001:db8::/32'] }, 'a connection to 2001:db8::1'],
    [{ sourceLabels: { app: 'ratings' }, gateways: ['mesh'] }, 'a connection from pods with app=ratings'],
  ])('%j: %s', (one, words) => {
    const tcp: MeshRequest = { ...plainRequest, protocol: 'tcp' };
    const [condition = []] = tcpConditions(one, reading);
    const search = findRequest(condition, { plain: tcp });
    expect(search.kind === 'found' && describeRequest(search.request, tcp)).toBe(words);
  });

  it('is not decided where a subnet cannot be read, or the address is not known', () => {
    const [unread = []] = tcpConditions({ destinationSubnets: ['ten'] }, reading);
    expect(findRequest(unread).kind).toBe('undecided');
    const [subnet = []] = tcpConditions({ destinationSubnets: ['10.0.0.0/8'] }, reading);
    const { address: _, ...unknown } = plainRequest;
    expect([holds(subnet, plainRequest), holds(subnet, unknown)]).toEqual([true, undefined]);
  });
});

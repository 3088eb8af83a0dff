import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, type Json, type JsonObject, listOr, objectOr } from '../../src/model/json.ts';
import type { Destination, ResolvedVirtualService } from '../../src/model/resolved.ts';
import { compile } from '../../src/pipeline.ts';
import { resolve } from '../../src/resolve/resolve.ts';
import { gatewayText, loadedMesh, meshOf, numbered, randomService, versions } from '../support/random-services.ts';
import { shuffledKeys, yamlOf } from '../support/yaml-of.ts';

interface Request {
  readonly path: string;
  readonly headers: JsonObject;
}

const requests: readonly Request[] = ['/', '/a', '/a/b', '/a/b/c', '/c', '/z'].flatMap((path) =>
  [{}, { 'end-user': 'jason' }, { 'end-user': 'mary', 'x-beta': '1' }, { 'x-beta': '2' }].map((headers) => ({ path, headers })),
);

/** What the intent says of a request, read off its words. */
function meant(intent: JsonObject, request: Request): string {
  const route = listOr(intent.routes)
    .map(objectOr)
    .find(({ match }) => listOr(match).some((one) => holds(one, request)));
  if (typeof route?.to === 'string') return route.to;
  const pin = listOr(intent.pins)
    .map(objectOr)
    .find(({ user, match }) =>
      user === undefined ? listOr(match).some((one) => holds(one, request)) : request.headers['end-user'] === user,
    );
  if (pin !== undefined) return String(pin.version);
  const { version, percent = 0 } = objectOr(intent.canary);
  const shares = [
    ['v1', 100 - Number(percent)],
    [String(version), Number(percent)],
  ] as const;
  return shares
    .filter(([, share]) => share > 0)
    .map(([name, share]) => `${name} ${share.toFixed(2)}`)
    .join(' ')
    .replace(/^(\S+) 100.00$/, '$1');
}

/** What the routes do, by Istio's rules: the first match wins. */
function done(routes: ResolvedVirtualService, port: number | undefined, request: Request): string {
  const hit = routes.http.find(({ match }) => match.length === 0 || match.some(({ value }) => holds(value, request, port)));
  const destinations = hit?.destinations ?? [];
  const total = destinations.reduce((sum, { weight }) => sum + (weight?.value ?? 0), 0);
  return destinations.map((one) => shareText(one, total)).join(' ');
}

function shareText({ subset, weight }: Destination, total: number): string {
  return weight === undefined ? String(subset?.value) : `${subset?.value} ${((weight.value * 100) / total).toFixed(2)}`;
}

function holds(match: Json, { path, headers }: Request, port?: number): boolean {
  const { uri, headers: wanted, port: number } = objectOr(match);
  const { exact, prefix } = objectOr(uri);
  return (
    (number === undefined || number === port) &&
    (uri === undefined || (exact === undefined ? path.startsWith(String(prefix)) : path === exact)) &&
    Object.entries(objectOr(wanted)).every(
      ([name, condition]) => isObject(condition) && condition.exact !== undefined && headers[name] === condition.exact,
    )
  );
}

describe('any valid service', () => {
  it('routes every request as its intent says: in the mesh, on each port, and through the gateway', () => {
    fc.assert(
      fc.property(randomService, (intent) => {
        const loaded = loadedMesh(yamlOf(intent));
        expect(loaded.diagnostics).toEqual([]);
        if (loaded.value === undefined) return;
        const { value } = resolve(loaded.value);
        const objects = value?.intents.find((one) => one.intent.kind === 'service');
        for (const routes of objects?.virtualServices ?? []) {
          const ports = routes.gateways.length > 0 ? [undefined] : [80, ...(objectOr(intent.ports).grpc === undefined ? [] : [81])];
          for (const port of ports) for (const request of requests) expect(done(routes, port, request)).toBe(meant(intent, request));
          expectSound(routes);
        }
        expect(objects?.destinationRules[0]?.subsets.map(({ name }) => name.value)).toEqual(versions);
      }),
      { seed: 1, numRuns: 1500 },
    );
  });

  it('gives the same bytes twice, in any order of files, documents and keys whose order says nothing', () => {
    const movable = ['stable', 'canary', 'pins', 'routes', 'timeout', 'expose', 'loadBalancer'];
    fc.assert(
      fc.property(fc.array(randomService, { minLength: 8, maxLength: 8 }), fc.nat(), (list, turn) => {
        const intents = list.map(numbered);
        const together: readonly [string, string] = ['a.yaml', intents.map(yamlOf).join('---\n')];
        const { files, ok } = compile(meshOf([together, ['g.yaml', gatewayText]]), 'mesh');
        expect(ok).toBe(true);
        const apart = intents.map((intent, i): [string, string] => [
          `deep/${(i * 5) % 8}.yaml`,
          yamlOf(shuffledKeys(intent, turn, movable)),
        ]);
        expect(compile(meshOf([['z.yaml', gatewayText], ...apart.toReversed()]), 'mesh').files).toEqual(files);
      }),
      { seed: 2, numRuns: 8 },
    );
  });
});

/** Weights are whole and sum to a power of ten; one destination has none. */
function expectSound({ http, tls, tcp }: ResolvedVirtualService): void {
  for (const { destinations } of [...http, ...tls, ...tcp]) {
    const weights = destinations.flatMap(({ weight }) => (weight === undefined ? [] : [weight.value]));
    expect(weights.length).toBe(destinations.length > 1 ? destinations.length : 0);
    expect(weights.every((weight) => Number.isInteger(weight) && weight > 0)).toBe(true);
    // Remembered users are divided among themselves: 5 of 95 that are left.
    const isDivided = destinations.some(({ headers }) => headers !== undefined);
    if (weights.length > 0 && !isDivided) expect(Math.log10(weights.reduce((a, b) => a + b, 0)) % 1).toBe(0);
  }
}

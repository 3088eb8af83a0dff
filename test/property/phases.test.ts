import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printYaml } from '../../src/document/print.ts';
import { givenEnvironment } from '../../src/load/given-environment.ts';
import { buildMesh, noSurroundings } from '../../src/mesh/mesh.ts';
import { type JsonObject, objectOr } from '../../src/model/json.ts';
import type { Manifest } from '../../src/model/manifest.ts';
import type { MeshRequest, RouteDecision } from '../../src/model/routing.ts';
import { compile } from '../../src/pipeline.ts';
import { planChange } from '../../src/pipelines/plan-change.ts';
import { buildRoutingTable } from '../../src/simulate/routing-table.ts';
import { gatewayText, meshOf, randomService } from '../support/random-services.ts';

/** `FUZZ_RUNS=10000 FUZZ_SEED=7` looks further, and elsewhere, than a test run has time for. */
const runs = Number(process.env.FUZZ_RUNS ?? 10);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_124);

/** Two states of a service: words of one replaced by words of the other, so that most changes are as small as people's. */
const change = fc
  .tuple(
    randomService,
    randomService,
    fc.uniqueArray(fc.constantFrom('versions', 'stable', 'canary', 'pins', 'routes', 'expose', 'timeout', 'loadBalancer')),
  )
  .map(([before, other, words]) => {
    const renamed = words.includes('versions') ? (JSON.parse(JSON.stringify(other).replaceAll('"v3"', '"v4"')) as JsonObject) : other;
    const taken = Object.fromEntries(words.map((word) => [word, renamed[word]]));
    const after = JSON.parse(
      JSON.stringify({ ...before, ...taken, versions: words.includes('versions') ? renamed.versions : before.versions }),
    ) as JsonObject;
    return { before, after };
  });

const tree = (intent: JsonObject) =>
  meshOf([
    ['s.yaml', printYaml(intent)],
    ['g.yaml', gatewayText],
  ]);
const side = (one: ReadonlyMap<string, string>) => ({ kind: 'intents' as const, tree: one, environment: 'mesh' });

const services = [
  {
    host: 'reviews.bookinfo.svc.cluster.local',
    namespace: 'bookinfo',
    ports: [
      { number: 80, name: 'http', protocol: 'HTTP' },
      { number: 81, name: 'grpc', protocol: 'GRPC' },
      { number: 82, name: 'tcp', protocol: 'TCP' },
    ],
  },
];

function deciderOf(manifests: readonly Manifest[]): (request: MeshRequest) => RouteDecision {
  return buildRoutingTable(buildMesh(givenEnvironment({ namespace: 'bookinfo' }), manifests, { ...noSurroundings, services })).decide;
}

const base = { protocol: 'http', source: { namespace: 'bookinfo', labels: {} }, method: 'GET', scheme: 'http', query: {} } as const;
const places: readonly Omit<MeshRequest, 'path' | 'headers'>[] = [
  { ...base, host: 'reviews', port: 80 },
  { ...base, host: 'reviews', port: 81 },
  { ...base, host: 'reviews', port: 82, protocol: 'tcp' },
  { ...base, host: 'shop.example.com', port: 80, gateway: 'bookinfo/gw' },
];
const users: readonly Readonly<Record<string, string>>[] = [{}, { 'end-user': 'jason' }, { 'end-user': 'mary' }].flatMap((user) =>
  [{}, { 'x-beta': '1' }, { 'x-beta': '2' }].map((beta) => ({ ...user, ...beta })),
);
const paths = ['/', '/a', '/a/x', '/a/b', '/a/b/x', '/c', '/c/d', '/z'];

/** One request of each sort that these intents can tell apart. What a connection carries has no say. */
function requestsFor(intents: readonly JsonObject[]): readonly MeshRequest[] {
  const ports = intents.flatMap(({ ports: written }) => Object.values(objectOr(written)));
  const isExposed = intents.some(({ expose }) => expose !== undefined);
  return places
    .filter(({ port, gateway }) => (gateway === undefined ? ports.includes(port) : isExposed))
    .flatMap((place) =>
      place.protocol === 'tcp'
        ? [{ ...place, path: '/', headers: {} }]
        : paths.flatMap((path) => users.map((headers) => ({ ...place, path, headers }))),
    );
}

/** A share with all that comes with it: said by other means than the planner's. */
const answers = ({ kind, failure, onTheWay, destinations, redirect }: RouteDecision): string =>
  JSON.stringify([
    kind,
    failure?.flag,
    redirect,
    Object.entries(onTheWay).sort(),
    destinations.map(({ host, endpoints, port, percent, failure: own }) => [
      percent.toFixed(4),
      ...(own === undefined ? [host, endpoints, port] : [own.flag]),
    ]),
  ]);
const policies = ({ destinations }: RouteDecision): readonly string[] =>
  destinations.flatMap(({ host, endpoints, port, policy, failure }) =>
    failure === undefined ? [JSON.stringify([host, endpoints, port, policy])] : [],
  );

interface Seen {
  readonly answer: string;
  readonly policies: readonly string[];
}

/** What each of the requests sees, each state of a change looked at once. */
function observer(requests: readonly MeshRequest[]): (manifests: readonly Manifest[]) => readonly Seen[] {
  const known = new Map<string, readonly Seen[]>();
  return (manifests) => {
    const key = JSON.stringify(manifests.map(({ body }) => body));
    const found = known.get(key) ?? requests.map(deciderOf(manifests)).map((one) => ({ answer: answers(one), policies: policies(one) }));
    known.set(key, found);
    return found;
  };
}

/** Every partial state, of those that an order allows, between two sets of objects in which some request sees what it sees neither before nor after. */
function isUnsafe(
  before: readonly Manifest[],
  after: readonly Manifest[],
  see: ReturnType<typeof observer>,
  wavesOf: (title: string, now: ReadonlyMap<string, Manifest>) => number = () => 0,
): boolean {
  const title = (one: Manifest) => `${one.kind} ${one.namespace}/${one.name}`;
  const [old, now] = [new Map(before.map((one) => [title(one), one])), new Map(after.map((one) => [title(one), one]))];
  const titles = [...new Set([...old.keys(), ...now.keys()])];
  const changed = titles.filter((one) => JSON.stringify(old.get(one)?.body) !== JSON.stringify(now.get(one)?.body));
  const at = (applied: ReadonlySet<string>) => see(titles.flatMap((one) => (applied.has(one) ? now : old).get(one) ?? []));
  const [first, last] = [at(new Set()), at(new Set(changed))];
  for (let mask = 1; mask < 2 ** changed.length - 1; mask += 1) {
    const applied = changed.filter((_, i) => Math.floor(mask / 2 ** i) % 2 === 1);
    // What is still to come is of no earlier wave than what is there.
    const latest = Math.max(...applied.map((one) => wavesOf(one, now)));
    if (changed.some((one) => !applied.includes(one) && wavesOf(one, now) < latest)) continue;
    const seen = at(new Set(applied));
    const fails = seen.some(({ answer, policies: held }, i) => {
      const [was, will] = [first[i], last[i]];
      if (![was?.answer, will?.answer].includes(answer)) return true;
      return held.some((one) => was?.policies.includes(one) !== true && will?.policies.includes(one) !== true);
    });
    if (fails) return true;
  }
  return false;
}

describe('phases, by brute force', () => {
  const seen = { safe: 0, phased: 0, refused: 0, broken: 0 };

  it(`hold what they promise on ${runs} changes`, { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(change, ({ before, after }) => {
        const [from, to] = [tree(before), tree(after)];
        const { plan } = planChange(side(from), side(to));
        if (plan === undefined) {
          seen.broken += 1;
          return;
        }
        const see = observer(requestsFor([before, after]));
        const old = compile(from, 'mesh', { until: 'manifests' });
        const isDirect = plan.phases?.length === 1;
        const target = compile(to, 'mesh', isDirect ? { until: 'manifests' } : {});
        // What is split or refused has a state that fails, for the request that the plan shows; of what is not, none does for any request.
        const { unsafe } = plan.direct.states;
        if (!isDirect) expect(isUnsafe(old.manifests, target.manifests, observer(unsafe === undefined ? [] : [unsafe.request]))).toBe(true);
        let here = old.manifests;
        for (const { manifests } of plan.phases ?? []) {
          expect(isUnsafe(here, manifests, see)).toBe(false);
          here = manifests;
        }
        expect(here.map(({ body }) => body)).toEqual((plan.phases === undefined ? old : target).manifests.map(({ body }) => body));
        const last = plan.phases?.at(-1);
        if (last !== undefined && !isDirect) expect([...last.from.files]).toEqual([...target.files]);
        seen[plan.phases === undefined ? 'refused' : isDirect ? 'safe' : 'phased'] += 1;
      }),
      { numRuns: runs, seed },
    );
    expect(Math.min(seen.safe, seen.phased)).toBeGreaterThan(runs / 20);
  });
});

/** As Argo CD reads them: what is not in the new state is pruned last. */
function waveAt(title: string, now: ReadonlyMap<string, Manifest>): number {
  const manifest = now.get(title);
  if (manifest === undefined) return Number.POSITIVE_INFINITY;
  return Number(objectOr(objectOr(manifest.body.metadata).annotations)['argocd.argoproj.io/sync-wave'] ?? 0);
}

describe('waves, by brute force', () => {
  const fewer = Math.ceil(runs / 3);
  const seen = { safe: 0, waved: 0 };

  it(`hold what they promise on ${fewer} changes`, { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(change, ({ before, after }) => {
        const [from, to] = [before, after].map((intent) => new Map([...tree(intent), ['mainsheet.yaml', 'phases: sync-waves\n']]));
        if (from === undefined || to === undefined) return;
        const { plan } = planChange(side(from), side(to));
        const see = observer(requestsFor([before, after]));
        let here = plan === undefined ? [] : compile(from, 'mesh', { until: 'manifests' }).manifests;
        for (const { manifests, step } of plan?.phases ?? []) {
          expect(isUnsafe(here, manifests, see, step.waves === undefined ? undefined : waveAt)).toBe(false);
          here = manifests;
          seen[step.waves === undefined ? 'safe' : 'waved'] += 1;
        }
      }),
      { numRuns: fewer, seed },
    );
    expect(Math.min(seen.safe, seen.waved)).toBeGreaterThan(0);
  });
});

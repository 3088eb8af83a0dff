import { describe, expect, it } from 'vitest';
import type { HistoryCommit } from '../../src/model/commit.ts';
import type { Site, SiteIntent } from '../../src/model/site.ts';
import type { FileTree } from '../../src/model/source.ts';
import { createCompiler } from '../../src/pipeline.ts';
import { datedRollouts, drawSite } from '../../src/pipelines/site/site.ts';
import { comparedWords, dottedPointer } from '../../src/site/differences.ts';
import { chosenRows, type MatrixMark, type MatrixOrder, matrixRows } from '../../src/site/matrix-rows.ts';
import { neighbourhood } from '../../src/site/neighbourhood.ts';
import { trafficLayout } from '../../src/site/traffic-layout.ts';

const base = `environment: base
abstract: true
istio: "1.29"
namespace: bookinfo
user: {header: end-user}
defaults: {service: {loadBalancer: LEAST_REQUEST}}
rollout: {steps: [{percent: 0, mirror: 10}, 5, 25, 100], soak: 24h, assumeReady: true}
`;

const tree: FileTree = new Map([
  ['mainsheet.yaml', 'order: [dev, prod]\n'],
  ['environments/base/environment.yaml', base],
  [
    'environments/base/reviews.yaml',
    'service: reviews\nport: 9080\nversions: [v1, v2, v3]\nstable: v1\ntimeout: 5s\ndependsOn: [ratings, books]\nexpose: [{gateway: gw, hosts: [bookinfo.example.com]}]\n',
  ],
  [
    'environments/base/ratings.yaml',
    'service: ratings\nport: 9080\n---\nservice: details\nport: 9080\nversions: [v1]\nstable: v1\npins: []\n',
  ],
  ['environments/base/books.yaml', 'external: books\nhosts: [books.example.com]\nports: {https: 443}\n'],
  ['environments/base/gw.yaml', 'gateway: gw\nservers: [{http: 80, hosts: ["bookinfo.example.com"]}]\n'],
  ['environments/dev/environment.yaml', 'environment: dev\nextends: [base]\nnamespace: bookinfo-dev\n'],
  ['environments/prod/environment.yaml', 'environment: prod\nextends: [base]\n'],
  [
    'environments/prod/reviews.yaml',
    'service: reviews\ncanary: {version: v3, percent: 5}\ntimeout: 7s\npins:\n  - {user: jason, version: v2, owner: web, until: 2099-01-01}\n  - {match: {headers: {x: {prefix: a}}}, version: v3}\n',
  ],
]);

const commit = (hash: string, subject: string, at: number, ...paths: readonly string[]): HistoryCommit => ({
  hash,
  parents: [],
  author: { name: 'jason', email: '', at },
  committer: { name: 'jason', email: '', at },
  subject,
  trailers: [],
  changes: paths.map((path) => ({ path, after: hash })),
});
const commits = [
  commit('c3', 'Reviews v3 begins', 300, 'environments/prod/reviews.yaml'),
  commit('c2', 'Defaults', 200, 'environments/base/environment.yaml'),
  commit('c1', 'Begin', 100, ...tree.keys()),
];

let known: Promise<Site> | undefined;

function drawn(): Promise<Site> {
  known ??= drawnOf(tree);
  return known;
}

async function drawnOf(texts: FileTree): Promise<Site> {
  const compiler = createCompiler(texts);
  const environments = await Promise.all(
    ['dev', 'prod'].map(async (name) => {
      const { loaded, manifests, diagnostics, ok } = compiler.compile(name);
      if (loaded === undefined || !ok) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
      const rollouts = await datedRollouts(loaded, { tree: texts, commits, read: async () => new Map() });
      return { loaded, manifests, diagnostics, rollouts };
    }),
  );
  return drawSite({ title: 'Bookinfo', version: '0', tree: texts, environments, commits, uncommitted: 0 }).site;
}

function intentIn(site: Site, environment: string, id: string): SiteIntent {
  const found = site.environments.find(({ name }) => name === environment)?.intents.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no ${id} in ${environment}`);
  return found;
}

describe('what the page shows', () => {
  it('has each intent of each environment, by id', async () => {
    const site = await drawn();
    expect(site.environments.map(({ name, intents }) => [name, intents.map(({ id }) => id)])).toEqual([
      ['dev', ['details', 'external:books', 'gateway:gw', 'ratings', 'reviews']],
      ['prod', ['details', 'external:books', 'gateway:gw', 'ratings', 'reviews']],
    ]);
  });

  it('tells versions with their shares, and pins with what else they say', async () => {
    const { versions, pins, hosts, port, calls, gateways } = intentIn(await drawn(), 'prod', 'reviews');
    expect({ versions, pins, hosts, port, calls, gateways }).toEqual({
      versions: [
        { name: 'v1', percent: 95, role: 'stable' },
        { name: 'v3', percent: 5, role: 'canary' },
        { name: 'v2', percent: 0, role: 'idle' },
      ],
      pins: [
        {
          who: 'jason',
          version: 'v2',
          more: { owner: 'web', until: '2099-01-01' },
          at: { file: 'environments/prod/reviews.yaml', line: 5 },
        },
        { who: 'the header x begins with "a"', version: 'v3', more: {}, at: { file: 'environments/prod/reviews.yaml', line: 6 } },
      ],
      hosts: ['reviews.bookinfo.svc.cluster.local'],
      port: 9080,
      calls: ['ratings', 'external:books'],
      gateways: ['gateway:gw'],
    });
  });

  it('tells routes in the order in which they are tried, with the words that make them differ', async () => {
    const { routes } = intentIn(await drawn(), 'prod', 'reviews');
    const told = routes.map(({ gateways, matches, destinations, at }) => [
      gateways.join(),
      matches.join(' or '),
      destinations.map(({ subset, percent, id }) => `${id} ${subset} ${percent}`).join(', '),
      `${at?.file.split('/')[1]}:${at?.line}`,
    ]);
    const own = [
      ['the header end-user is "jason"', 'reviews v2 100', 'prod:5'],
      ['the header x begins with "a"', 'reviews v3 100', 'prod:6'],
      ['', 'reviews v1 95, reviews v3 5', 'prod:2'],
    ];
    expect(told).toEqual([...own.map((row) => ['mesh', ...row]), ...own.map((row) => ['bookinfo/gw', ...row])]);
    expect(routes[0]?.fields).toEqual({ timeout: '7s' });
  });

  it('tells of a gateway what comes by it, connections too, as its pods try them', async () => {
    const site = await drawnOf(
      new Map([
        ...tree,
        [
          'environments/base/gw.yaml',
          'gateway: gw\nservers: [{http: 80, hosts: ["*.example.com"]}, {tcp: 3306, hosts: ["*"]}]\nhosts: {shop.example.com: [{service: details, match: {uri: {prefix: /d}}}, {service: ratings}]}\n',
        ],
        [
          'environments/base/db.yaml',
          'service: db\nports: {mysql: {number: 3306, protocol: TCP}}\nexpose: [{gateway: gw, hosts: ["db.example.com"]}]\n',
        ],
      ]),
    );
    const { routes } = intentIn(site, 'prod', 'gateway:gw');
    const told = routes.map(({ protocol, gateways, hosts, matches, destinations }) =>
      [protocol, gateways.join(), hosts.join(), matches.join(), destinations.map(({ id, subset }) => `${id} ${subset}`).join()].join(' | '),
    );
    expect(told).toEqual([
      'tcp | bookinfo/gw | db.example.com | the port is 3306 | db undefined',
      'http | bookinfo/gw | shop.example.com | the path begins with "/d" | details v1',
      'http | bookinfo/gw | shop.example.com |  | ratings undefined',
      'http | bookinfo/gw | bookinfo.example.com | the header end-user is "jason" | reviews v2',
      'http | bookinfo/gw | bookinfo.example.com | the header x begins with "a" | reviews v3',
      'http | bookinfo/gw | bookinfo.example.com |  | reviews v1,reviews v3',
    ]);
    expect(trafficLayout(routes, 'gw', true).boxes.filter(({ kind }) => kind === 'route')[0]?.lines[0]).toBe('for db.example.com');
  });

  it('lists a rollout that waits for its old version to leave, tells freezes, and draws no line to itself', async () => {
    const site = await drawnOf(
      new Map([
        ...tree,
        [
          'environments/base/environment.yaml',
          `${base}guardrails: {freeze: [{cron: "0 16 * * 5", for: 64h, timezone: Europe/Berlin, reason: the weekend}]}\n`,
        ],
        [
          'environments/base/details.yaml',
          'service: details\nport: 9080\nversions: [v1, v2]\nstable: v2\nprevious: v1\ndependsOn: [details, ratings]\n',
        ],
        ['environments/base/ratings.yaml', 'service: ratings\nport: 9080\n'],
      ]),
    );
    const details = intentIn(site, 'prod', 'details');
    expect(details.rollout).toMatchObject({ phase: 'arrived', isListed: true });
    expect(
      matrixRows(site)
        .filter(({ isMoving }) => isMoving)
        .map(({ id }) => id),
    ).toEqual(['details', 'reviews']);
    expect(intentIn(site, 'prod', 'reviews').rollout?.freezes).toEqual([
      { cron: '0 16 * * 5', timezone: 'Europe/Berlin', length: 64 * 3600, reason: 'the weekend' },
    ]);
    const [prod] = site.environments.slice(1);
    if (prod === undefined) throw new Error('no prod');
    const { edges, callers, callees } = neighbourhood(prod, 'details');
    expect({ edges, callers, callees: callees.map(({ id }) => id) }).toEqual({
      edges: [['details', 'ratings']],
      callers: [],
      callees: ['ratings'],
    });
  });

  it('says who set each value, and what it overrules', async () => {
    const site = await drawn();
    const of = (environment: string, pointer: string) =>
      intentIn(site, environment, 'reviews').values.find((one) => one.pointer === pointer);
    expect(of('prod', '/timeout')).toEqual({
      pointer: '/timeout',
      value: '7s',
      at: { file: 'environments/prod/reviews.yaml', line: 3 },
      by: 'intent',
      over: [{ file: 'environments/base/reviews.yaml', line: 5 }],
    });
    expect(of('dev', '/loadBalancer')).toMatchObject({ by: 'environment', at: { file: 'environments/base/environment.yaml', line: 6 } });
    const different = comparedWords(site, 'reviews').filter(({ differs }) => differs);
    expect(different.map(({ pointer }) => dottedPointer(pointer))).toEqual(
      expect.arrayContaining(['timeout', 'canary.percent', 'pins[0].version']),
    );
    expect(different.map(({ pointer }) => pointer)).not.toContain('/stable');
  });

  it('tells a rollout by its steps, and since when it stands there; of a plan that nobody follows that it is idle', async () => {
    const site = await drawn();
    const { rollout } = intentIn(site, 'prod', 'reviews');
    expect(rollout).toMatchObject({ phase: 'moving', stable: 'v1', version: 'v3', percent: 5, since: 300, commit: 'c3' });
    expect(rollout?.steps.map(({ percent, mirror, soak, state }) => [percent, mirror, soak, state])).toEqual([
      [0, 10, 86_400, 'done'],
      [5, undefined, 86_400, 'now'],
      [25, undefined, 86_400, 'to come'],
      [100, undefined, 86_400, 'to come'],
    ]);
    expect(intentIn(site, 'dev', 'reviews').rollout).toMatchObject({ phase: 'idle', stable: 'v1' });
    expect(intentIn(site, 'prod', 'ratings').rollout).toBeUndefined();
  });

  it('tells of a train where each of its services stands, and of a service in it where that one does', async () => {
    const train =
      'train: autumn\nservices: {reviews: v3, details: v2}\nrollout: {steps: [5, 50, 100], soak: 1h, assumeReady: true}\n---\nservice: details\nversions: [v1, v2]\n';
    const site = await drawnOf(new Map([...tree, ['environments/prod/train.yaml', train]]));
    const statesOf = (id: string) => intentIn(site, 'prod', id).rollout?.steps.map(({ state }) => state);
    expect(intentIn(site, 'prod', 'train:autumn').rollout?.members).toEqual([
      { service: 'reviews', stable: 'v1', version: 'v3', percent: 5 },
      { service: 'details', stable: 'v1', version: 'v2' },
    ]);
    expect(intentIn(site, 'prod', 'reviews').rollout).toMatchObject({ subject: 'autumn', isTrain: true, version: 'v3', percent: 5 });
    expect([statesOf('reviews'), statesOf('details'), statesOf('train:autumn')]).toEqual([
      ['now', 'to come', 'to come'],
      ['to come', 'to come', 'to come'],
      ['to come', 'to come', 'to come'],
    ]);
  });

  it('says who else writes the shares', async () => {
    const site = await drawnOf(
      new Map([...tree, ['environments/prod/details.yaml', 'service: details\nversions: [v1, v2]\nweights: argo-rollouts\n']]),
    );
    expect([intentIn(site, 'prod', 'details').weights, intentIn(site, 'dev', 'details').weights]).toEqual(['argo-rollouts', undefined]);
  });

  it('lists the commits that touched an intent in its own files, newest first', async () => {
    const site = await drawn();
    expect(intentIn(site, 'prod', 'reviews').changes.map(({ hash }) => hash)).toEqual(['c3', 'c1']);
    expect(intentIn(site, 'dev', 'reviews').changes).toEqual([{ hash: 'c1', subject: 'Begin', author: 'jason', at: 100 }]);
  });

  it('gives a finding to the intent whose document it is in', async () => {
    const site = await drawnOf(
      new Map([...tree, ['environments/dev/ratings.yaml', 'service: ratings\nport: 9080\nallow: [{rule: MS5901, reason: a test}]\n']]),
    );
    const about = site.environments[0]?.intents
      .filter(({ findings }) => findings.length > 0)
      .map(({ id, findings }) => [id, findings.map(({ code }) => code)]);
    expect(about).toEqual(expect.arrayContaining([['ratings', expect.arrayContaining([expect.stringMatching(/^MS/)])]]));
    expect(about?.map(([id]) => id)).not.toContain('reviews');
  });
});

describe('the matrix', () => {
  it('marks a service that pins or copies otherwise somewhere, with the same shares', async () => {
    const same = 'service: ratings\nport: 9080\nversions: [v1, v2]\nstable: v1\n';
    const both = (text: string) =>
      drawnOf(new Map([...tree, ['environments/dev/ratings.yaml', same], ['environments/prod/ratings.yaml', text]])).then(
        (site) => matrixRows(site).find(({ id }) => id === 'ratings')?.differs,
      );
    expect(await both(same)).toBe(false);
    expect(await both(`${same}pins: [{user: jason, version: v2}]\n`)).toBe(true);
    expect(await both(`${same}canary: {version: v2, percent: 0, mirror: 10}\n`)).toBe(true);
  });

  it('has a row for each service, which filters and orders find', async () => {
    const site = await drawn();
    const rows = matrixRows(site);
    const ids = (found: typeof rows) => found.map(({ id }) => id);
    expect(ids(rows)).toEqual(['details', 'ratings', 'reviews']);
    expect(rows[2]).toMatchObject({ isMoving: true, isPinned: true, differs: true });
    const chosen = (filter: string, marks: readonly MatrixMark[] = [], order: MatrixOrder = 'name') =>
      ids(chosenRows(rows, { filter, marks: new Set(marks), order }));
    expect(chosen('REV v3')).toEqual(['reviews']);
    expect(chosen('bookinfo-dev')).toEqual(['details', 'ratings', 'reviews']);
    expect(chosen('reviews nothing')).toEqual([]);
    expect(chosen('', ['moving', 'pinned'])).toEqual(['reviews']);
    expect(chosen('', [], 'rollouts')).toEqual(['reviews', 'details', 'ratings']);
  });
});

describe('the neighbourhood of a service', () => {
  it('is who calls it and whom it calls, gateways and external systems among them', async () => {
    const prod = (await drawn()).environments[1];
    if (prod === undefined) throw new Error('no prod');
    const { callers, callees, nodes, edges, isCut } = neighbourhood(prod, 'ratings');
    expect([callers, callees, isCut]).toEqual([[{ id: 'reviews', kind: 'service', name: 'reviews' }], [], false]);
    expect(nodes.map(({ id }) => id)).toEqual(['ratings', 'reviews', 'gateway:gw']);
    expect(edges).toEqual([
      ['reviews', 'ratings'],
      ['gateway:gw', 'reviews'],
    ]);
  });
});

describe('the picture of traffic', () => {
  it('has bands as thick as their shares, that begin and end at boxes', async () => {
    const { routes, hosts } = intentIn(await drawn(), 'prod', 'reviews');
    const { boxes, bands, width, height, left } = trafficLayout(routes, hosts[0] ?? '');
    expect([left, boxes.filter(({ kind }) => kind === 'entry').map(({ title }) => title)]).toEqual([0, ['mesh', 'gw']]);
    const shared = bands.filter(({ destination }) => destination?.percent === 95 || destination?.percent === 5);
    expect(shared).toHaveLength(4);
    expect((shared[0]?.thickness ?? 0) / (shared[1]?.thickness ?? 1)).toBeGreaterThan(10);
    for (const { from, to } of bands)
      for (const point of [from, to]) {
        const touched = boxes.some(
          ({ x, y, width: w, height: h }) => (point.x === x || point.x === x + w) && point.y >= y && point.y <= y + h,
        );
        expect(touched).toBe(true);
      }
    for (const { x, y, width: w, height: h } of boxes)
      expect([x >= 0, y >= 0, x + w <= width, y + h <= height]).toEqual([true, true, true, true]);
  });

  it('leads to all pods where no route is written', () => {
    const { boxes, bands } = trafficLayout([], 'ratings.bookinfo.svc.cluster.local');
    expect(boxes.map(({ kind, title, lines }) => [kind, title, ...lines])).toEqual([
      ['entry', 'mesh', 'from sidecars'],
      ['route', 'no route is written', 'every request'],
      ['end', 'ratings.bookinfo', 'all pods'],
    ]);
    expect(bands).toHaveLength(2);
  });
});

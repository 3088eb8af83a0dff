import { describe, expect, it } from 'vitest';
import { isObject } from '../../src/model/json.ts';
import { readMesh } from '../../src/pipelines/check-manifests.ts';
import { compareFolders, printedObject } from '../../src/pipelines/compare.ts';
import { renderComparisonMarkdown } from '../../src/report/comparison-markdown.ts';
import { renderComparisonText } from '../../src/report/comparison-text.ts';
import { plainPalette } from '../../src/report/palette.ts';
import { placesOf } from '../../src/simulate/places.ts';
import { sourcesOf } from '../../src/simulate/sources.ts';
import { touchedPlaces } from '../../src/simulate/touched-places.ts';

const services = ['reviews', 'ratings']
  .map(
    (name) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: bookinfo}\nspec: {selector: {app: ${name}}, ports: [{name: http, port: 9080}]}\n`,
  )
  .join('---\n');

const rule = (policy = '') => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews, namespace: bookinfo}
spec:
  host: reviews.bookinfo.svc.cluster.local
  ${policy}
  subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}, {name: v3, labels: {version: v3}}]
`;

const routes = (http: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: bookinfo}
spec:
  hosts: [reviews.bookinfo.svc.cluster.local]
  http:
${http}`;

const to = (subset: string, weight?: number) =>
  `{destination: {host: reviews.bookinfo.svc.cluster.local, subset: ${subset}}${weight === undefined ? '' : `, weight: ${weight}`}}`;
const pin = (user: string, subset: string, more = '') =>
  `  - {match: [{headers: {end-user: {exact: ${user}}}}], route: [${to(subset)}]${more}}\n`;
const rest = (percent: number, more = '') => `  - {route: [${to('v1', 100 - percent)}, ${to('v3', percent)}]${more}}\n`;

function compared(before: string, after: string) {
  const tree = (folder: string, text: string) => ({ tree: new Map([[`${folder}/all.yaml`, text]]), root: folder });
  const { comparison } = compareFolders(tree('old', `${services}---\n${before}`), tree('new', `${services}---\n${after}`));
  if (comparison === undefined) throw new Error('not compared');
  return { title: 'bookinfo', before: 'old', after: 'new', comparison };
}

const print = (body: unknown) => (isObject(body as never) ? printedObject(body as never) : '');
const text = (before: string, after: string, patch?: 'unified' | 'rfc6902') =>
  `\n${renderComparisonText(compared(before, after), { print, ...(patch === undefined ? {} : { patch }) }, plainPalette)}`;

describe('a comparison as text', () => {
  it('tells a canary that grows and a pin that changes', () => {
    expect(
      text(`${rule()}---\n${routes(pin('jason', 'v2') + rest(10))}`, `${rule()}---\n${routes(pin('jason', 'v3') + rest(25))}`),
    ).toMatchInlineSnapshot(`
      "
      bookinfo: old → new

      reviews:9080 (mesh)
        end-user = jason  v2 100 %          →  v3 100 %          all of it moves
            such as GET http://reviews:9080/, from bookinfo, end-user: jason
            by VirtualService bookinfo/reviews, new/all.yaml:25
        everyone else     v1 90 %, v3 10 %  →  v1 75 %, v3 25 %  15 % moves
            such as GET http://reviews:9080/, from bookinfo
            by VirtualService bookinfo/reviews, new/all.yaml:26

      Objects: 1 updated, 3 unchanged
        ~ VirtualService bookinfo/reviews  3 changes
      "
    `);
  });

  it('reads a cookie in a pattern, and tells headers of single destinations', () => {
    const held = (value: string, set: string) =>
      `  - match: [{headers: {cookie: {regex: '(.*; ?)?reviews\\-version=r1\\.v3\\.${value}(;.*)?'}}}]\n    route: [{destination: {host: reviews.bookinfo.svc.cluster.local, subset: v3}, headers: {response: {add: {set-cookie: reviews-version=${set}}}}}]\n`;
    expect(
      text(`${rule()}---\n${routes(held('5', 'r1.v3.5') + rest(5))}`, `${rule()}---\n${routes(held('(5|25)', 'r1.v3.25') + rest(5))}`),
    ).toMatchInlineSnapshot(`
      "
      bookinfo: old → new

      reviews:9080 (mesh)
        cookie reviews-version = r1.v3.5, cookie reviews-version = r1.v3.(5|25)
                                                          v3 100 %  →  the same  nothing moves
            v3: headers.response.add.set-cookie reviews-version=r1.v3.5 → reviews-version=r1.v3.25
            such as GET http://reviews:9080/, from bookinfo, cookie: reviews-version=r1.v3.5
            by VirtualService bookinfo/reviews, new/all.yaml:26

      Objects: 1 updated, 3 unchanged
        ~ VirtualService bookinfo/reviews  2 changes
      "
    `);
  });

  it('tells a route that is removed, and that requests fail from then on', () => {
    expect(
      text(`${rule()}---\n${routes(pin('jason', 'v2') + rest(10))}`, `${rule()}---\n${routes(pin('jason', 'v2'))}`, 'rfc6902'),
    ).toMatchInlineSnapshot(`
      "
      bookinfo: old → new

      reviews:9080 (mesh)
        everyone else  v1 90 %, v3 10 %  →  404 (NR)  all of it moves  reachability lost
            NR: no route of the virtual host matches, and there is no other
            such as GET http://reviews:9080/, from bookinfo
            by VirtualService bookinfo/reviews, old/all.yaml:26

      Objects: 1 updated, 3 unchanged
        ~ VirtualService bookinfo/reviews  1 change
            remove /spec/http/1
      "
    `);
  });

  it('tells policies that change: on the way, and at destinations', () => {
    expect(
      text(
        `${rule('trafficPolicy: {loadBalancer: {simple: ROUND_ROBIN}}')}---\n${routes(rest(10, ', timeout: 5s'))}`,
        `${rule('trafficPolicy: {loadBalancer: {simple: LEAST_REQUEST}}')}---\n${routes(rest(10, ', timeout: 3s, fault: {abort: {httpStatus: 503, percentage: {value: 10}}}'))}`,
        'unified',
      ),
    ).toMatchInlineSnapshot(`
      "
      bookinfo: old → new

      reviews:9080 (mesh)
        everyone  v1 90 %, v3 10 %  →  the same  nothing moves
            timeout 5s → 3s
            fault added: {abort: {httpStatus: 503, percentage: {value: 10}}}
            v1: loadBalancer.simple ROUND_ROBIN → LEAST_REQUEST
            v3: loadBalancer.simple ROUND_ROBIN → LEAST_REQUEST
            such as GET http://reviews:9080/, from bookinfo
            by VirtualService bookinfo/reviews, new/all.yaml:25
            by DestinationRule bookinfo/reviews, new/all.yaml:16

      Objects: 2 updated, 2 unchanged
        ~ DestinationRule bookinfo/reviews  1 change
            @@ -7,7 +7,7 @@
               host: reviews.bookinfo.svc.cluster.local
               trafficPolicy:
                 loadBalancer:
            -      simple: ROUND_ROBIN
            +      simple: LEAST_REQUEST
               subsets:
               - name: v1
                 labels:
        ~ VirtualService bookinfo/reviews  2 changes
            @@ -16,4 +16,9 @@
                     host: reviews.bookinfo.svc.cluster.local
                     subset: v3
                   weight: 10
            -    timeout: 5s
            +    timeout: 3s
            +    fault:
            +      abort:
            +        httpStatus: 503
            +        percentage:
            +          value: 10
      "
    `);
  });

  it('tells a subset that is gone', () => {
    expect(text(`${rule()}---\n${routes(rest(10))}`, routes(rest(10)))).toMatchInlineSnapshot(`
      "
      bookinfo: old → new

      reviews:9080 (mesh)
        everyone  v1 90 %, v3 10 %  →  v1 90 % (503 NC), v3 10 % (503 NC)  nothing moves  reachability lost
            NC: no DestinationRule that the caller uses declares the subset v1 of reviews.bookinfo.svc.cluster.local
            NC: no DestinationRule that the caller uses declares the subset v3 of reviews.bookinfo.svc.cluster.local
            such as GET http://reviews:9080/, from bookinfo
            by DestinationRule bookinfo/reviews, old/all.yaml:15

      Objects: 1 deleted, 3 unchanged
        - DestinationRule bookinfo/reviews
      "
    `);
  });

  it('names what is formatting only', () => {
    expect(text(`${rule()}---\n${routes(rest(10))}`, `# a comment\n${rule()}---\n${routes(rest(10))}`)).toMatchInlineSnapshot(`
      "
      bookinfo: old → new

      No request changes.

      Objects: 4 unchanged
        formatting only: all.yaml
      "
    `);
  });
});

describe('a comparison as Markdown', () => {
  it('has a table for each place', () => {
    const named = compared(
      `${rule()}---\n${routes(pin('jason', 'v2') + rest(10))}`,
      `${rule()}---\n${routes(pin('jason', 'v3') + rest(25))}`,
    );
    expect(`\n${renderComparisonMarkdown(named, { print, patch: 'unified' })}`).toMatchInlineSnapshot(`
      "
      ## bookinfo

      \`old\` → \`new\`

      ### reviews:9080 (mesh)

      | requests | before | after | moves | also | by |
      |---|---|---|---|---|---|
      | end-user = jason<br>\`GET http://reviews:9080/, from bookinfo, end-user: jason\` | v2 100 % | v3 100 % | all of it moves |  | VirtualService bookinfo/reviews, new/all.yaml:25 |
      | everyone else<br>\`GET http://reviews:9080/, from bookinfo\` | v1 90 %, v3 10 % | v1 75 %, v3 25 % | 15 % moves |  | VirtualService bookinfo/reviews, new/all.yaml:26 |

      **Objects: 1 updated, 3 unchanged**

      <details><summary>update <code>VirtualService bookinfo&#47;reviews</code></summary>

      \`\`\`diff
      @@ -14,13 +14,13 @@
           route:
           - destination:
               host: reviews.bookinfo.svc.cluster.local
      -        subset: v2
      +        subset: v3
         - route:
           - destination:
               host: reviews.bookinfo.svc.cluster.local
               subset: v1
      -      weight: 90
      +      weight: 75
           - destination:
               host: reviews.bookinfo.svc.cluster.local
               subset: v3
      -      weight: 10
      +      weight: 25
      \`\`\`

      </details>
      "
    `);
  });
});

describe('what is compared besides http routes', () => {
  const external = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: db, namespace: bookinfo}
spec: {hosts: [db.example.com], addresses: [10.1.0.0/16], ports: [{number: 3306, name: mysql, protocol: TCP}], resolution: NONE}
`;
  const tcp = (subset: string, host: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: db, namespace: bookinfo}
spec:
  hosts: [db.example.com]
  tcp:
  - match: [{destinationSubnets: [${subset}]}]
    route: [{destination: {host: ${host}}}]
`;

  it('connections, by the addresses that routes name', () => {
    const shown = text(
      `${external}---\n${tcp('10.1.2.0/24', 'db.example.com')}`,
      `${external}---\n${tcp('10.1.2.0/24', 'ratings.bookinfo.svc.cluster.local')}`,
    );
    expect(shown).toContain('db.example.com:3306 (mesh, connections to 10.1.2.1)');
    expect(shown).toContain('all of it moves');
    expect(shown.match(/db\.example\.com:3306 \(/g)).toHaveLength(1);
  });

  it('hosts that come and go', () => {
    const entry = external.replace('TCP', 'HTTP').replace('mysql', 'http');
    expect(text('', entry)).toContain('passed through  →  db.example.com 100 %');
  });

  it('a gateway by its virtual hosts, and connections that it passes on by their names', () => {
    const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: bookinfo}
spec: {selector: {istio: ingress}, servers: [{port: {number: 443, name: tls, protocol: TLS}, tls: {mode: PASSTHROUGH}, hosts: ["*.example.com"]}]}
`;
    const tls = (host: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: tls, namespace: bookinfo}
spec:
  hosts: ["*.example.com"]
  gateways: [gw]
  tls:
  - match: [{sniHosts: [a.example.com]}]
    route: [{destination: {host: ${host}.bookinfo.svc.cluster.local}}]
`;
    const shown = text(`${gateway}---\n${tls('reviews')}`, `${gateway}---\n${tls('ratings')}`);
    expect(shown).toContain('a.example.com:443 (gateway bookinfo/gw)');
    expect(shown).toContain('reviews 100 %  →  ratings 100 %  all of it moves');
  });

  it('who calls, where callers see different things', () => {
    const before = `${rule()}---\n${routes(rest(10))}`;
    const shown = text(before, before.replace('hosts: [reviews', 'exportTo: ["."]\n  hosts: [reviews'));
    expect(shown).toContain('reviews:9080 (mesh, from anywhere but bookinfo)');
    expect(shown).toContain('v1 90 %, v3 10 %  →  reviews 100 %  all of it moves');
  });

  it('a delegate through its root, and a Sidecar', () => {
    const root = routes('  - {delegate: {name: leaf}}\n');
    const leaf = (subset: string) =>
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: leaf, namespace: bookinfo}\nspec: {http: [{route: [${to(subset)}]}]}\n`;
    expect(text(`${rule()}---\n${root}---\n${leaf('v1')}`, `${rule()}---\n${root}---\n${leaf('v2')}`)).toContain('v1 100 %  →  v2 100 %');
    const sidecar = `apiVersion: networking.istio.io/v1\nkind: Sidecar\nmetadata: {name: default, namespace: bookinfo}\nspec: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}, egress: [{hosts: ["./ratings.bookinfo.svc.cluster.local"]}]}\n`;
    expect(text(rule(), `${rule()}---\n${sidecar}`)).toContain('reachability lost');
  });

  it('what cannot be simulated is named', () => {
    const policy = 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: nobody, namespace: bookinfo}\nspec: {}\n';
    expect(text(rule(), `${rule()}---\n${policy}`)).toContain(
      'not simulated: AuthorizationPolicy bookinfo/nobody; what they do to requests is not told above',
    );
  });

  it('what is not known to stay is not said to', () => {
    const policy = (name: string, rest = '') =>
      `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: ${name}, namespace: bookinfo}\nspec: {action: DENY${rest}}\n`;
    const changed = text(`${rule()}---\n${policy('nobody')}`, `${rule()}---\n${policy('nobody', ', rules: [{}]')}`);
    expect(changed).not.toContain('No request changes');
    expect(changed).toContain('No route changes; whether a request does is not known.');
    // By another name it says the same.
    expect(text(`${rule()}---\n${policy('nobody')}`, `${rule()}---\n${policy('none')}`)).toContain('No request changes.');
  });

  it('calls nobody in Markdown', () => {
    const told = renderComparisonMarkdown(
      compared(`${rule()}---\n${routes(pin('"@team"', 'v2') + rest(10))}`, `${rule()}---\n${routes(pin('"@team"', 'v3') + rest(10))}`),
      { print },
    );
    expect(told).toContain('team');
    expect(told.replace(/`[^`]*`/g, '')).not.toMatch(/@(?!&#8203;)/);
  });

  it('pods that a name stands for, and endpoints behind a host', () => {
    const route = routes(rest(10));
    expect(text(`${rule()}---\n${route}`, `${rule().replace('labels: {version: v1}', 'labels: {version: v9}')}---\n${route}`)).toContain(
      `everyone  v1 90 %, v3 10 %  →  v1 90 %, v3 10 %, which are others  90 % moves
      v1: labels.version v1 → v9`,
    );
    const entry = (address: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: pay, namespace: bookinfo}
spec: {hosts: [pay.example.com], ports: [{number: 80, name: http, protocol: HTTP}], resolution: STATIC, endpoints: [{address: ${address}}]}
`;
    const moved = text(entry('10.0.0.1'), entry('10.0.0.2'));
    expect(moved).toContain('pay.example.com 100 %, which are others  all of it moves');
    expect(moved).toContain('by ServiceEntry bookinfo/pay');
  });

  it('connections inside the mesh by their server names', () => {
    const entries = `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: wild, namespace: bookinfo}
spec: {hosts: ['*.example.com', api.example.org, new.example.org], ports: [{number: 443, name: tls, protocol: TLS}], resolution: NONE}
`;
    const route = (host: string) =>
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: wild, namespace: bookinfo}\nspec: {hosts: ['*.example.com'], tls: [{match: [{sniHosts: [any.example.com]}], route: [{destination: {host: ${host}, port: {number: 443}}}]}]}\n`;
    const told = text(`${entries}---\n${route('api.example.org')}`, `${entries}---\n${route('new.example.org')}`);
    expect(told).toContain('any.example.com:443 (mesh)\n  everyone  api.example.org 100 %  →  new.example.org 100 %  all of it moves');
    expect(told).not.toContain('\n*.example.com');
  });

  it('only what a change can reach', () => {
    const read = (all: string) => readMesh(new Map([['a.yaml', all]]), {});
    const [before, after] = [
      read(`${services}---\n${rule()}---\n${routes(rest(10))}`),
      read(`${services}---\n${rule()}---\n${routes(rest(20))}`),
    ];
    const changed = new Set([before, after].flatMap(({ all }) => all.filter(({ kind }) => kind === 'VirtualService')));
    const tables = [sourcesOf(before.mesh), sourcesOf(after.mesh)] as const;
    const places = placesOf(tables, touchedPlaces(...tables, changed));
    expect([...new Set(places.map(({ name }) => name))]).toEqual(['reviews.bookinfo.svc.cluster.local']);
    expect(placesOf(tables, touchedPlaces(...tables, new Set()))).toEqual([]);
  });
});

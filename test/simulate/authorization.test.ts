import { describe, expect, it } from 'vitest';
import { destinationRule, manifest } from '../support/checked.ts';
import { type AskedMesh, type Asking, decided } from '../support/decided.ts';

/** What AuthorizationPolicies do: each row has the line that says so in Istio's sources (pilot/pkg of 1.31, 2026-08-27), and what must come of it. */
type Row = readonly [line: string, rule: string, expected: string, manifests: string, asked?: Asking, about?: AskedMesh];

const service = (name: string, port: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: bookinfo}\nspec: {selector: {app: ${name}}, ports: [${port}]}\n`;
const mesh = (...documents: readonly string[]) => [service('reviews', '{name: http, port: 9080}'), ...documents].join('---\n');
const mongo = service('mongo', '{name: tcp, port: 27017}');
const deployment = (version: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: reviews-${version}, namespace: bookinfo}\nspec: {replicas: 1, template: {metadata: {labels: {app: reviews, version: ${version}}}, spec: {serviceAccountName: bookinfo-reviews}}}\n`;
const policy = (spec: string, name = 'reviews', namespace = 'bookinfo') =>
  manifest('AuthorizationPolicy', name, spec, { namespace, group: 'security' });
const routes = (spec: string) => manifest('VirtualService', 'reviews', spec);
const toReviews = 'route: [{destination: {host: reviews, port: {number: 9080}}}]';
const edge = `${manifest('Gateway', 'gw', 'selector: {istio: ingressgateway}\nservers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]')}---\n${routes(`hosts: ["*"]\ngateways: [gw]\nhttp: [{${toReviews}}]`)}`;
const outside: Asking = { gateway: 'bookinfo/gw', host: 'www.example.com', port: 80 };
const allow = (rule: string) => mesh(policy(`rules: [{${rule}}]`));
const deny = (rule: string) => mesh(policy(`action: DENY\nrules: [{${rule}}]`));
const from = (source: string) => `from: [{source: {${source}}}]`;
const to = (words: string) => `to: [{operation: {${words}}}]`;
const when = (key: string, ...values: readonly string[]) => `when: [{key: "${key}", values: ${JSON.stringify(values)}}]`;
const rehearsed = (text: string) => text.replace(/(\nmetadata: \{[^}]*)\}/, '$1, annotations: {"istio.io/dry-run": "true"}}');
const toMongo: Asking = { protocol: 'tcp', host: 'mongo', port: 27017 };
const [allowed, refused] = ['reviews:9080', 'reviews:9080!RBAC'];
const claims = (iss: string, sub?: string): Asking => ({ claims: { iss, ...(sub === undefined ? {} : { sub }) } });

const authz = 'security/authz';
const actions: readonly Row[] = [
  [`${authz}/builder/builder.go:135`, 'an ALLOW policy that takes the request allows it', allowed, allow(from('namespaces: [bookinfo]'))],
  [`${authz}/builder/builder.go:135`, 'with one in force, what none takes is refused', refused, allow(from('namespaces: [shop]'))],
  [`${authz}/builder/builder.go:294`, 'without rules nothing is allowed', refused, mesh(policy('selector: {matchLabels: {app: reviews}}'))],
  [`${authz}/builder/builder.go:294`, 'and nothing denied', allowed, mesh(policy('action: DENY'))],
  [`${authz}/model/model.go:222`, 'an empty rule takes everything', allowed, mesh(policy('rules: [{}]'))],
  [
    `${authz}/builder/builder.go:130`,
    'a DENY policy goes before an ALLOW policy',
    refused,
    mesh(policy('rules: [{}]', 'allow'), policy(`action: DENY\nrules: [{${to('methods: [GET]')}}]`, 'deny')),
  ],
  [`${authz}/builder/builder.go:130`, 'one that does not take it refuses nothing', allowed, deny(to('methods: [POST]'))],
  [`${authz}/builder/builder.go:125`, 'AUDIT refuses nothing', allowed, mesh(policy('action: AUDIT\nrules: [{}]'))],
  [
    `${authz}/builder/builder.go:115`,
    'CUSTOM is somebody else’s decision',
    allowed,
    mesh(policy('action: CUSTOM\nprovider: {name: opa}\nrules: [{}]')),
  ],
  [`${authz}/builder/builder.go:259`, 'a rehearsed DENY refuses nothing', allowed, mesh(rehearsed(policy('action: DENY\nrules: [{}]')))],
  [
    `${authz}/builder/builder.go:302`,
    'nor does a rehearsed ALLOW',
    allowed,
    mesh(rehearsed(policy(`rules: [{${from('namespaces: [shop]')}}]`))),
  ],
];

const selection: readonly Row[] = [
  ['model/authorization.go:97', 'policies of the root namespace hold everywhere', refused, mesh(policy('{}', 'none', 'istio-system'))],
  ['model/authorization.go:97', 'those of another namespace do not', allowed, mesh(policy('{}', 'none', 'shop'))],
  ['model/authorization.go:106', 'a selector for other pods has no say', allowed, mesh(policy('selector: {matchLabels: {app: ratings}}'))],
  [
    'model/authorization.go:106',
    'pods that are shown are selected by their own labels',
    'reviews/v1:9080=50!RBAC reviews/v2:9080=50',
    mesh(
      deployment('v1'),
      deployment('v2'),
      destinationRule('host: reviews\nsubsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]'),
      routes(
        'hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews, subset: v1}, weight: 1}, {destination: {host: reviews, subset: v2}, weight: 1}]}]',
      ),
      policy('selector: {matchLabels: {version: v1}}'),
    ),
  ],
  [
    'networking/core/listener_inbound.go (policies are of inbound listeners)',
    'what leaves the mesh meets no policy',
    'api.example.com:80',
    mesh(
      manifest('ServiceEntry', 'ext', 'hosts: [api.example.com]\nports: [{number: 80, name: http, protocol: HTTP}]\nresolution: DNS'),
      policy('{}', 'none', 'istio-system'),
    ),
    { host: 'api.example.com', port: 80 },
  ],
  [
    'networking/core/route/route.go TranslateRoute',
    'a redirect reaches no pod',
    'redirect',
    mesh(routes('hosts: [reviews]\nhttp: [{redirect: {uri: /x}}]'), policy('{}')),
  ],
  [
    'networking/core/gateway.go (a gateway has policies of its own)',
    'a policy of the gateway’s pods refuses at the edge, where nobody has a principal',
    'RBAC 403',
    mesh(edge, policy(`selector: {matchLabels: {istio: ingressgateway}}\nrules: [{${from('namespaces: [bookinfo]')}}]`)),
    outside,
  ],
  [
    'networking/core/gateway.go',
    'behind it the caller is the gateway',
    allowed,
    mesh(edge, policy(`selector: {matchLabels: {app: reviews}}\nrules: [{${from('namespaces: [bookinfo]')}}]`)),
    outside,
  ],
];

const sources: readonly Row[] = [
  [
    `${authz}/model/generator.go:251`,
    'principals are the caller’s service account',
    allowed,
    allow(from('principals: [cluster.local/ns/bookinfo/sa/default]')),
  ],
  [
    `${authz}/model/generator.go:251`,
    'which its pods tell',
    allowed,
    allow(from('principals: [cluster.local/ns/bookinfo/sa/bookinfo-web]')),
    { serviceAccount: 'bookinfo-web' },
  ],
  [`${authz}/matcher/string.go:106`, 'a suffix of a principal is enough', allowed, allow(from('principals: ["*/sa/default"]'))],
  [`${authz}/matcher/string.go:100`, 'and a prefix', allowed, allow(from('principals: ["cluster.local/ns/*"]'))],
  [`${authz}/model/generator.go:180`, 'a namespace with a star in it', allowed, allow(from('namespaces: ["book*o"]'))],
  [`${authz}/model/generator.go:180`, 'is no other one', refused, allow(from('namespaces: ["book*x"]'))],
  [`${authz}/model/generator.go:180`, 'notNamespaces excludes', refused, deny(from('notNamespaces: [shop]'))],
  [
    `${authz}/model/generator.go:208`,
    'a service account without namespace is one of the policy’s',
    refused,
    allow(from('serviceAccounts: [default]')),
    { from: 'shop', host: 'reviews.bookinfo' },
  ],
  [
    `${authz}/model/generator.go:217`,
    'the beginning of a service account is not enough',
    refused,
    allow(from('serviceAccounts: [bookinfo/def]')),
  ],
  [`${authz}/model/generator.go:229`, 'any trust domain', allowed, allow(from('trustDomains: ["*"]'))],
  [`${authz}/model/generator.go:238`, 'a trust domain with a star in it', allowed, allow(from('trustDomains: ["cluster*cal"]'))],
  [`${authz}/model/generator.go:234`, 'another trust domain', refused, allow(from('trustDomains: [cluster]'))],
  [
    `${authz}/model/principal.go:60`,
    'without mutual TLS nobody has a principal',
    refused,
    mesh(destinationRule('host: reviews\ntrafficPolicy: {tls: {mode: DISABLE}}'), policy(`rules: [{${from('namespaces: [bookinfo]')}}]`)),
  ],
  [
    `${authz}/model/principal.go:60`,
    'before 1.5 there is none unless it is asked for',
    refused,
    allow(from('namespaces: [bookinfo]')),
    {},
    { istio: '1.4' },
  ],
  [
    `${authz}/model/generator.go:309`,
    'a request principal is issuer and subject',
    allowed,
    allow(from('requestPrincipals: ["iss/sub"]')),
    claims('iss', 'sub'),
  ],
  [
    `${authz}/model/generator.go:269`,
    'parted at the last slash',
    allowed,
    allow(from('requestPrincipals: ["https://a/sub"]')),
    claims('https://a', 'sub'),
  ],
  [`${authz}/model/generator.go:282`, 'any needs both', refused, allow(from('requestPrincipals: ["*"]')), claims('iss')],
  [`${authz}/model/generator.go:298`, 'a star for the subject', allowed, allow(from('requestPrincipals: ["iss/*"]')), claims('iss', 'sub')],
  [
    `${authz}/model/generator.go:297`,
    'is of this issuer alone',
    refused,
    allow(from('requestPrincipals: ["iss/*"]')),
    claims('iss/more', 'sub'),
  ],
  [`${authz}/model/generator.go:286`, 'a star for the issuer', allowed, allow(from('requestPrincipals: ["*/sub"]')), claims('iss', 'sub')],
  [
    `${authz}/model/generator.go:290`,
    'is of this subject alone',
    refused,
    allow(from('requestPrincipals: ["*/sub"]')),
    claims('iss', 'a/sub'),
  ],
  [
    `${authz}/model/generator.go:293`,
    'without a slash it is the end of the subject',
    allowed,
    allow(from('requestPrincipals: ["*ub"]')),
    claims('iss', 'sub'),
  ],
  [
    `${authz}/model/generator.go:304`,
    'or the beginning of the issuer',
    allowed,
    allow(from('requestPrincipals: ["is*"]')),
    claims('iss', 'sub'),
  ],
];

const operations: readonly Row[] = [
  [`${authz}/model/generator.go:413`, 'paths by prefix', allowed, allow(to('paths: ["/api*"]')), { path: '/api/v1' }],
  [`${authz}/model/generator.go:408`, 'paths by template (1.22)', allowed, allow(to('paths: ["/{*}/v1"]')), { path: '/api/v1' }],
  [`${authz}/matcher/template.go:36`, 'where {*} is one segment', refused, allow(to('paths: ["/{*}/v1"]')), { path: '/a/b/v1' }],
  [`${authz}/matcher/template.go:37`, 'and {**} any number', allowed, allow(to('paths: ["/a/{**}"]')), { path: '/a/b/v1' }],
  [
    'networking/core/route/route.go TranslateRoute (the caller rewrites)',
    'the path is the one that arrives',
    allowed,
    mesh(
      routes(`hosts: [reviews]\nhttp: [{match: [{uri: {prefix: /api}}], rewrite: {uri: /v1}, ${toReviews}}]`),
      policy(`rules: [{${to('paths: [/v1/x]')}}]`),
    ),
    { path: '/api/x' },
  ],
  [`${authz}/matcher/header.go:73`, 'hosts in whatever case', allowed, allow(to('hosts: ["*EVIEWS"]'))],
  [`${authz}/matcher/header.go:50`, 'methods as they are written', refused, allow(to('methods: [get]'))],
  [`${authz}/model/generator.go:63`, 'ports are those of the pods, not of the Service', refused, allow(to('ports: ["8080"]'))],
  [`${authz}/model/model.go:293`, 'notPaths excludes', refused, allow(to('notPaths: ["/*"]'))],
  [
    `${authz}/model/model.go:141`,
    'one of several operations is enough',
    allowed,
    allow('to: [{operation: {methods: [POST]}}, {operation: {methods: [GET]}}]'),
  ],
  [`${authz}/model/model.go:220`, 'but all of what one says', refused, allow(to('methods: [GET], paths: [/x]'))],
];

const conditions: readonly Row[] = [
  [
    `${authz}/model/model.go:86`,
    'all conditions hold',
    allowed,
    allow('when: [{key: "request.headers[x-user]", values: [jason]}, {key: source.namespace, values: [bookinfo]}]'),
    { headers: { 'x-user': 'jason' } },
  ],
  [`${authz}/matcher/header.go:28`, 'a header that is missing fits nothing', refused, allow(when('request.headers[x-user]', '*'))],
  [
    `${authz}/matcher/header.go:32`,
    'one that is there and empty fits the star',
    allowed,
    allow(when('request.headers[x-user]', '*')),
    { headers: { 'x-user': '' } },
  ],
  [
    `${authz}/matcher/header.go:39`,
    'the end of a header',
    allowed,
    allow(when('request.headers[x-user]', '*son')),
    { headers: { 'x-user': 'jason' } },
  ],
  [
    `${authz}/model/generator.go:383`,
    'a claim that is a list has one that fits',
    allowed,
    allow(when('request.auth.claims[groups]', 'b')),
    { claims: { groups: ['a', 'b'] } },
  ],
  [
    `${authz}/model/generator.go:379`,
    'a claim in a claim',
    allowed,
    allow(when('request.auth.claims[a][b]', 'c')),
    { claims: { a: { b: 'c' } } },
  ],
  [`${authz}/model/generator.go:63`, 'destination.port', refused, allow(when('destination.port', '8080'))],
];

const connections: readonly Row[] = [
  [
    `${authz}/model/model.go:356`,
    'an HTTP word takes an ALLOW rule out',
    'mongo:27017!RBAC',
    mesh(mongo, policy(`rules: [{${to('methods: [GET]')}}]`)),
    toMongo,
  ],
  [
    `${authz}/model/model.go:362`,
    'and only itself out of a DENY rule',
    'mongo:27017!RBAC',
    mesh(mongo, policy(`action: DENY\nrules: [{${to('methods: [GET]')}}]`)),
    toMongo,
  ],
  [
    `${authz}/model/model.go:362`,
    'whose other words still hold',
    'mongo:27017',
    mesh(mongo, policy(`action: DENY\nrules: [{${from('namespaces: [shop]')}, ${to('methods: [GET]')}}]`)),
    toMongo,
  ],
  [
    `${authz}/model/generator.go:331`,
    'what is asked of a token is HTTP, too',
    'mongo:27017!RBAC',
    mesh(mongo, policy(`rules: [{${when('request.auth.audiences', 'a')}}]`)),
    toMongo,
  ],
];

describe.each([
  ['actions', actions],
  ['selection', selection],
  ['sources', sources],
  ['operations', operations],
  ['conditions', conditions],
  ['connections', connections],
])('authorization: %s', (_, rows) => {
  it.each(rows.map((row) => ({ row, rule: row[1], line: row[0] })))('$rule ($line)', ({ row: [, , expected, manifests, asked, about] }) => {
    expect(decided(manifests, asked, about)).toBe(expected);
  });
});

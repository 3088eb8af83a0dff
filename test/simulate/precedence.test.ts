import { describe, expect, it } from 'vitest';
import { destinationRule, manifest, virtualService } from '../support/checked.ts';
import { type AskedMesh, type Asking, decided, decision } from '../support/decided.ts';

/** Services of Bookinfo, so that hosts and ports are known. */
const service = (name: string, ports: string, namespace = 'bookinfo', more = '') =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${namespace}${more}}\nspec: {selector: {app: ${name}}, ports: [${ports}]}\n`;
const http = (port: number, name = 'http') => `{name: ${name}, port: ${port}}`;
const services = [service('reviews', http(9080)), service('ratings', http(9080)), service('details', http(9080))].join('---\n');
const mesh = (...documents: readonly string[]) => [services, ...documents].join('---\n');
const rule = (name: string, ...subsets: readonly string[]) =>
  destinationRule(`host: ${name}\nsubsets: [${subsets.map((one) => `{name: ${one}, labels: {version: ${one}}}`).join(', ')}]`, name);
const to = (destination: string) => `route: [{destination: {${destination}}}]`;
const vs = (spec: string, name = 'reviews', namespace = 'bookinfo') => manifest('VirtualService', name, spec, { namespace });

type Row = readonly [source: string, expected: string, manifests: string, asked?: Asking, about?: AskedMesh];

/** Each row: the rule and where Istio has it, what must come of it, the manifests, the request. */
const hosts: readonly Row[] = [
  ['no VirtualService: all of the host, of every version (route.go BuildSidecarVirtualHostWrapper)', 'reviews:9080', mesh()],
  [
    'a short name means one in the namespace of the rule (config.go ResolveShortnameToFQDN)',
    'reviews/v2:9080',
    mesh(rule('reviews', 'v2'), vs(`hosts: [reviews]\nhttp: [{${to('host: reviews, subset: v2')}}]`)),
  ],
  [
    'callers elsewhere use name.namespace (httproute.go GenerateVirtualHostDomains)',
    'reviews/v2:9080',
    mesh(rule('reviews', 'v2'), vs(`hosts: [reviews]\nhttp: [{${to('host: reviews, subset: v2')}}]`)),
    { host: 'reviews.bookinfo', from: 'shop' },
  ],
  ['and not the bare name', 'passthrough', mesh(service('web', http(9080), 'shop')), { host: 'reviews', from: 'shop' }],
  [
    'a host with a dot is taken literally and routes no Kubernetes service',
    'reviews:9080',
    mesh(vs(`hosts: [reviews.bookinfo]\nhttp: [{${to('host: ratings')}}]`)),
  ],
  [
    'an exact host goes before a wildcard (1.21, note 45415)',
    'ratings:9080',
    mesh(
      vs(`hosts: [reviews]\nhttp: [{${to('host: ratings')}}]`, 'z'),
      vs(`hosts: ["*.bookinfo.svc.cluster.local"]\nhttp: [{${to('host: details')}}]`, 'a'),
    ),
  ],
  [
    'of two wildcards the longer one',
    'details:9080',
    mesh(
      vs(`hosts: ["*.svc.cluster.local"]\nhttp: [{${to('host: ratings')}}]`, 'a'),
      vs(`hosts: ["*.bookinfo.svc.cluster.local"]\nhttp: [{${to('host: details')}}]`, 'z'),
    ),
  ],
  [
    'before 1.21 the older one, whatever it names, which git does not know',
    'details:9080 ?',
    mesh(
      vs(`hosts: [reviews]\nhttp: [{${to('host: ratings')}}]`, 'z'),
      vs(`hosts: ["*.bookinfo.svc.cluster.local"]\nhttp: [{${to('host: details')}}]`, 'a'),
    ),
    {},
    { istio: '1.20' },
  ],
  [
    'two VirtualServices of one host: the older has all, which git does not know',
    'ratings:9080 ?',
    mesh(vs(`hosts: [reviews]\nhttp: [{${to('host: ratings')}}]`, 'a'), vs(`hosts: [reviews]\nhttp: [{${to('host: details')}}]`, 'b')),
  ],
  [
    'a private one goes before a public one (virtualservice.go SelectVirtualServices)',
    'details:9080',
    mesh(
      vs(`hosts: [reviews]\nhttp: [{${to('host: ratings')}}]`, 'a'),
      vs(`hosts: [reviews]\nexportTo: ["."]\nhttp: [{${to('host: details')}}]`, 'b'),
    ),
  ],
  [
    'one that is not exported to the caller counts for nothing',
    'reviews:9080',
    mesh(vs(`hosts: [reviews]\nexportTo: ["."]\nhttp: [{${to('host: ratings')}}]`)),
    { host: 'reviews.bookinfo', from: 'shop' },
  ],
  [
    'one that is bound to a gateway only does not route the mesh',
    'reviews:9080',
    mesh(vs(`hosts: [reviews]\ngateways: [gw]\nhttp: [{${to('host: ratings')}}]`)),
  ],
  [
    'a VirtualService without a route for this proxy is skipped',
    'reviews:9080',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{sourceLabels: {app: web}}], ${to('host: ratings')}}]`)),
  ],
  [
    'one with routes of which none matches answers 404',
    'NR 404',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{uri: {prefix: /api}}], ${to('host: ratings')}}]`)),
  ],
  ['unknown hosts pass where the mesh lets them', 'passthrough', mesh(), { host: 'example.com', port: 80 }],
  [
    'and are stopped where it does not',
    'BlackHole 502',
    mesh(),
    { host: 'example.com', port: 80 },
    { outboundTrafficPolicy: 'REGISTRY_ONLY' },
  ],
  [
    'a host that is no service is routed on port 80',
    'ratings:9080',
    mesh(vs(`hosts: [shop.example.com]\nhttp: [{${to('host: ratings, port: {number: 9080}')}}]`)),
    { host: 'shop.example.com', port: 80 },
  ],
  [
    'and on no other port',
    'passthrough',
    mesh(vs(`hosts: [shop.example.com]\nhttp: [{${to('host: ratings, port: {number: 9080}')}}]`)),
    { host: 'shop.example.com', port: 9080 },
  ],
];

const matches: readonly Row[] = [
  [
    'routes in order, the first that matches',
    'ratings:9080',
    mesh(vs(`hosts: [reviews]\nhttp:\n- match: [{uri: {prefix: /}}]\n  ${to('host: ratings')}\n- ${to('host: details')}`)),
  ],
  [
    'conditions of a match are ANDed',
    'details:9080',
    mesh(
      vs(
        `hosts: [reviews]\nhttp:\n- match: [{uri: {prefix: /}, method: {exact: POST}}]\n  ${to('host: ratings')}\n- ${to('host: details')}`,
      ),
    ),
  ],
  [
    'matches of a route are ORed',
    'ratings:9080',
    mesh(
      vs(
        `hosts: [reviews]\nhttp:\n- match: [{method: {exact: POST}}, {headers: {end-user: {exact: jason}}}]\n  ${to('host: ratings')}\n- ${to('host: details')}`,
      ),
    ),
    { headers: { 'end-user': 'jason' } },
  ],
  [
    'a prefix is a plain prefix of the text',
    'ratings:9080',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{uri: {prefix: /foo}}], ${to('host: ratings')}}]`)),
    { path: '/foobar' },
  ],
  [
    'a regex matches the whole path',
    'NR 404',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{uri: {regex: /foo}}], ${to('host: ratings')}}]`)),
    { path: '/foobar' },
  ],
  [
    'ignoreUriCase holds for exact and prefix',
    'ratings:9080',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{uri: {exact: /Foo}, ignoreUriCase: true}], ${to('host: ratings')}}]`)),
    { path: '/fOO' },
  ],
  [
    'header names ignore case',
    'ratings:9080',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{headers: {End-User: {exact: jason}}}], ${to('host: ratings')}}]`)),
    { headers: { 'end-user': 'jason' } },
  ],
  [
    'header values do not',
    'NR 404',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{headers: {end-user: {exact: jason}}}], ${to('host: ratings')}}]`)),
    { headers: { 'end-user': 'Jason' } },
  ],
  [
    'an empty header condition asks for presence',
    'ratings:9080',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{headers: {x: {}}}], ${to('host: ratings')}}]`)),
    { headers: { x: '' } },
  ],
  [
    'withoutHeaders: a missing header is another value since 1.22',
    'ratings:9080',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{withoutHeaders: {x: {exact: "1"}}}], ${to('host: ratings')}}]`)),
  ],
  [
    'withoutHeaders: before 1.22 it had to be there',
    'NR 404',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{withoutHeaders: {x: {exact: "1"}}}], ${to('host: ratings')}}]`)),
    {},
    { istio: '1.21' },
  ],
  [
    'the authority has the port in it, unlike the host of a virtual host',
    'NR 404',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{authority: {exact: reviews}}], ${to('host: ratings')}}]`)),
    { authority: 'reviews:9080' },
  ],
  [
    'query parameters must all hold, others are free',
    'ratings:9080',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{queryParams: {a: {exact: "1"}}}], ${to('host: ratings')}}]`)),
    { query: { a: '1', b: '2' } },
  ],
  [
    'match.port is the port that was called',
    'ratings:9080',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{port: 9080}], ${to('host: ratings')}}]`)),
  ],
  [
    'sourceLabels are the caller pod’s',
    'ratings:9080',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{sourceLabels: {app: web}}], ${to('host: ratings')}}]`)),
    { labels: { app: 'web', version: 'v1' } },
  ],
  [
    'sourceNamespace is the caller’s',
    'reviews:9080',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{sourceNamespace: shop}], ${to('host: ratings')}}]`)),
  ],
  [
    'with gateways in a match, source labels are not looked at (route.go sourceMatchHTTP)',
    'ratings:9080',
    mesh(vs(`hosts: [reviews]\nhttp: [{match: [{gateways: [mesh], sourceLabels: {app: web}}], ${to('host: ratings')}}]`)),
  ],
];

const destinations: readonly Row[] = [
  [
    'one destination takes all whatever its weight',
    'ratings:9080',
    mesh(vs('hosts: [reviews]\nhttp: [{route: [{destination: {host: ratings}, weight: 0}]}]')),
  ],
  [
    'weights are shares of their sum',
    'ratings:9080=75 details:9080=25',
    mesh(vs('hosts: [reviews]\nhttp: [{route: [{destination: {host: ratings}, weight: 3}, {destination: {host: details}, weight: 1}]}]')),
  ],
  [
    'of several, those without weight get nothing',
    'ratings:9080',
    mesh(vs('hosts: [reviews]\nhttp: [{route: [{destination: {host: ratings}, weight: 3}, {destination: {host: details}}]}]')),
  ],
  [
    'an undeclared subset has no cluster',
    'reviews/v9:9080!NC',
    mesh(rule('reviews', 'v1'), vs(`hosts: [reviews]\nhttp: [{${to('host: reviews, subset: v9')}}]`)),
  ],
  [
    'only for its share',
    'reviews/v1:9080=90 reviews/v9:9080=10!NC',
    mesh(
      rule('reviews', 'v1'),
      vs(
        'hosts: [reviews]\nhttp: [{route: [{destination: {host: reviews, subset: v1}, weight: 90}, {destination: {host: reviews, subset: v9}, weight: 10}]}]',
      ),
    ),
  ],
  ['a host that is not there has no cluster', 'rewiews:9080!NC', mesh(vs(`hosts: [reviews]\nhttp: [{${to('host: rewiews')}}]`))],
  ['nor a port that the host lacks', 'ratings:80!NC', mesh(vs(`hosts: [reviews]\nhttp: [{${to('host: ratings, port: {number: 80}')}}]`))],
  [
    'without a port a sidecar takes the one that was called, even of a host with one other port',
    'web:9080!NC',
    mesh(service('web', http(80)), vs(`hosts: [reviews]\nhttp: [{${to('host: web')}}]`)),
  ],
  [
    'a subset without pods has no healthy upstream',
    'reviews/v2:9080!UH',
    mesh(
      rule('reviews', 'v1', 'v2'),
      'apiVersion: v1\nkind: Pod\nmetadata: {name: r1, namespace: bookinfo, labels: {app: reviews, version: v1}}\n',
      vs(`hosts: [reviews]\nhttp: [{${to('host: reviews, subset: v2')}}]`),
    ),
  ],
  [
    'the DestinationRule of the caller’s namespace goes first and alone (push_context.go destinationRule)',
    'reviews/v2:9080!NC',
    mesh(
      rule('reviews', 'v2'),
      manifest('DestinationRule', 'mine', 'host: reviews.bookinfo.svc.cluster.local\ntrafficPolicy: {loadBalancer: {simple: RANDOM}}', {
        namespace: 'shop',
      }),
      vs(`hosts: [reviews]\nhttp: [{${to('host: reviews, subset: v2')}}]`),
    ),
    { host: 'reviews.bookinfo', from: 'shop' },
  ],
  ['redirect goes before everything', 'redirect', mesh(vs('hosts: [reviews]\nhttp: [{redirect: {uri: /new}}]'))],
  ['directResponse answers at once', 'direct-response', mesh(vs('hosts: [reviews]\nhttp: [{directResponse: {status: 503}}]'))],
];

const delegates: readonly Row[] = [
  [
    'a delegate fills in the root’s route',
    'ratings:9080',
    mesh(
      vs('hosts: [reviews]\nhttp: [{match: [{uri: {prefix: /api}}], delegate: {name: api}}]'),
      vs(`http: [{match: [{uri: {prefix: /api/v1}}], ${to('host: ratings')}}]`, 'api'),
    ),
    { path: '/api/v1/x' },
  ],
  [
    'a route of it that leaves the root’s path is dropped',
    'reviews:9080',
    mesh(
      vs('hosts: [reviews]\nhttp: [{match: [{uri: {prefix: /api}}], delegate: {name: api}}]'),
      vs(`http: [{match: [{uri: {prefix: /web}}], ${to('host: ratings')}}]`, 'api'),
    ),
    { path: '/web' },
  ],
  [
    'a missing delegate takes its route with it',
    'details:9080',
    mesh(vs(`hosts: [reviews]\nhttp:\n- match: [{uri: {prefix: /api}}]\n  delegate: {name: api}\n- ${to('host: details')}`)),
    { path: '/api' },
  ],
];

const gateway = (servers: string, name = 'gw', namespace = 'bookinfo') =>
  manifest('Gateway', name, `selector: {istio: ingressgateway}\nservers: ${servers}`, { namespace });
const open = '[{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]';
const at: Asking = { gateway: 'bookinfo/gw', host: 'shop.example.com', port: 80 };
const gateways: readonly Row[] = [
  [
    'a VirtualService of the gateway routes its hosts',
    'ratings:9080',
    mesh(gateway(open), vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: ratings')}}]`)),
    at,
  ],
  [
    'a host that none names: 404',
    'NR 404',
    mesh(gateway(open), vs(`hosts: [other.example.com]\ngateways: [gw]\nhttp: [{${to('host: ratings')}}]`)),
    at,
  ],
  ['a port that no server has', 'reset', mesh(gateway(open)), { ...at, port: 8080 }],
  [
    'the narrower of two names is the virtual host, and nothing falls through to the wider',
    'NR 404',
    mesh(
      gateway(open),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{match: [{uri: {prefix: /api}}], ${to('host: ratings')}}]`, 'a'),
      vs(`hosts: ["*.example.com"]\ngateways: [gw]\nhttp: [{${to('host: details')}}]`, 'b'),
    ),
    at,
  ],
  [
    'on a server of that name they are one virtual host (model/gateway.go)',
    'details:9080',
    mesh(
      gateway('[{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]'),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{match: [{uri: {prefix: /api}}], ${to('host: ratings')}}]`, 'a'),
      vs(`hosts: ["*.example.com"]\ngateways: [gw]\nhttp: [{${to('host: details')}}]`, 'b'),
    ),
    at,
  ],
  [
    'catch-alls go behind the others, whoever is older (SortVHostRoutes)',
    'ratings:9080',
    mesh(
      gateway(open),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: details')}}]`, 'a'),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{match: [{uri: {prefix: /api}}], ${to('host: ratings')}}]`, 'b'),
    ),
    { ...at, path: '/api' },
  ],
  [
    'two catch-alls: the older one',
    'details:9080 ?',
    mesh(
      gateway(open),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: details')}}]`, 'a'),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: ratings')}}]`, 'b'),
    ),
    at,
  ],
  [
    'a server may be for one namespace',
    'NR 404',
    mesh(
      gateway('[{port: {number: 80, name: http, protocol: HTTP}, hosts: ["shop/*"]}]'),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: ratings')}}]`),
    ),
    at,
  ],
  [
    'the mesh’s routes are not the gateway’s',
    'reviews:9080',
    mesh(
      gateway(open),
      rule('reviews', 'v1'),
      vs(`hosts: [reviews]\nhttp: [{${to('host: reviews, subset: v1')}}]`, 'mesh'),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: reviews')}}]`, 'edge'),
    ),
    at,
  ],
  [
    'httpsRedirect sends everyone to https',
    'redirect',
    mesh(gateway('[{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"], tls: {httpsRedirect: true}}]')),
    at,
  ],
  [
    'a destination without port takes the host’s only one',
    'ratings:9080',
    mesh(gateway(open), vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: ratings')}}]`)),
    at,
  ],
  [
    'TLS that is passed through goes by SNI',
    'ratings:9080',
    mesh(
      gateway('[{port: {number: 443, name: tls, protocol: TLS}, hosts: ["*"], tls: {mode: PASSTHROUGH}}]'),
      vs(
        `hosts: [shop.example.com]\ngateways: [gw]\ntls: [{match: [{sniHosts: [shop.example.com]}], ${to('host: ratings, port: {number: 9080}')}}]`,
      ),
    ),
    { ...at, protocol: 'tls', port: 443 },
  ],
  [
    'TLS that ends there is routed as http',
    'ratings:9080',
    mesh(
      gateway('[{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE, credentialName: cert}}]'),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: ratings')}}]`),
    ),
    { ...at, scheme: 'https', port: 443 },
  ],
];

const tcpService = service('mongo', '{name: mongo, port: 27017}');
const connections: readonly Row[] = [
  [
    'TCP: the first route without conditions',
    'ratings:9080',
    mesh(tcpService, vs(`hosts: [mongo]\ntcp: [{${to('host: ratings, port: {number: 9080}')}}]`, 'mongo')),
    { protocol: 'tcp', host: 'mongo', port: 27017 },
  ],
  ['TCP without a route goes to the host', 'mongo:27017', mesh(tcpService), { protocol: 'tcp', host: 'mongo', port: 27017 }],
  [
    'a match on another port is passed over',
    'mongo:27017',
    mesh(tcpService, vs(`hosts: [mongo]\ntcp: [{match: [{port: 1}], ${to('host: ratings')}}]`, 'mongo')),
    { protocol: 'tcp', host: 'mongo', port: 27017 },
  ],
  [
    'subnets hold for addresses in them',
    'ratings:9080',
    mesh(
      tcpService,
      vs(`hosts: [mongo]\ntcp: [{match: [{destinationSubnets: [10.0.0.0/8]}], ${to('host: ratings, port: {number: 9080}')}}]`, 'mongo'),
    ),
    { protocol: 'tcp', host: 'mongo', port: 27017, address: '10.1.2.3' },
  ],
  [
    'TLS: the narrowest SNI name',
    'ratings:9080',
    mesh(
      manifest('ServiceEntry', 'ext', 'hosts: ["*.example.com"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: NONE'),
      vs(
        `hosts: ["*.example.com"]\ntls:\n- match: [{sniHosts: ["*.example.com"]}]\n  ${to('host: details, port: {number: 9080}')}\n- match: [{sniHosts: [a.example.com]}]\n  ${to('host: ratings, port: {number: 9080}')}`,
        'ext',
      ),
    ),
    { protocol: 'tls', host: 'a.example.com', port: 443 },
  ],
  [
    'http routes have no say on an HTTPS port',
    'api.example.com:443',
    mesh(
      manifest('ServiceEntry', 'ext', 'hosts: [api.example.com]\nports: [{number: 443, name: https, protocol: HTTPS}]\nresolution: DNS'),
      vs(`hosts: [api.example.com]\nhttp: [{${to('host: ratings')}}]`, 'ext'),
    ),
    { host: 'api.example.com', port: 443 },
  ],
];

const tls = (matches: string) => manifest('VirtualService', 'ext', `hosts: ["*.example.com"]\ntls:\n${matches}`);
const wide = manifest(
  'ServiceEntry',
  'ext',
  'hosts: ["*.example.com"]\nports: [{number: 443, name: tls, protocol: TLS}]\nresolution: NONE',
);
const port = (host: string) => to(`host: ${host}, port: {number: 9080}`);
const passing = gateway('[{port: {number: 443, name: tls, protocol: TLS}, hosts: ["*"], tls: {mode: PASSTHROUGH}}]');
const chains: readonly Row[] = [
  [
    'the longest subnet goes before the narrowest name',
    'details:9080',
    mesh(
      wide,
      tls(
        `- match: [{sniHosts: [a.example.com], destinationSubnets: [10.0.0.0/8]}]\n  ${port('ratings')}\n- match: [{sniHosts: ["*.example.com"], destinationSubnets: [10.1.0.0/16]}]\n  ${port('details')}`,
      ),
    ),
    { protocol: 'tls', host: 'a.example.com', port: 443, address: '10.1.2.3' },
  ],
  [
    'a match without subnets keeps those before it (tls.go, one variable for the list)',
    'passthrough',
    mesh(
      wide,
      tls(
        `- match: [{sniHosts: [a.example.com], destinationSubnets: [10.0.0.0/8]}]\n  ${port('ratings')}\n- match: [{sniHosts: [b.example.com]}]\n  ${port('details')}`,
      ),
    ),
    { protocol: 'tls', host: 'b.example.com', port: 443, address: '192.0.2.1' },
  ],
  [
    'an SNI that no tls route names falls to the default chain of the listener, versions or not (tls.go hasTLSMatch, listener.go buildListenerFromEntry)',
    'passthrough',
    mesh(wide, tls(`- match: [{sniHosts: [a.example.com]}]\n  ${port('ratings')}`)),
    { protocol: 'tls', host: 'b.example.com', port: 443 },
  ],
  [
    'which stops it where only known hosts may be called',
    'BlackHole 502',
    mesh(wide, tls(`- match: [{sniHosts: [a.example.com]}]\n  ${port('ratings')}`)),
    { protocol: 'tls', host: 'b.example.com', port: 443 },
    { outboundTrafficPolicy: 'REGISTRY_ONLY' },
  ],
  [
    'without tls routes for the port there is a chain for the host',
    '*.example.com:443',
    mesh(wide, tls(`- match: [{sniHosts: [a.example.com], port: 1}]\n  ${port('ratings')}`)),
    { protocol: 'tls', host: 'b.example.com', port: 443 },
  ],
  [
    'a gateway looks at no subnets',
    'ratings:9080',
    mesh(
      passing,
      vs(
        `hosts: [a.example.com]\ngateways: [gw]\ntls: [{match: [{sniHosts: [a.example.com], destinationSubnets: [10.0.0.0/8]}], ${port('ratings')}}]`,
      ),
    ),
    { ...at, protocol: 'tls', host: 'a.example.com', port: 443 },
  ],
  [
    'and leaves out a match that repeats a name',
    'reset',
    mesh(
      passing,
      vs(
        `hosts: ["*.example.com"]\ngateways: [gw]\ntls:\n- match: [{sniHosts: [a.example.com]}]\n  ${port('ratings')}\n- match: [{sniHosts: [a.example.com, b.example.com]}]\n  ${port('details')}`,
      ),
    ),
    { ...at, protocol: 'tls', host: 'b.example.com', port: 443 },
  ],
];

const sidecar = (egress: string, more = '') => manifest('Sidecar', 'default', `egress: [{hosts: [${egress}]}]${more}`);
const sidecars: readonly Row[] = [
  ['a host outside the egress is unknown to the caller', 'passthrough', mesh(sidecar('"./ratings.bookinfo.svc.cluster.local"'))],
  ['one inside is known', 'reviews:9080', mesh(sidecar('"./reviews.bookinfo.svc.cluster.local"'))],
  [
    'where an imported VirtualService leads is imported with it (sidecar.go)',
    'ratings:9080',
    mesh(sidecar('"./reviews.bookinfo.svc.cluster.local"'), vs(`hosts: [reviews]\nhttp: [{${to('host: ratings')}}]`)),
  ],
  [
    'a VirtualService outside the egress has no say',
    'reviews:9080',
    mesh(
      sidecar('"./reviews.bookinfo.svc.cluster.local"'),
      vs(`hosts: [reviews.bookinfo.svc.cluster.local]\nhttp: [{${to('host: ratings.bookinfo.svc.cluster.local')}}]`, 'far', 'shop'),
    ),
  ],
  [
    'its own outboundTrafficPolicy goes before the mesh’s',
    'BlackHole 502',
    mesh(sidecar('"./ratings.bookinfo.svc.cluster.local"', '\noutboundTrafficPolicy: {mode: REGISTRY_ONLY}')),
  ],
];

const selecting = (labels: string, version: string, name: string) =>
  destinationRule(
    `host: reviews\nworkloadSelector: {matchLabels: ${labels}}\nsubsets: [{name: ${version}, labels: {version: ${version}}}]`,
    name,
  );
const exported = (exportTo: string, version: string, name: string) =>
  destinationRule(`host: reviews\nexportTo: [${exportTo}]\nsubsets: [{name: ${version}, labels: {version: ${version}}}]`, name);
const toV1 = vs(`hosts: [reviews]\nhttp: [{${to('host: reviews, subset: v1')}}]`);
const versions: readonly Row[] = [
  [
    'a rule with a workloadSelector goes first for the pods that it selects (sidecar.go DestinationRule)',
    'reviews/v1:9080!NC',
    mesh(toV1, rule('reviews', 'v1'), selecting('{app: web}', 'v2', 'web')),
    { labels: { app: 'web' } },
  ],
  ['and is nothing to others', 'reviews/v1:9080', mesh(toV1, rule('reviews', 'v1'), selecting('{app: web}', 'v2', 'web'))],
  [
    'rules that are exported differently are not merged: the newer holds (1.24)',
    'reviews/v1:9080!NC ?',
    mesh(toV1, exported('"*"', 'v1', 'a'), exported('.', 'v2', 'b')),
  ],
  ['before, they are', 'reviews/v1:9080', mesh(toV1, exported('"*"', 'v1', 'a'), exported('.', 'v2', 'b')), {}, { istio: '1.23' }],
  [
    'a trailing dot is the same name (1.27)',
    'reviews/v1:9080',
    mesh(toV1, rule('reviews', 'v1')),
    { host: 'reviews.bookinfo.svc.cluster.local.' },
  ],
  [
    'and was another before',
    'passthrough',
    mesh(toV1, rule('reviews', 'v1')),
    { host: 'reviews.bookinfo.svc.cluster.local.' },
    { istio: '1.26' },
  ],
];

/** What a blind review found: each row was answered otherwise before. */
const told = (time: string) => `{name: NAME, namespace: bookinfo, creationTimestamp: "${time}"}`;
const aged = (name: string, time: string, host: string) =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: ${told(time).replace('NAME', name)}\nspec: {hosts: [reviews], http: [{${to(`host: ${host}`)}}]}\n`;
const secure = gateway(
  '[{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*.example.com"], tls: {mode: SIMPLE, credentialName: c}}]',
);
const withAddress = service('mongo', '{name: tcp, port: 27017}', 'bookinfo').replace('spec: {', 'spec: {clusterIP: 10.96.0.7, ');
const reviewed: readonly Row[] = [
  [
    'a host whose TLS is routed has no other chain: other names are passed on (tls.go hasTLSMatch, listener.go DefaultFilterChain)',
    'passthrough',
    mesh(wide, tls(`- match: [{sniHosts: [a.example.com]}]\n  ${port('ratings')}`)),
    { protocol: 'tls', host: 'b.example.com', port: 443 },
  ],
  [
    'or stopped',
    'BlackHole 502',
    mesh(wide, tls(`- match: [{sniHosts: [a.example.com]}]\n  ${port('ratings')}`)),
    { protocol: 'tls', host: 'b.example.com', port: 443 },
    { outboundTrafficPolicy: 'REGISTRY_ONLY' },
  ],
  [
    'a tls match for other callers leaves the default chain',
    '*.example.com:443',
    mesh(wide, tls(`- match: [{sniHosts: [a.example.com], sourceLabels: {app: web}}]\n  ${port('ratings')}`)),
    { protocol: 'tls', host: 'b.example.com', port: 443 },
  ],
  [
    'TLS to an http port is not looked at (listener.go plaintextHTTPALPNs)',
    'passthrough',
    mesh(),
    { protocol: 'tls', host: 'reviews', port: 9080 },
  ],
  ['nor are raw bytes', 'passthrough', mesh(), { protocol: 'tcp', host: 'reviews', port: 9080 }],
  [
    'tcp routes go by the list, whose order age decides',
    'ratings:9080 ?',
    mesh(
      tcpService,
      vs(`hosts: ["*.bookinfo.svc.cluster.local"]\ntcp: [{${to('host: ratings, port: {number: 9080}')}}]`, 'a'),
      vs(`hosts: [mongo]\ntcp: [{${to('host: details, port: {number: 9080}')}}]`, 'b'),
    ),
    { protocol: 'tcp', host: 'mongo', port: 27017 },
  ],
  [
    'where manifests tell their age the oldest decides (config.go configCompareByCreationTime)',
    'details:9080',
    mesh(aged('a', '2024-01-01T00:00:00Z', 'ratings'), aged('b', '2019-01-01T00:00:00Z', 'details')),
  ],
  [
    'a VirtualService without a route for the server has no virtual host there (gateway.go, routes omitted)',
    'details:9080',
    mesh(
      gateway('[{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]'),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{match: [{port: 8080}], ${to('host: ratings')}}]`, 'a'),
      vs(`hosts: ["*.example.com"]\ngateways: [gw]\nhttp: [{${to('host: details')}}]`, 'b'),
    ),
    at,
  ],
  [
    'of merged Gateways only the one that redirects does (gateway.go RequireTls)',
    'details:9080',
    mesh(
      gateway('[{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.example.com"], tls: {httpsRedirect: true}}]', 'gw1'),
      gateway('[{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]', 'gw'),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: details')}}]`),
    ),
    at,
  ],
  [
    'which it does for its hosts without any route',
    'redirect',
    mesh(
      gateway('[{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.example.com"], tls: {httpsRedirect: true}}]', 'gw1'),
      gateway('[{port: {number: 80, name: http, protocol: HTTP}, hosts: [shop.example.com]}]', 'gw'),
      vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: details')}}]`),
    ),
    { ...at, host: 'cart.example.com' },
  ],
  [
    'a server that opens TLS takes no plain requests',
    'reset',
    mesh(secure, vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: details')}}]`)),
    { ...at, port: 443 },
  ],
  [
    'and of a TLS connection what is in it',
    'details:9080',
    mesh(secure, vs(`hosts: [shop.example.com]\ngateways: [gw]\nhttp: [{${to('host: details')}}]`)),
    { ...at, protocol: 'tls', port: 443 },
  ],
  [
    'a Sidecar brings in what VirtualServices lead to, on the ports that they name (sidecar.go serviceMatchingVirtualServicePorts)',
    'BlackHole 502',
    mesh(
      service('two', `${http(9080)}, ${http(9081, 'http-b')}`),
      manifest(
        'Sidecar',
        'default',
        'egress: [{hosts: ["bookinfo/reviews.bookinfo.svc.cluster.local"]}]\noutboundTrafficPolicy: {mode: REGISTRY_ONLY}',
      ),
      vs(`hosts: [reviews]\nhttp: [{${to('host: two, port: {number: 9080}')}}]`),
    ),
    { host: 'two', port: 9081 },
  ],
  [
    'a service is called by its address, too (httproute.go generateVirtualHostDomains)',
    'mongo:27017',
    mesh(withAddress),
    { protocol: 'tcp', host: '10.96.0.7', port: 27017 },
  ],
  [
    'and has it where it is called by name',
    'ratings:9080',
    mesh(
      withAddress,
      vs(`hosts: [mongo]\ntcp: [{match: [{destinationSubnets: [10.96.0.0/16]}], ${to('host: ratings, port: {number: 9080}')}}]`, 'mongo'),
    ),
    { protocol: 'tcp', host: 'mongo', port: 27017 },
  ],
  ['an address is no short name', 'passthrough', mesh(), { host: '::1', port: 80 }],
  [
    'a connection to a missing subset is closed, it has no status',
    'mongo/v9:27017!reset',
    mesh(tcpService, vs(`hosts: [mongo]\ntcp: [{${to('host: mongo, subset: v9')}}]`, 'mongo')),
    { protocol: 'tcp', host: 'mongo', port: 27017 },
  ],
];

describe.each([
  ['versions and selectors', versions],
  ['hosts', hosts],
  ['matches', matches],
  ['destinations', destinations],
  ['delegates', delegates],
  ['gateways', gateways],
  ['connections', connections],
  ['filter chains', chains],
  ['sidecars', sidecars],
  ['as reviewed', reviewed],
])('precedence: %s', (_, rows) => {
  it.each(rows.map((row) => ({ row, source: row[0] })))('$source', ({ row: [, expected, manifests, asked, about] }) => {
    expect(decided(manifests, asked, about)).toBe(expected);
  });
});

describe('a decision', () => {
  it('names the route, the alternative and what acts on the way', () => {
    const text = mesh(
      virtualService(`hosts: [reviews]\nhttp: [{name: main, match: [{uri: {prefix: /}}], timeout: 3s, ${to('host: ratings')}}]`),
    );
    const { route, onTheWay, steps } = decision(text);
    expect(route).toEqual({ manifest: 'VirtualService bookinfo/reviews', pointer: '/http/0', name: 'main' });
    expect(onTheWay).toEqual({ timeout: '3s' });
    expect(steps.find(({ about, took }) => about === 'match' && took)?.place?.pointer).toBe('/http/0/match/0');
  });

  it('holds the policy that acts at the destination', () => {
    const text = mesh(
      destinationRule(
        'host: ratings\ntrafficPolicy:\n  loadBalancer: {simple: RANDOM}\n  outlierDetection: {}\n  portLevelSettings: [{port: {number: 9080}, tls: {mode: DISABLE}}]',
        'ratings',
      ),
      virtualService(`hosts: [reviews]\nhttp: [{${to('host: ratings')}}]`),
    );
    expect(decision(text).destinations[0]?.policy).toEqual({ tls: { mode: 'DISABLE' } });
  });

  describe('with a tunnel (tunnelingconfig/apply.go, networkfilter.go)', () => {
    const tunnel = (host: string) => `tunnel: {targetHost: ${host}, targetPort: 1}`;
    const subset = (name: string, words: string) => `{name: ${name}, labels: {version: ${name}}${words}}`;
    const mongo = (subsets: string) =>
      destinationRule(
        `host: mongo\ntrafficPolicy: {${tunnel('host')}, portLevelSettings: [{port: {number: 27017}, tls: {mode: DISABLE}}]}\nsubsets: [${subsets}]`,
        'mongo',
      );
    const both = mongo(`${subset('v1', '')}, ${subset('v2', `, trafficPolicy: {${tunnel('subset')}}`)}`);
    const routed = (route: string) =>
      mesh(service('mongo', '{name: tcp, port: 27017}'), both, vs(`hosts: [mongo]\ntcp: [{route: [${route}]}]`, 'mongo'));
    const one = (name: string, weight = '') => `{destination: {host: mongo, subset: ${name}}${weight}}`;
    it.each([
      ['no subset: that of the host, whatever a port says', '{destination: {host: mongo}}', ['host']],
      ['a subset with one', one('v2'), ['subset']],
      ['a subset without: none', one('v1'), [undefined]],
      ['several destinations: that of the host', `${one('v1', ', weight: 50')}, ${one('v2', ', weight: 50')}`, ['host', 'host']],
    ])('%s', (_, route, expected) => {
      const { destinations } = decision(routed(route), { protocol: 'tcp', host: 'mongo', port: 27017 });
      expect(destinations.map(({ policy }) => (policy.tunnel as { targetHost?: string } | undefined)?.targetHost)).toEqual(expected);
    });
  });

  it('has what else is said for a host, but not where a port speaks (util.go GetPortLevelTrafficPolicy)', () => {
    const ofHost = 'retryBudget: {percent: 1}';
    const ofSubset = 'retryBudget: {percent: 2}';
    const entry = 'portLevelSettings: [{port: {number: 9080}, tls: {mode: DISABLE}}]';
    const budget = (top: string, own: string) => {
      const text = mesh(
        destinationRule(`host: reviews\ntrafficPolicy: {${top}}\nsubsets: [{name: v1, labels: {version: v1}, trafficPolicy: {${own}}}]`),
        vs(`hosts: [reviews]\nhttp: [{${to('host: reviews, subset: v1')}}]`),
      );
      return decision(text).destinations[0]?.policy.retryBudget;
    };
    expect(budget(ofHost, 'tls: {mode: DISABLE}')).toEqual({ percent: 1 });
    expect(budget(`${ofHost}, ${entry}`, 'tls: {mode: DISABLE}')).toBeUndefined();
    expect(budget(`${ofHost}, ${entry}`, ofSubset)).toEqual({ percent: 2 });
    expect(budget(ofHost, `${ofSubset}, ${entry}`)).toEqual({ percent: 1 });
  });

  it('mirrors since 1.20', () => {
    const text = mesh(vs(`hosts: [reviews]\nhttp: [{mirrors: [{destination: {host: ratings}}], ${to('host: details')}}]`));
    expect(Object.keys(decision(text, {}, { istio: '1.20' }).onTheWay)).toEqual(['mirrors']);
    expect(decision(text, {}, { istio: '1.19' }).onTheWay).toEqual({});
  });

  it('says what it takes for granted', () => {
    expect(decision(virtualService(`hosts: [reviews]\nhttp: [{${to('host: ratings')}}]`)).assumptions.length).toBeGreaterThan(0);
  });
});

/**
 * Intents at the edge of what Istio allows, each for one rule of its validation. The compiler may refuse them with a message of its own;
 * what it accepts, Istio must accept. The rules: istio/istio, pkg/config/validation, and the CEL of its CRDs.
 */
import { stringify } from 'yaml';

const service = (words) => ({ service: 'reviews', port: 9080, versions: ['v1', 'v2'], stable: 'v1', ...words });
const routed = (route) => service({ routes: [route] });
const external = (words) => ({ external: 'partner', hosts: ['api.partner.example'], ports: { http: 80 }, ...words });
const gateway = (...servers) => ({ gateway: 'gw', servers });
const sticky = (canary, words = {}) => [
  gateway({ http: 80, hosts: ['shop.example.com'] }),
  service({ canary: { version: 'v2', sticky: {}, ...canary }, expose: [{ gateway: 'gw', hosts: ['shop.example.com'] }], ...words }),
];
const exposed = (words, ...servers) => [gateway(...servers), { service: 'web', port: 80, expose: { gateway: 'gw', ...words } }];
const http = { http: 80, hosts: ['shop.example.com'] };

/** Name → one intent or several. */
const routes = {
  'weights that start at nothing': service({ weights: 'argo-rollouts' }),
  'weights of Flagger': service({ weights: 'flagger' }),
  'timeout of nothing': service({ timeout: '0s' }),
  'timeout below a millisecond': service({ timeout: '0.5ms' }),
  'timeout of a broken millisecond': service({ timeout: '1.5ms' }),
  'timeout of a millisecond': service({ timeout: '1ms' }),
  'perTryTimeout of nothing': service({ retries: { attempts: 1, perTryTimeout: '0s' } }),
  'no attempts, but a condition': service({ retries: { attempts: 0, retryOn: '5xx' } }),
  'no attempts said, but a timeout': service({ retries: { perTryTimeout: '1s' } }),
  'negative attempts': service({ retries: { attempts: -1 } }),
  'retry conditions with a space': service({ retries: { attempts: 2, retryOn: '503, reset' } }),
  'unknown retry condition': service({ retries: { attempts: 2, retryOn: 'always' } }),
  'unknown status as retry condition': service({ retries: { attempts: 2, retryOn: '999' } }),
  'backoff below a millisecond': service({ retries: { attempts: 2, backoff: '10us' } }),
  'fault of nothing': service({ fault: {} }),
  'abort without a kind': service({ fault: { abort: { percentage: { value: 10 } } } }),
  'abort with 199': service({ fault: { abort: { httpStatus: 199 } } }),
  'abort with 600': service({ fault: { abort: { httpStatus: 600 } } }),
  'abort with a lower-case grpc status': service({ fault: { abort: { grpcStatus: 'unavailable' } } }),
  'abort by http2Error': service({ fault: { abort: { http2Error: 'x' } } }),
  'delay of nothing': service({ fault: { delay: { fixedDelay: '0s' } } }),
  'delay without a kind': service({ fault: { delay: { percentage: { value: 5 } } } }),
  'exponential delay': service({ fault: { delay: { exponentialDelay: '1s' } } }),
  'fault for 101 percent': service({ fault: { abort: { httpStatus: 500, percentage: { value: 101 } } } }),
  'fault for hardly anybody': service({ fault: { abort: { httpStatus: 500, percentage: { value: 0.00001 } } } }),
  'mirror of 101 percent': service({ mirror: 'v2', mirrorPercentage: { value: 101 } }),
  'mirror and mirrors': service({ mirror: 'v2', mirrors: [{ destination: { host: 'shadow' } }] }),
  'mirrors without a destination': service({ mirrors: [{ percentage: { value: 5 } }] }),
  'mirror to everything': service({ mirror: { host: '*' } }),
  'cors with an unknown method': service({ corsPolicy: { allowMethods: ['get'] } }),
  'cors with an empty origin': service({ corsPolicy: { allowOrigins: [{ exact: '' }] } }),
  'cors with a broken regex': service({ corsPolicy: { allowOrigins: [{ regex: '(' }] } }),
  'cors kept for milliseconds': service({ corsPolicy: { maxAge: '1500ms' } }),
  'cors with a bad header': service({ corsPolicy: { allowHeaders: ['a b'] } }),
  'header value with a lone percent': service({ headers: { request: { set: { 'x-share': '100%' } } } }),
  'header value with two percents': service({ headers: { request: { set: { 'x-share': '100%%' } } } }),
  'header value with a line feed': service({ headers: { request: { set: { 'x-a': 'a\nb' } } } }),
  'header set without a name': service({ headers: { request: { set: { '': 'a' } } } }),
  'pseudo header set': service({ headers: { request: { set: { ':path': '/x' } } } }),
  'authority set': service({ headers: { request: { set: { ':authority': 'a.example.com' } } } }),
  'host removed': service({ headers: { request: { remove: ['host'] } } }),
  'response host set': service({ headers: { response: { set: { host: 'x' } } } }),
  'empty header removed': service({ headers: { response: { remove: [''] } } }),
  'authority twice': service({ rewrite: { authority: 'a.example.com' }, headers: { request: { set: { host: 'b.example.com' } } } }),
  'rewrite of nothing': service({ rewrite: {} }),
  'rewrite to an empty path': service({ rewrite: { uri: '' } }),
  'rewrite twice': service({ rewrite: { uri: '/', uriRegexRewrite: { match: 'a', rewrite: 'b' } } }),
  'rewrite by a regex with lookahead': service({ rewrite: { uriRegexRewrite: { match: '(?=a)', rewrite: 'b' } } }),
  'rewrite by a regex to nothing': service({ rewrite: { uriRegexRewrite: { match: 'a', rewrite: '' } } }),
  'redirect of nothing': routed({ match: { uri: { prefix: '/a' } }, redirect: {} }),
  'redirect with only a code': routed({ match: { uri: { prefix: '/a' } }, redirect: { redirectCode: 301 } }),
  'redirect with 200': routed({ match: { uri: { prefix: '/a' } }, redirect: { uri: '/b', redirectCode: 200 } }),
  'redirect with 304': routed({ match: { uri: { prefix: '/a' } }, redirect: { uri: '/b', redirectCode: 304 } }),
  'redirect to ftp': routed({ match: { uri: { prefix: '/a' } }, redirect: { uri: '/b', scheme: 'ftp' } }),
  'redirect to two ports': routed({ match: { uri: { prefix: '/a' } }, redirect: { port: 80, derivePort: 'FROM_REQUEST_PORT' } }),
  'redirect to port 70000': routed({ match: { uri: { prefix: '/a' } }, redirect: { port: 70000 } }),
  'redirect by prefix of an exact match': routed({ match: { uri: { exact: '/a' } }, redirect: { prefixRewrite: '/b' } }),
  'redirect by prefix': routed({ match: { uri: { prefix: '/a' } }, redirect: { prefixRewrite: '/b' } }),
  'redirect by prefix and path': routed({ match: { uri: { prefix: '/a' } }, redirect: { uri: '/c', prefixRewrite: '/b' } }),
  'redirect with the fault of the service': service({
    fault: { abort: { httpStatus: 500 } },
    rewrite: { uri: '/' },
    routes: [{ match: { uri: { prefix: '/a' } }, redirect: { uri: '/b' } }],
  }),
  'redirect with a fault of its own': routed({
    match: { uri: { prefix: '/a' } },
    redirect: { uri: '/b' },
    fault: { abort: { httpStatus: 500 } },
  }),
  'redirect with a mirror of its own': routed({ match: { uri: { prefix: '/a' } }, redirect: { uri: '/b' }, mirror: 'v2' }),
  'answer with a rewrite of its own': routed({ match: { uri: { prefix: '/a' } }, directResponse: { status: 200 }, rewrite: { uri: '/' } }),
  'answer 100': routed({ match: { uri: { prefix: '/a' } }, directResponse: { status: 100 } }),
  'answer without a status': routed({ match: { uri: { prefix: '/a' } }, directResponse: { body: { string: 'x' } } }),
  'answer with two bodies': routed({
    match: { uri: { prefix: '/a' } },
    directResponse: { status: 200, body: { string: 'x', bytes: 'eA==' } },
  }),
  'answer with a body that is not base64': routed({
    match: { uri: { prefix: '/a' } },
    directResponse: { status: 200, body: { bytes: '§' } },
  }),
  'answer of 200 KiB': routed({
    match: { uri: { prefix: '/a' } },
    directResponse: { status: 200, body: { string: 'x'.repeat(200 * 1024) } },
  }),
  'to a wildcard': routed({ match: { uri: { prefix: '/a' } }, to: { host: '*' } }),
  'to a broken host': routed({ match: { uri: { prefix: '/a' } }, to: { host: 'a..b' } }),
  'to an address': routed({ match: { uri: { prefix: '/a' } }, to: { host: '10.0.0.1', port: 80 } }),
  'all to the canary': service({ canary: { version: 'v2', percent: 100 } }),
  'none to the canary': service({ canary: { version: 'v2', percent: 0 } }),
  'a tiny share for the canary': service({ canary: { version: 'v2', percent: 0.0000001 } }),
  'sticky canary at its first step': sticky({ percent: 5 }),
  'sticky canary that has been lowered': sticky({
    percent: 10,
    sticky: { id: 'r-1', seen: [0.5, 5, 25, 50], cookie: "a.b!#$%&'*+^_`|~c", maxAge: '24h' },
  }),
  'sticky canary for the mesh, with a mirror': service({
    canary: { version: 'v2', percent: 33.3, mirror: 5, sticky: { mesh: true, seen: [0.1] } },
  }),
  'sticky canary behind a shared host': [
    { gateway: 'gw', servers: [http], hosts: { 'shop.example.com': [{ prefix: '/reviews', service: 'reviews' }] } },
    service({ canary: { version: 'v2', percent: 50, sticky: { seen: [25] } } }),
  ],
  'sticky canary whose answers have headers': sticky(
    { percent: 5 },
    { headers: { response: { add: { 'set-cookie': 'a=b' }, remove: ['server'] } } },
  ),
  'mirror of nothing': service({ canary: { version: 'v2', mirror: 0 } }),
  'a share of nothing in a split': { service: 'a', port: 80, versions: ['v1', 'v2'], split: { v1: 100, v2: 0 } },
};

const matches = Object.fromEntries(
  Object.entries({
    'regex with lookahead': { uri: { regex: '/(?!a)' } },
    'regex with a back reference': { uri: { regex: '(a)\\1' } },
    'empty regex': { uri: { regex: '' } },
    'very long regex': { uri: { regex: `/${'a'.repeat(1100)}` } },
    'possessive regex': { uri: { regex: 'a++' } },
    'named group': { uri: { regex: '(?<name>a)' } },
    'empty prefix': { uri: { prefix: '' } },
    'empty header prefix': { headers: { a: { prefix: '' } } },
    'empty query regex': { queryParams: { a: { regex: '' } } },
    'empty exact': { uri: { exact: '' } },
    'two kinds': { uri: { exact: '/a', prefix: '/b' } },
    'no kind': { uri: {} },
    'header with a space': { headers: { 'a b': { exact: 'x' } } },
    'upper-case header': { headers: { 'X-Beta': { exact: 'x' } } },
    'pseudo header': { headers: { ':method': { exact: 'GET' } } },
    'unknown pseudo header': { headers: { ':foo': { exact: 'GET' } } },
    'header that is null': { headers: { a: null } },
    'without header that is null': { withoutHeaders: { a: null } },
    'without header by star': { withoutHeaders: { a: { regex: '*' } } },
    'claim in the mesh': { headers: { '@request.auth.claims.sub': { exact: 'x' } } },
    'bare claim': { headers: { '@request.auth.claims': { exact: 'x' } } },
    'nested claim': { headers: { '@request.auth.claims[key.a][b]': { exact: 'x' } } },
    'port 0': { port: 0 },
    'port 70000': { port: 70000 },
    'bad source label': { sourceLabels: { 'a b': 'c' } },
    'long source label': { sourceLabels: { a: 'x'.repeat(80) } },
    'bad source namespace': { sourceNamespace: 'a.b' },
    'gateways of its own': { gateways: ['a/b/c'] },
    'gateway mesh': { gateways: ['mesh'] },
    'stat prefix': { statPrefix: 'a' },
    'sni on http': { sniHosts: ['a.example.com'] },
    'subnet on http': { destinationSubnets: ['10.0.0.0/8'] },
    'query without value': { queryParams: { a: {} } },
    'invert by null': { uri: null },
  }).map(([name, match]) => [`match: ${name}`, routed({ match, to: 'v2' })]),
);

const policies = Object.fromEntries(
  Object.entries({
    'empty connection pool': { connectionPool: {} },
    'empty http pool': { connectionPool: { http: {} } },
    'negative connections': { connectionPool: { tcp: { maxConnections: -1 } } },
    'connect timeout of nothing': { connectionPool: { tcp: { connectTimeout: '0s' } } },
    'tcp idle for nothing': { connectionPool: { tcp: { idleTimeout: '0s' } } },
    'http idle for nothing': { connectionPool: { http: { idleTimeout: '0s' } } },
    'upgrade and client protocol': { connectionPool: { http: { h2UpgradePolicy: 'UPGRADE', useClientProtocol: true } } },
    'keep-alive without a timeout': { connectionPool: { http: { http2KeepAlive: { interval: '1s' } } } },
    'keep-alive': { connectionPool: { http: { http2KeepAlive: { interval: '10s', timeout: '1s' } } } },
    'empty outlier detection': { outlierDetection: {} },
    'eject 101 percent': { outlierDetection: { maxEjectionPercent: 101 } },
    'local errors not split': { outlierDetection: { consecutiveLocalOriginFailures: 3 } },
    'old errors': { outlierDetection: { consecutiveErrors: 3 } },
    'interval of nothing': { outlierDetection: { interval: '0s' } },
    'hash by nothing': { loadBalancer: { consistentHash: {} } },
    'simple and hash': { loadBalancer: { simple: 'RANDOM', consistentHash: { useSourceIp: true } } },
    'hash by a cookie without a name': { loadBalancer: { consistentHash: { httpCookie: { ttl: '1s' } } } },
    'hash by a short cookie': { loadBalancer: { hash: { cookie: { path: '/' } } } },
    'hash by a cookie with attributes': {
      loadBalancer: { consistentHash: { httpCookie: { name: 'a', attributes: [{ name: 'SameSite', value: 'Lax' }] } } },
    },
    'hash by a cookie with an attribute twice': {
      loadBalancer: { consistentHash: { httpCookie: { name: 'a', attributes: [{ name: 'x' }, { name: 'x' }] } } },
    },
    'two hash keys': { loadBalancer: { consistentHash: { httpHeaderName: 'a', useSourceIp: true } } },
    'old ring size': { loadBalancer: { consistentHash: { useSourceIp: true, minimumRingSize: 10 } } },
    'two ring sizes': { loadBalancer: { consistentHash: { useSourceIp: true, minimumRingSize: 10, ringHash: { minimumRingSize: 5 } } } },
    'table size that is not prime': { loadBalancer: { consistentHash: { useSourceIp: true, maglev: { tableSize: 100 } } } },
    'empty load balancer': { loadBalancer: {} },
    'warmup without a duration': { loadBalancer: { simple: 'ROUND_ROBIN', warmup: { aggression: 1 } } },
    'old warmup': { loadBalancer: { simple: 'ROUND_ROBIN', warmupDurationSecs: '10s' } },
    'shares of regions that miss 100': { loadBalancer: { localityLbSetting: { distribute: [{ from: 'a/*', to: { 'a/*': 50 } }] } } },
    // Overlap between two sources, for that between two targets is found or not found in the order of a Go map.
    'overlapping regions': {
      loadBalancer: {
        localityLbSetting: {
          distribute: [
            { from: 'a/*', to: { 'a/*': 100 } },
            { from: 'a/b/*', to: { 'a/*': 100 } },
          ],
        },
      },
    },
    'distribute and failover': {
      loadBalancer: { localityLbSetting: { distribute: [{ from: '*', to: { '*': 100 } }], failover: [{ from: 'a', to: 'b' }] } },
    },
    'failover to itself': { loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'a' }] } } },
    'failover without outlier detection': { loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } } },
    'mutual without a certificate': { tls: { mode: 'MUTUAL' } },
    'credential and file': { tls: { mode: 'SIMPLE', credentialName: 'a', caCertificates: '/a' } },
    'istio mutual with a file': { tls: { mode: 'ISTIO_MUTUAL', clientCertificate: '/a' } },
    'skip verify with names': { tls: { mode: 'SIMPLE', insecureSkipVerify: true, subjectAltNames: ['a'] } },
    'tls without a mode': { tls: { sni: 'a' } },
    'empty tls': { tls: {} },
    'tunnel and proxy protocol': { tunnel: { targetHost: 'a.example.com', targetPort: 443 }, proxyProtocol: { version: 'V1' } },
    'tunnel by PUT': { tunnel: { protocol: 'PUT', targetHost: 'a', targetPort: 1 } },
    'tunnel to nowhere': { tunnel: { targetHost: 'a b', targetPort: 1 } },
    'tunnel without a host': { tunnel: { targetPort: 443 } },
    'budget of 101 percent': { retryBudget: { percent: 101 } },
    'budget of everything': { retryBudget: {} },
    'empty proxy protocol': { proxyProtocol: {} },
  }).flatMap(([name, words]) => [
    [`policy: ${name}`, service(words)],
    ...(['tunnel', 'proxyProtocol', 'retryBudget'].some((word) => word in words)
      ? []
      : [
          [`policy of a version: ${name}`, service({ versions: { v1: words, v2: {} } })],
          [`policy of a port: ${name}`, { service: 'reviews', ports: { http: { number: 80, ...words } }, versions: ['v1'] }],
        ]),
  ]),
);

const services = {
  'version with capitals': service({ versions: ['V1'], stable: 'V1' }),
  'version of digits': service({ versions: ['1'], stable: '1' }),
  'version with a bad label': service({ versions: { v1: { labels: { 'a b': 'c' } } } }),
  'version without labels': service({ versions: { v1: { labels: {} } } }),
  'version with a long label': service({ versions: { v1: { labels: { a: 'x'.repeat(64) } } } }),
  'version whose name is no label value': service({ versions: ['v1', `v${'x'.repeat(62)}`] }),
  'version reset to defaults': service({
    outlierDetection: { consecutive5xxErrors: 3 },
    versions: { v1: { outlierDetection: null }, v2: {} },
  }),
  'all policies off for a port': {
    service: 'a',
    ports: { http: { number: 80, loadBalancer: null } },
    loadBalancer: 'RANDOM',
    versions: ['v1'],
  },
  'policies of nothing': service({ loadBalancer: null, connectionPool: null, outlierDetection: null, tls: null }),
  'host with an underscore': service({ host: 'a_b.example.com' }),
  'host that is an address': service({ host: '10.1.2.3' }),
  'host that is a wildcard': service({ host: '*.example.com' }),
  'host of everything': service({ host: '*' }),
  'host with a dot at its end': service({ host: 'reviews.shop.svc.cluster.local.' }),
  'host with a numeric end': service({ host: 'a.123' }),
  'exported nowhere': service({ exportTo: ['~'] }),
  'exported everywhere and here': service({ exportTo: ['*', '.'] }),
  'exported to its own namespace twice': service({ exportTo: ['.', 'shop'] }),
  'exported to nobody': service({ exportTo: [] }),
  'name with a dot': service({ names: { VirtualService: 'a.b', DestinationRule: 'c.d' } }),
  'udp port': { service: 'dns', ports: { dns: { number: 53, protocol: 'UDP' } }, versions: ['v1'], stable: 'v1' },
  'pin of a claim in the mesh': {
    service: 'a',
    port: 80,
    versions: ['v1', 'v2'],
    stable: 'v1',
    pins: [{ match: { headers: { '@request.auth.claims.sub': { exact: 'x' } } }, version: 'v2' }],
  },
  'two catch-alls': service({ routes: [{ to: 'v1' }, { to: 'v2' }] }),
  'the same route twice': service({
    routes: [
      { match: { uri: { prefix: '/a' } }, to: 'v1' },
      { match: { uri: { prefix: '/a' } }, to: 'v2' },
    ],
  }),
  'a wider route first': service({
    routes: [
      { match: { uri: { prefix: '/a' } }, to: 'v1' },
      { match: { uri: { prefix: '/a/b' } }, to: 'v2' },
    ],
  }),
  'the same pin twice': service({
    pins: [
      { match: { headers: { a: { exact: '1' } } }, version: 'v1' },
      { match: { headers: { a: { exact: '1' } } }, version: 'v2' },
    ],
  }),
  'tls port': { service: 'a', ports: { tls: 443 }, versions: ['v1'], stable: 'v1' },
  'tls port of a short host': { service: 'a', host: 'a', ports: { https: 443 }, versions: ['v1', 'v2'], split: { v1: 50, v2: 50 } },
  'patch that breaks the schema': service({
    patches: [{ target: 'VirtualService', ops: [{ op: 'add', path: '/spec/http/0/timeout', value: 'soon' }], reason: 'x' }],
  }),
  'patch that breaks a rule': service({
    patches: [{ target: 'VirtualService', ops: [{ op: 'add', path: '/spec/http/0/timeout', value: '0s' }], reason: 'x' }],
  }),
  'patch with an unknown field': service({
    patches: [{ target: 'DestinationRule', ops: [{ op: 'add', path: '/spec/wrong', value: 1 }], reason: 'x' }],
  }),
  'patch that empties a list': service({
    patches: [{ target: 'VirtualService', ops: [{ op: 'remove', path: '/spec/http/0' }], reason: 'x' }],
  }),
  'patch of another annotation': service({
    patches: [
      { target: 'VirtualService', ops: [{ op: 'add', path: '/metadata/annotations', value: { 'istio.io/dry-run': 'true' } }], reason: 'x' },
    ],
  }),
};

const gateways = Object.fromEntries(
  Object.entries({
    'no servers': [],
    'two http servers': [http, { http: 8080, hosts: ['shop.example.com'] }],
    'two https servers': [
      { https: 443, hosts: ['a.example.com'], credentialName: 'a' },
      { https: 443, hosts: ['b.example.com'], credentialName: 'b' },
    ],
    'http and https on one port': [
      { http: 80, hosts: ['a.example.com'] },
      { https: 80, hosts: ['b.example.com'], credentialName: 'b' },
    ],
    'https without a certificate': [{ https: 443, hosts: ['a.example.com'] }],
    'https with istio mutual and a certificate': [{ https: 443, hosts: ['a.example.com'], mode: 'ISTIO_MUTUAL', credentialName: 'a' }],
    'passthrough with a certificate': [{ tls: 443, hosts: ['a.example.com'], credentialName: 'a' }],
    'tls that ends without a certificate': [{ tls: 443, hosts: ['a.example.com'], mode: 'SIMPLE' }],
    'http with a certificate': [{ http: 80, hosts: ['a.example.com'], tls: { mode: 'SIMPLE', credentialName: 'a' } }],
    'mutual by files without a CA': [
      { https: 443, hosts: ['a.example.com'], mode: 'MUTUAL', tls: { serverCertificate: '/a', privateKey: '/b' } },
    ],
    'two sources of certificates': [
      { https: 443, hosts: ['a.example.com'], credentialName: 'a', tls: { serverCertificate: '/a', privateKey: '/b' } },
    ],
    'old tls without ciphers': [{ https: 443, hosts: ['a.example.com'], credentialName: 'a', tls: { minProtocolVersion: 'TLSV1_0' } }],
    'unknown cipher': [{ https: 443, hosts: ['a.example.com'], credentialName: 'a', tls: { cipherSuites: ['FOO'] } }],
    'short host': [{ http: 80, hosts: ['shop'] }],
    'namespace and short host': [{ http: 80, hosts: ['a/shop'] }],
    'any namespace': [{ http: 80, hosts: ['*/*.example.com'] }],
    'partial wildcard': [{ http: 80, hosts: ['*shop.example.com'] }],
    'host that is an address': [{ http: 80, hosts: ['10.0.0.1'] }],
    'no hosts': [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [] }],
    'unknown protocol': [{ port: { number: 80, name: 'x', protocol: 'SPDY' }, hosts: ['*'] }],
    'lower-case protocol': [{ port: { number: 80, name: 'x', protocol: 'http' }, hosts: ['*'] }],
    'port without a name': [{ port: { number: 80, name: '', protocol: 'HTTP' }, hosts: ['*'] }],
    'port 0': [{ port: { number: 0, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    'target port': [{ port: { number: 80, name: 'http', protocol: 'HTTP', targetPort: 8080 }, hosts: ['*'] }],
    'bound to a socket': [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'], bind: 'unix:///a' }],
    'bound to a name': [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'], bind: 'localhost' }],
    'https server without tls': [{ port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['*'] }],
    'tcp server with tls': [
      { port: { number: 443, name: 'tcp', protocol: 'TCP' }, hosts: ['*'], tls: { mode: 'SIMPLE', credentialName: 'a' } },
    ],
    'redirect on tls': [{ https: 443, hosts: ['a.example.com'], credentialName: 'a', tls: { httpsRedirect: true } }],
    'default endpoint': [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'], defaultEndpoint: '127.0.0.1:80' }],
    'the same server twice': [http, { ...http, name: 'other' }],
    'certificate in a config map': [
      { https: 443, hosts: ['a.example.com'], mode: 'MUTUAL', credentialName: 'a', tls: { caCertCredentialName: 'b' } },
    ],
    'two certificates': [
      {
        port: { number: 443, name: 'https', protocol: 'HTTPS' },
        hosts: ['a.example.com'],
        tls: { mode: 'SIMPLE', credentialNames: ['a', 'b'] },
      },
    ],
    revocations: [{ https: 443, hosts: ['a.example.com'], tls: { serverCertificate: '/a', privateKey: '/b', caCrl: '/c' } }],
  }).map(([name, servers]) => [`gateway: ${name}`, gateway(...servers)]),
);

const exposures = {
  'exposed to everything': exposed({}, { http: 80, hosts: ['*'] }),
  'exposed under a wildcard': exposed({ hosts: ['*.shop.example.com'] }, { http: 80, hosts: ['*.shop.example.com'] }),
  'exposed under overlapping hosts': exposed(
    { hosts: ['*.shop.example.com', 'a.shop.example.com'] },
    { http: 80, hosts: ['*.shop.example.com'] },
  ),
  'exposed under all hosts of two servers': exposed({ match: { uri: { prefix: '/' } } }, http, {
    http: 81,
    name: 'wild',
    hosts: ['*.example.com'],
  }),
  'exposed under everything and a host': exposed({ match: { uri: { prefix: '/' } } }, http, { http: 81, name: 'all', hosts: ['*'] }),
  'exposed under a host with a namespace': exposed({ match: { uri: { prefix: '/' } } }, { http: 80, hosts: ['shop/shop.example.com'] }),
  'exposed under a short host': exposed({ hosts: ['shop'] }, { http: 80, hosts: ['*'] }),
  'exposed under an address': exposed({ hosts: ['10.0.0.1'] }, { http: 80, hosts: ['*'] }),
  'joined to a gateway of every host': exposed({}, { http: 80, hosts: ['*'] }),
  'exposed by sni of everything': [gateway({ tls: 443, hosts: ['*'] }), { service: 'db', ports: { tls: 443 }, expose: { gateway: 'gw' } }],
  'exposed by sni of a wildcard': [
    gateway({ tls: 443, hosts: ['*.example.com'] }),
    { service: 'db', ports: { tls: 443 }, expose: { gateway: 'gw', hosts: ['*.example.com'] } },
  ],
  'exposed by sni of an address': [
    gateway({ tls: 443, hosts: ['10.0.0.1'] }),
    { service: 'db', ports: { tls: 443 }, expose: { gateway: 'gw' } },
  ],
  'exposed by tcp': [gateway({ tcp: 9000 }), { service: 'db', ports: { tcp: 9000 }, expose: 'gw' }],
  'exposed by tcp under a host': [
    gateway({ tcp: 9000 }),
    { service: 'db', ports: { tcp: 9000 }, expose: { gateway: 'gw', hosts: ['db.example.com'] } },
  ],
  'exposed by claim': [
    gateway(http),
    {
      service: 'web',
      port: 80,
      versions: ['v1', 'v2'],
      stable: 'v1',
      pins: [{ match: { headers: { '@request.auth.claims.sub': { exact: 'x' } } }, version: 'v2' }],
      expose: { gateway: 'gw', hosts: ['shop.example.com'] },
    },
  ],
  'exposed with a source label': [
    gateway(http),
    {
      service: 'web',
      port: 80,
      expose: {
        gateway: 'gw',
        hosts: ['shop.example.com'],
        routes: [{ match: { sourceLabels: { a: 'b' } }, directResponse: { status: 200 } }],
      },
    },
  ],
  'gateway with a dotted name': [
    { gateway: 'gw', names: { Gateway: 'a.b' }, servers: [http] },
    { service: 'web', port: 80, expose: 'gw' },
  ],
  'shared host of everything': [
    { gateway: 'gw', servers: [{ http: 80, hosts: ['*'] }], hosts: { '*': [{ prefix: '/a', service: 'web' }] } },
    { service: 'web', port: 80 },
  ],
  'shared host, all for one': [
    { gateway: 'gw', servers: [http], hosts: { 'shop.example.com': [{ service: 'web' }, { prefix: '/b', service: 'web' }] } },
    { service: 'web', port: 80 },
  ],
  'shared host, delegates that differ from their root': [
    { gateway: 'gw', servers: [http], hosts: { 'shop.example.com': [{ prefix: '/a', service: 'web' }] } },
    { service: 'web', port: 80, routes: [{ match: { uri: { prefix: '/b' } }, directResponse: { status: 200 } }] },
  ],
  'shared host with nobody': [{ gateway: 'gw', servers: [http], hosts: { 'shop.example.com': [] } }],
  'shared host, joined to nothing': [
    { gateway: 'gw', servers: [http], hosts: { 'shop.example.com': [{ prefix: '/a', service: 'web', rewrite: { uri: '/' } }] } },
    { service: 'web', port: 80, expose: 'gw' },
  ],
};

const externals = Object.fromEntries(
  Object.entries({
    'wildcard by DNS': { hosts: ['*.example.org'], ports: { https: 443 } },
    everything: { hosts: ['*'], ports: { https: 443 }, resolution: 'NONE' },
    'partial wildcard': { hosts: ['*foo.example.org'], ports: { https: 443 }, resolution: 'NONE' },
    'address as host': { hosts: ['10.0.0.1'] },
    'broken host': { hosts: ['a..b'] },
    'short host': { hosts: ['partner'] },
    'static without endpoints': { resolution: 'STATIC' },
    'static with a name': { resolution: 'STATIC', endpoints: [{ address: 'a.example.org' }] },
    'static with a socket': { resolution: 'STATIC', endpoints: [{ address: 'unix:///var/run/a.sock' }] },
    'static with a socket and ports': { resolution: 'STATIC', endpoints: [{ address: 'unix:///var/run/a.sock', ports: { http: 1 } }] },
    'none with endpoints': { resolution: 'NONE', endpoints: [{ address: '10.0.0.1' }] },
    'none with no endpoints': { resolution: 'NONE', endpoints: [] },
    'endpoints and selector': { resolution: 'STATIC', endpoints: [{ address: '10.0.0.1' }], workloadSelector: { labels: { a: 'b' } } },
    'empty selector': { resolution: 'STATIC', location: 'MESH_INTERNAL', workloadSelector: { labels: {} } },
    'selector with a star': { resolution: 'STATIC', workloadSelector: { labels: { a: '*' } } },
    'none with a selector': { resolution: 'NONE', workloadSelector: { labels: { a: 'b' } } },
    'endpoint without an address': { endpoints: [{ labels: { a: 'b' } }] },
    'endpoint with an unknown port': { endpoints: [{ address: 'a.example.org', ports: { other: 80 } }] },
    'endpoint with port 70000': { endpoints: [{ address: 'a.example.org', ports: { http: 70000 } }] },
    'endpoint with a wildcard': { endpoints: [{ address: '*.example.org' }] },
    'round robin over two': { resolution: 'DNS_ROUND_ROBIN', endpoints: [{ address: 'a.example.org' }, { address: 'b.example.org' }] },
    'dynamic without a wildcard': { resolution: 'DYNAMIC_DNS' },
    'dynamic with tcp': { hosts: ['*.example.org'], resolution: 'DYNAMIC_DNS', ports: { tcp: 9000 } },
    'dynamic over https': { hosts: ['*.example.org'], resolution: 'DYNAMIC_DNS', ports: { https: 443 } },
    'dynamic with addresses': { hosts: ['*.example.org'], resolution: 'DYNAMIC_DNS', ports: { tls: 443 }, addresses: ['10.0.0.1'] },
    'address that is none': { addresses: ['a.example.org'] },
    'range by DNS': { addresses: ['10.0.0.0/8'] },
    'two hosts on tcp': { hosts: ['a.example.org', 'b.example.org'], ports: { tcp: 9000 } },
    'two hosts on tcp without resolution': { hosts: ['a.example.org', 'b.example.org'], ports: { tcp: 9000 }, resolution: 'NONE' },
    'two hosts, routed': { hosts: ['a.example.org', 'b.example.org'], timeout: '3s' },
    'two hosts, routed by sni': { hosts: ['a.example.org', 'b.example.org'], ports: { https: 443 }, virtualService: true },
    'two hosts via': { hosts: ['a.example.org', 'b.example.org'], ports: { https: 443 }, via: 'istio-egressgateway' },
    'two hosts via over http': { hosts: ['a.example.org', 'b.example.org'], via: 'istio-egressgateway' },
    'overlapping hosts': { hosts: ['*.example.org', 'a.example.org'], resolution: 'NONE', ports: { tls: 443 }, virtualService: true },
    'tcp without an address': { ports: { tcp: 9000 } },
    'tcp without an address or resolution': { ports: { tcp: 9000 }, resolution: 'NONE' },
    'tcp via': { ports: { tcp: 9000 }, via: 'istio-egressgateway' },
    'tcp without an address, routed': { ports: { tcp: 9000 }, virtualService: true },
    'exported nowhere': { exportTo: ['~'] },
    'exported nowhere, routed': { exportTo: ['~'], timeout: '3s' },
    'exported nowhere and here': { exportTo: ['~', '.'] },
    'port named with capitals': { ports: { HTTP: 80 } },
    'two ports of one name': { ports: { 80: { name: 'http' }, 81: { name: 'http' } } },
    'udp port': { ports: { 53: { name: 'dns', protocol: 'UDP' } } },
    'target port without resolution': { resolution: 'NONE', ports: { http: { number: 80, targetPort: 8080 } } },
    'wildcard via': { hosts: ['*.example.org'], resolution: 'NONE', ports: { tls: 443 }, via: 'istio-egressgateway' },
    'via on one port for two': { ports: { http: 80, https: 443 }, via: { service: 'egress', port: 8443 } },
    'via with http2': { ports: { http2: 80 }, via: 'istio-egressgateway' },
    'via with grpc-web': { ports: { 'grpc-web': 80 }, via: 'istio-egressgateway' },
    'via with timeout': { ports: { http: 80 }, via: 'istio-egressgateway', timeout: '3s', mirror: { host: 'shadow' } },
    'via with a redirect': { via: 'istio-egressgateway', routes: [{ match: { uri: { prefix: '/a' } }, redirect: { uri: '/b' } }] },
    'via with versions': {
      via: 'istio-egressgateway',
      resolution: 'DNS',
      endpoints: [{ address: 'a.example.org', labels: { version: 'v1' } }],
      versions: ['v1'],
      stable: 'v1',
    },
    'via with originated tls': { ports: { http: 80, https: 443 }, via: 'istio-egressgateway', originateTls: true },
    'rewrite form with two hosts': {
      hosts: ['a.example.org', 'b.example.org'],
      ports: { http: 80, https: 443 },
      originateTls: { form: 'rewrite' },
    },
    'originated mutual tls without a certificate': { originateTls: { mode: 'MUTUAL' } },
    'originated tls with credential and file': { originateTls: { credentialName: 'a', caCertificates: '/a' } },
    'originated tls for a wildcard': { hosts: ['*.example.org'], resolution: 'NONE', originateTls: true },
    'SAN that is empty of sense': { subjectAltNames: ['*'] },
    'locality of an endpoint': { endpoints: [{ address: 'a.example.org', locality: 'a/*' }] },
  }).map(([name, words]) => [`external: ${name}`, external(words)]),
);

const account = { workload: { labels: { app: 'a' }, serviceAccount: 'a' } };
const dependencies = {
  'sidecar for nobody': [{ service: 'a', port: 80, dependsOn: [], ...account }],
  'sidecar for a wildcard': [
    { service: 'a', port: 80, dependsOn: ['partner'], ...account },
    external({ hosts: ['*.example.org'], resolution: 'NONE' }),
  ],
  'sidecar for an address': [{ service: 'a', port: 80, dependsOn: ['partner'], ...account }, external({ hosts: ['short'] })],
  'sidecar for a short host': [
    { service: 'a', port: 80, dependsOn: ['b'], ...account },
    { service: 'b', host: 'b', port: 80 },
  ],
  'sidecar for one called twice': [
    { service: 'a', port: 80, dependsOn: ['b', 'shop/b'], ...account },
    { service: 'b', port: 80 },
  ],
  'sidecar with an empty selector': [{ service: 'a', port: 80, dependsOn: [], workload: { labels: {}, serviceAccount: 'a' } }],
  'authorization with an empty selector': [{ service: 'a', port: 80, allowFrom: ['x'], workload: { labels: {}, serviceAccount: 'a' } }],
  'authorization of everybody': [{ service: 'a', port: 80, allowFrom: ['*'], ...account }],
  'authorization of nobody': [{ service: 'a', port: 80, allowFrom: [], ...account }],
  'authorization of an odd account': [
    { service: 'a', port: 80, allowFrom: [{ serviceAccount: 'x.y' }, 'cluster.local/ns/a/sa/*'], ...account },
  ],
};

/** @returns {{name: string, files: Map<string, string>}[]} */
export function edgeCases() {
  const plain = Object.entries({ ...routes, ...matches, ...policies, ...services, ...gateways, ...exposures, ...externals });
  const environment = { environment: 'mesh', istio: '1.31', namespace: 'shop' };
  return [
    ...plain.map(([name, intents]) => caseOf(name, environment, intents)),
    ...Object.entries(dependencies).map(([name, intents]) =>
      caseOf(name, { ...environment, sidecars: true, authorization: 'enforce' }, intents),
    ),
    ...['istio-system', 'a'.repeat(63)].map((namespace) =>
      caseOf(`namespace ${namespace.length}`, { ...environment, namespace }, service({})),
    ),
    caseOf('no namespace', { environment: 'mesh', istio: '1.31' }, [
      service({ exportTo: ['.'] }),
      external({ via: 'istio-egressgateway' }),
    ]),
    caseOf('labels', { ...environment, labels: { 'a.b/c': 'd', empty: '' } }, service({})),
  ];
}

function caseOf(name, environment, intents) {
  const text = [intents].flat().map((intent) => stringify(intent, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false }));
  return {
    name: `edge: ${name}`,
    files: new Map([
      ['environments/mesh/environment.yaml', stringify(environment, { compat: 'yaml-1.1' })],
      ['environments/mesh/intents.yaml', text.join('---\n')],
    ]),
  };
}

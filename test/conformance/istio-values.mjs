/** Values of Istio's own fields as people write them: one list per word, each entry valid on its own. */

export const timeouts = ['1s', '250ms', '2.5s', '1m30s', '1h', '0.5s'];

export const retries = [
  { attempts: 3 },
  { attempts: 0 },
  { attempts: 2, perTryTimeout: '2s', retryOn: 'connect-failure,refused-stream,503' },
  { attempts: 5, perTryTimeout: '250ms', retryOn: 'gateway-error,5xx', retryRemoteLocalities: true },
  { attempts: 2, retryOn: 'retriable-headers,cancelled,unavailable', backoff: '50ms', retryIgnorePreviousHosts: false },
];

export const faults = [
  { delay: { percentage: { value: 100 }, fixedDelay: '7s' } },
  { delay: { percentage: { value: 0.1 }, fixedDelay: '250ms' } },
  { abort: { percentage: { value: 50 }, httpStatus: 503 } },
  { abort: { percentage: { value: 10 }, grpcStatus: 'UNAVAILABLE' } },
  { delay: { percentage: { value: 10 }, fixedDelay: '1s' }, abort: { percentage: { value: 5 }, httpStatus: 418 } },
  { abort: { httpStatus: 500 } },
];

export const corsPolicies = [
  { allowOrigins: [{ exact: 'https://shop.example.com' }], allowMethods: ['GET', 'POST'], maxAge: '24h' },
  {
    allowOrigins: [{ regex: 'https://[a-z]+\\.example\\.com' }, { prefix: 'https://dev-' }],
    allowMethods: ['GET', 'OPTIONS', 'PATCH'],
    allowHeaders: ['x-request-id', 'authorization'],
    exposeHeaders: ['x-served-by'],
    allowCredentials: true,
    maxAge: '90s',
  },
  { allowOrigins: [{ exact: '*' }], allowCredentials: false, unmatchedPreflights: 'IGNORE' },
];

export const headers = [
  { request: { set: { 'x-env': 'prod' } } },
  { request: { add: { 'x-hop': 'mesh' }, remove: ['x-debug'] }, response: { set: { 'cache-control': 'no-store' }, remove: ['server'] } },
  { response: { add: { 'set-cookie': 'seen=1; Path=/; HttpOnly' } } },
  { request: { set: { host: 'inner.example.com' } } },
  { request: { set: { 'x-client': '%DOWNSTREAM_REMOTE_ADDRESS%' } } },
];

export const rewrites = [
  { uri: '/' },
  { uri: '/v2/', authority: 'inner.example.com' },
  { authority: 'inner.example.com' },
  { uriRegexRewrite: { match: '^/service/([^/]+)(/.*)$', rewrite: '\\2/instance/\\1' } },
];

export const redirects = [
  { uri: '/new' },
  { authority: 'new.example.com', redirectCode: 308 },
  { uri: '/moved', authority: 'new.example.com', scheme: 'https', redirectCode: 302 },
  { scheme: 'https', derivePort: 'FROM_PROTOCOL_DEFAULT' },
  { scheme: 'https', port: 8443 },
];

export const directResponses = [
  { status: 404 },
  { status: 503, body: { string: 'closed for repairs' } },
  { status: 200, body: { bytes: 'eyJvayI6dHJ1ZX0=' } },
  { status: 599, body: { string: 'key: value\n# not a comment' } },
];

export const httpMatches = [
  { uri: { prefix: '/api' } },
  { uri: { exact: '/login' } },
  { uri: { regex: '/items/[0-9]+(/.*)?' } },
  { uri: { prefix: '/Static' }, ignoreUriCase: true },
  { method: { exact: 'POST' } },
  { method: { regex: 'GET|HEAD' }, uri: { prefix: '/read' } },
  { authority: { exact: 'shop.example.com' } },
  { authority: { prefix: 'api.' } },
  { scheme: { exact: 'https' } },
  { headers: { 'x-beta': { exact: '1' } } },
  { headers: { 'x-trace': {} } },
  { headers: { 'user-agent': { regex: '.*Firefox/[0-9]+.*' }, accept: { prefix: 'text/' } } },
  { queryParams: { debug: { exact: 'true' } } },
  { queryParams: { v: { regex: '[0-9]+' } } },
  { queryParams: { beta: { prefix: 'on' } }, uri: { prefix: '/shop' } },
  { withoutHeaders: { 'x-internal': {} } },
  { withoutHeaders: { 'x-bot': { exact: 'yes' } }, method: { exact: 'GET' } },
  { uri: { exact: '/odd path: {a} & "b"' } },
];

/** Only for callers in the mesh: Istio refuses or ignores them on gateways. */
export const meshMatches = [
  { sourceLabels: { app: 'loadtest', version: 'v2' } },
  { sourceNamespace: 'tools' },
  { sourceLabels: { canary: 'true' }, uri: { prefix: '/new' } },
];

export const loadBalancers = [
  'LEAST_REQUEST',
  'LEAST_CONN',
  'ROUND_ROBIN',
  'RANDOM',
  { hash: 'sourceIp' },
  { hash: { header: 'x-session' } },
  { hash: { query: 'tenant' } },
  { hash: { cookie: { name: 'session' } } },
  { hash: { cookie: { name: 'session', path: '/', ttl: '30m' } } },
  { simple: 'ROUND_ROBIN', warmup: { duration: '60s', minimumPercent: 10, aggression: 1.5 } },
  { simple: 'LEAST_REQUEST', localityLbSetting: { enabled: true, failover: [{ from: 'eu-west', to: 'eu-central' }] } },
  { simple: 'ROUND_ROBIN', localityLbSetting: { distribute: [{ from: 'eu/*', to: { 'eu/*': 80, 'us/*': 20 } }] } },
  { localityLbSetting: { enabled: false } },
  { localityLbSetting: { failoverPriority: ['topology.istio.io/network', 'topology.kubernetes.io/region'] } },
  { consistentHash: { httpHeaderName: 'x-user', ringHash: { minimumRingSize: 1024 } } },
  { consistentHash: { useSourceIp: true, maglev: { tableSize: 251 } } },
];

export const connectionPools = [
  { tcp: { maxConnections: 100, connectTimeout: '30ms' } },
  { tcp: { tcpKeepalive: { time: '7200s', interval: '75s', probes: 9 }, maxConnectionDuration: '1h', idleTimeout: '15m' } },
  { http: { http1MaxPendingRequests: 1, maxRequestsPerConnection: 1 } },
  { http: { http2MaxRequests: 1000, maxRetries: 3, idleTimeout: '1m', h2UpgradePolicy: 'UPGRADE', maxConcurrentStreams: 100 } },
  { tcp: { maxConnections: 10 }, http: { useClientProtocol: true } },
];

export const tcpConnectionPools = connectionPools.slice(0, 2);

export const outlierDetections = [
  { consecutive5xxErrors: 7, interval: '5m', baseEjectionTime: '15m' },
  { consecutiveGatewayErrors: 3, maxEjectionPercent: 100, minHealthPercent: 50 },
  { splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 4 },
  { consecutive5xxErrors: 0, interval: '10s' },
];

export const clientTls = [
  { mode: 'DISABLE' },
  { mode: 'ISTIO_MUTUAL' },
  { mode: 'SIMPLE', sni: 'inner.example.com' },
  { mode: 'SIMPLE', credentialName: 'client-ca', subjectAltNames: ['inner.example.com'] },
  { mode: 'SIMPLE', insecureSkipVerify: true },
  { mode: 'MUTUAL', clientCertificate: '/etc/certs/cert.pem', privateKey: '/etc/certs/key.pem', caCertificates: '/etc/certs/ca.pem' },
  { mode: 'MUTUAL', credentialName: 'client-cert' },
];

export const proxyProtocols = [{ version: 'V1' }, { version: 'V2' }];
export const retryBudgets = [{ percent: 20, minRetryConcurrency: 3 }, { percent: 12.5 }];
export const tunnels = [
  { protocol: 'CONNECT', targetHost: 'api.partner.example', targetPort: 443 },
  { targetHost: '198.51.100.7', targetPort: 8443 },
];

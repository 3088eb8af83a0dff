import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import { describe, expect, it } from 'vitest';

const names = [
  'authorization-policy',
  'destination-rule',
  'gateway',
  'peer-authentication',
  'service-entry',
  'sidecar',
  'virtual-service',
  'workload-entry',
  'workload-group',
];
const ajv = new Ajv({ allErrors: true, strict: true, verbose: true });
for (const name of names) {
  ajv.addSchema(JSON.parse(readFileSync(new URL(`../../src/istio/schemas/${name}.json`, import.meta.url), 'utf8')));
}

function errorsOf(ref: string, value: unknown): readonly ErrorObject[] {
  const validate = ajv.getSchema(`https://mainsheet.dev/schemas/istio/${ref}`);
  if (validate === undefined) throw new Error(`no schema ${ref}`);
  validate(value);
  return validate.errors ?? [];
}

const described = (errors: readonly ErrorObject[]) => errors.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);

const accepted: readonly [ref: string, value: unknown][] = [
  ['virtual-service.json', { hosts: ['reviews'], http: [{ route: [{ destination: { host: 'reviews', subset: 'v1' }, weight: 50 }] }] }],
  ['virtual-service.json', { http: [{ match: [{ headers: { 'end-user': { exact: 'jason' } } }], delegate: { name: 'a' } }] }],
  [
    'virtual-service.json',
    { http: [{ match: [{ headers: { 'x-there': {} } }], directResponse: { status: 404, body: { string: 'no' } } }] },
  ],
  ['virtual-service.json', { tls: [{ match: [{ port: 443, sniHosts: ['a.example'] }], route: [{ destination: { host: 'a.example' } }] }] }],
  ['virtual-service.json', { http: [{ mirrorPercent: 5, fault: { delay: { percent: 5, fixedDelay: '5s' } } }] }],
  ['virtual-service.json#/$defs/HTTPRetry', { attempts: 3, perTryTimeout: '1h30m', backoff: '.5s', retryOn: '5xx' }],
  ['virtual-service.json#/$defs/HTTPRoute', { timeout: '0.5s' }],
  ['virtual-service.json#/$defs/HTTPRoute', { timeout: '100ms' }],
  ['destination-rule.json', { host: 'reviews', subsets: [{ name: 'v1', labels: { version: 'v1' } }] }],
  ['destination-rule.json', { host: 'a', trafficPolicy: { loadBalancer: { simple: 'LEAST_CONN' }, outlierDetection: {} } }],
  ['destination-rule.json', { host: 'a', trafficPolicy: { connectionPool: { tcp: { idleTimeout: '0s' } } } }],
  ['destination-rule.json#/$defs/ConsistentHashLB', { httpCookie: { name: 'u', ttl: '0s' }, maglev: { tableSize: 65537 } }],
  [
    'gateway.json',
    { selector: { istio: 'ingressgateway' }, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
  ],
  ['service-entry.json', { hosts: ['a.example'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'DNS' }],
  ['sidecar.json', { egress: [{ hosts: ['./*', 'istio-system/*'] }], outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }],
  ['authorization-policy.json', {}],
  ['authorization-policy.json', { action: 'ALLOW', rules: [{ from: [{ source: { principals: ['a/ns/b/sa/c'] } }] }] }],
  [
    'peer-authentication.json',
    { mtls: { mode: 'STRICT' }, selector: { matchLabels: { app: 'a' } }, portLevelMtls: { 80: { mode: 'DISABLE' } } },
  ],
  ['workload-entry.json', { address: '10.0.0.1', ports: { http: 8080 } }],
  ['workload-group.json', { template: {}, probe: { exec: { command: ['true'] } } }],
];

/** A host of so many characters, in labels of 60. */
const hostOf = (length: number) =>
  `${'a'.repeat(59)}.`
    .repeat(5)
    .slice(0, length - 1)
    .concat('z');

/** What Istio's validation allows at the edge of a constraint: by the definition that states it. */
const allowedForms: readonly [ref: string, values: readonly string[]][] = [
  ['virtual-service.json#/$defs/MillisecondDuration', ['1ms', '1000us', '0.001s', '.5s', '1m30s', '0.0005h', '0.0000025h', '1h0.0m']],
  ['destination-rule.json#/$defs/MillisecondOrZeroDuration', ['0s', '0ms', '15m']],
  ['virtual-service.json#/$defs/SecondDuration', ['1s', '24h', '1.5m', '0.25h', '2000ms']],
  ['virtual-service.json#/$defs/Host', ['reviews', 'reviews.shop.svc.cluster.local.', '*.example.com', '*-a.example.com', 'A', '123']],
  [
    'virtual-service.json#/$defs/VirtualHost',
    ['*', '10.0.0.1', '::1', 'fe80::1%eth0', 'outbound_.80_._.e2e.foobar.mesh', 'outbound_.80_.v1_.a_b'],
  ],
  ['virtual-service.json#/$defs/HTTPBody/properties/bytes', ['eA==', 'eHg=', 'eHh4', 'eHh4eA==']],
  ['gateway.json#/$defs/ServerHost', ['*', '*/*', './*.example.com', 'shop/a.example.com', '10.0.0.1', `shop/${hostOf(255)}`]],
  ['sidecar.json#/$defs/EgressHost', ['./*', '*/*', '~/*', '~shop/*.example.com', `shop/${hostOf(255)}`]],
  ['gateway.json#/$defs/BindAddress', ['', '0.0.0.0', '::1', 'unix:///a', 'unix://@a']],
  ['sidecar.json#/$defs/IpAddress', ['', '127.0.0.1', '::', 'fe80::1%eth0']],
  ['sidecar.json#/$defs/ShortNameOrNone', ['', 'http', 'HTTP-1', 'x'.repeat(63)]],
  ['sidecar.json#/$defs/Fqdn', ['egress', 'egress.istio-system.svc.cluster.local.', '1a']],
  ['service-entry.json#/$defs/AddressRange', ['10.0.0.0/8', '2001:db8::/32', '::ffff:10.0.0.1']],
  ['service-entry.json#/$defs/EndpointAddress', ['', 'a.example.org', 'unix:///var/run/a.sock', 'unix://@a', '1::8']],
  ['virtual-service.json#/$defs/RetryConditions', ['', '5xx', 'connect-failure,refused-stream,503', '429,511']],
  ['virtual-service.json#/$defs/MatchedHeader', ['x-beta', ':path', '@request.auth.claims.sub', '@Request.Auth.Claims[a][b]']],
  ['virtual-service.json#/$defs/RequestHeader', ['x-a', 'Host', ':Authority']],
  ['virtual-service.json#/$defs/HeaderValue', ['', '100%%', '%REQ(x-id)%', 'a %DYNAMIC(["b", "c"] )% d', 'tab\there', 'ü']],
  ['virtual-service.json#/$defs/LabelKey', ['app', 'example.com/team', 'A_b.c']],
  ['virtual-service.json#/$defs/LabelValue', ['', 'v1', 'x'.repeat(80)]],
  ['service-entry.json#/$defs/ProtocolOrNone', ['', 'http', 'GRPC-Web', 'http_proxy']],
  ['authorization-policy.json#/$defs/ServiceAccount', ['web', 'shop/web', 'a b']],
  ['authorization-policy.json#/$defs/TrustDomain', ['cluster.local', '*', '*.example.com', 'td-*']],
  ['authorization-policy.json#/$defs/PortText', ['0', '080', '65535']],
  ['peer-authentication.json#/$defs/PortKey', ['1', '65535']],
  ['workload-group.json#/$defs/ProbeScheme', ['', 'HTTP', 'HTTPS']],
];

const refusedForms: readonly [ref: string, values: readonly string[]][] = [
  ['virtual-service.json#/$defs/MillisecondDuration', ['0s', '0.5ms', '1.5ms', '10us', '0.0001s', '-1s', '5', '']],
  ['destination-rule.json#/$defs/MillisecondOrZeroDuration', ['0.5ms', '-1s']],
  ['virtual-service.json#/$defs/SecondDuration', ['0s', '1500ms', '0.5s', '0.001h']],
  ['virtual-service.json#/$defs/Host', ['*', 'a..b', 'a_b', '10.0.0.1', 'a.123', 'a.*.b', 'a*', `${'a'.repeat(64)}.b`, '']],
  ['virtual-service.json#/$defs/VirtualHost', ['a b', '1.2.3', '1::2::3', ':1', 'outbound_.x_._.a', 'outbound_.80_._.1', 'outbound_.80_a']],
  ['gateway.json#/$defs/ServerHost', ['shop', 'a/shop', '*shop.example.com', '/a.b', '::1', '~/a.b', hostOf(256), `shop/${hostOf(256)}`]],
  ['sidecar.json#/$defs/EgressHost', ['*', 'a.example.com', 'shop/short', 'shop/10.0.0.1', `shop/${hostOf(256)}`]],
  ['gateway.json#/$defs/BindAddress', ['localhost', 'unix://', 'unix:///a/', '10.0.0.0/8']],
  ['sidecar.json#/$defs/IpAddress', ['localhost', 'unix:///a', '10.0.0.0/8', '01.2.3.4', '256.0.0.1']],
  ['sidecar.json#/$defs/ShortNameOrNone', ['a.b', '-a', 'a_b', 'x'.repeat(64)]],
  ['sidecar.json#/$defs/Fqdn', ['*.example.com', '*', '10.0.0.1', '']],
  ['service-entry.json#/$defs/AddressRange', ['10.0.0.0/33', '010.0.0.1', 'a.example.org', '1.2.3.4/8/8', 'fe80::1%eth0/64']],
  ['service-entry.json#/$defs/EndpointAddress', ['*.example.org', 'unix://a', 'unix:///a/']],
  ['virtual-service.json#/$defs/RetryConditions', ['503, reset', 'always', '999', 'reset,']],
  ['virtual-service.json#/$defs/MatchedHeader', ['', 'a b', ':foo', '@request.auth.claims', '@request.auth.claims[]']],
  ['virtual-service.json#/$defs/RequestHeader', ['', ':path', 'a b']],
  ['virtual-service.json#/$defs/SettableHeader', ['', 'HOST', ':authority']],
  ['virtual-service.json#/$defs/HeaderValue', ['100%', 'a\nb', '%REQ(x%', '%D(["a" "b"])%', '\u007f']],
  ['virtual-service.json#/$defs/HTTPBody/properties/bytes', ['', 'eA', '_-A=', 'eA==\n', 'eA==eA==', '====']],
  ['virtual-service.json#/$defs/LabelKey', ['a b', '', `${'a'.repeat(64)}`, 'a/b/c']],
  ['virtual-service.json#/$defs/LabelValue', ['-a', 'a b']],
  ['gateway.json#/$defs/Protocol', ['', 'SPDY']],
  ['authorization-policy.json#/$defs/ServiceAccount', ['', '*', 'shop/*', '/web', 'shop/', 'a/b/c']],
  ['authorization-policy.json#/$defs/TrustDomain', ['', 'a*b', '*a*', '**', 'a/b']],
  ['authorization-policy.json#/$defs/PortText', ['', '65536', '-1', '+1', '0x50', '80-90', 'http']],
  ['peer-authentication.json#/$defs/PortKey', ['', '0', '080', '65536', '-1', 'http']],
  ['workload-group.json#/$defs/ProbeScheme', ['http', 'TCP']],
];

const http = (route: unknown) => ({ http: [route] });
const tls = (settings: unknown) => ({ servers: [{ port: { number: 1, name: 'a', protocol: 'TLS' }, hosts: ['*'], tls: settings }] });

/** Each has one mistake and gets one error. */
const refused: readonly [why: string, ref: string, value: unknown, error: string][] = [
  ['typo', 'virtual-service.json', { host: ['a'] }, ' additionalProperties'],
  ['typo', 'virtual-service.json', http({ retrys: {} }), '/http/0 additionalProperties'],
  ['typo', 'virtual-service.json', http({ retries: { attempt: 1 } }), '/http/0/retries additionalProperties'],
  ['snake case', 'virtual-service.json', http({ direct_response: {} }), '/http/0 additionalProperties'],
  ['gone since 1.5', 'virtual-service.json', http({ appendHeaders: {} }), '/http/0 additionalProperties'],
  ['no host', 'virtual-service.json', http({ route: [{ destination: {} }] }), '/http/0/route/0/destination required'],
  ['fraction', 'virtual-service.json', http({ route: [{ destination: { host: 'a' }, weight: 0.5 }] }), '/http/0/route/0/weight type'],
  [
    'beyond int32',
    'virtual-service.json',
    http({ route: [{ destination: { host: 'a' }, weight: 2 ** 31 }] }),
    '/http/0/route/0/weight maximum',
  ],
  ['negative', 'virtual-service.json', http({ match: [{ port: -1 }] }), '/http/0/match/0/port minimum'],
  ['no unit', 'virtual-service.json', http({ timeout: '5' }), '/http/0/timeout pattern'],
  ['number', 'virtual-service.json', http({ timeout: 5 }), '/http/0/timeout type'],
  ['zero', 'virtual-service.json', http({ timeout: '0s' }), '/http/0/timeout pattern'],
  ['zero', 'virtual-service.json', http({ timeout: '0h0.0s' }), '/http/0/timeout pattern'],
  ['negative time', 'virtual-service.json', http({ timeout: '-5s' }), '/http/0/timeout pattern'],
  ['two matches', 'virtual-service.json', http({ match: [{ uri: { exact: 'a', prefix: 'b' } }] }), '/http/0/match/0/uri not'],
  ['two ports', 'virtual-service.json', http({ redirect: { port: 1, derivePort: 'FROM_REQUEST_PORT' } }), '/http/0/redirect not'],
  [
    'two bodies',
    'virtual-service.json',
    http({ directResponse: { status: 200, body: { string: '', bytes: 'eA==' } } }),
    '/http/0/directResponse/body not',
  ],
  ['two aborts', 'virtual-service.json', http({ fault: { abort: { httpStatus: 500, grpcStatus: 'ABORTED' } } }), '/http/0/fault/abort not'],
  ['label not text', 'virtual-service.json', http({ match: [{ sourceLabels: { a: 1 } }] }), '/http/0/match/0/sourceLabels/a type'],
  ['no host', 'destination-rule.json', {}, ' required'],
  ['unknown word', 'destination-rule.json#/$defs/LoadBalancerSettings', { simple: 'FASTEST' }, '/simple enum'],
  ['both balancers', 'destination-rule.json#/$defs/LoadBalancerSettings', { simple: 'RANDOM', consistentHash: {} }, ' not'],
  ['two hash keys', 'destination-rule.json#/$defs/ConsistentHashLB', { useSourceIp: true, httpHeaderName: 'a' }, ' not'],
  ['two algorithms', 'destination-rule.json#/$defs/ConsistentHashLB', { ringHash: {}, maglev: { tableSize: 65537 } }, ' not'],
  ['above 100', 'destination-rule.json#/$defs/RetryBudget', { percent: 101 }, '/percent maximum'],
  [
    'no such status',
    'destination-rule.json#/$defs/OutlierDetection',
    { outlierDetectionHttpErrorCodes: [42] },
    '/outlierDetectionHttpErrorCodes/0 minimum',
  ],
  ['no port', 'gateway.json', { servers: [{ hosts: ['*'] }] }, '/servers/0 required'],
  ['both credentials', 'gateway.json', tls({ credentialName: 'a', credentialNames: ['b'] }), '/servers/0/tls not'],
  ['certificates twice', 'gateway.json', tls({ credentialNames: ['b'], tlsCertificates: [{}] }), '/servers/0/tls not'],
  ['three credentials', 'gateway.json', tls({ credentialNames: ['a', 'b', 'c'] }), '/servers/0/tls/credentialNames maxItems'],
  ['no hosts', 'service-entry.json', { ports: [] }, ' required'],
  ['port 0', 'service-entry.json', { hosts: ['a'], ports: [{ number: 0, name: 'a' }] }, '/ports/0/number minimum'],
  ['both endpoints', 'service-entry.json', { hosts: ['a'], endpoints: [], workloadSelector: {} }, ' not'],
  ['no hosts', 'sidecar.json', { egress: [{}] }, '/egress/0 required'],
  ['unknown mode', 'sidecar.json', { outboundTrafficPolicy: { mode: 'ALLOW' } }, '/outboundTrafficPolicy/mode enum'],
  ['no key', 'authorization-policy.json', { rules: [{ when: [{ values: ['a'] }] }] }, '/rules/0/when/0 required'],
  ['two targets', 'authorization-policy.json', { selector: {}, targetRefs: [] }, ' not'],
  ['no source', 'authorization-policy.json#/$defs/Rule', { from: [{}] }, '/from/0 required'],
  ['no operation', 'authorization-policy.json#/$defs/Rule', { to: [{}] }, '/to/0 required'],
  ['empty text', 'authorization-policy.json#/$defs/Source', { notNamespaces: [''] }, '/notNamespaces/0 minLength'],
  ['empty text', 'authorization-policy.json#/$defs/Operation', { paths: [''] }, '/paths/0 minLength'],
  ['empty text', 'authorization-policy.json#/$defs/Condition', { key: 'a', notValues: [''] }, '/notValues/0 minLength'],
  ['no range', 'authorization-policy.json#/$defs/Source', { remoteIpBlocks: ['10.0.0.0/33'] }, '/remoteIpBlocks/0 pattern'],
  ['no provider', 'authorization-policy.json#/$defs/ExtensionProvider', { name: '' }, '/name minLength'],
  ['no command', 'workload-group.json#/$defs/ExecHealthCheckConfig', { command: [] }, '/command minItems'],
  ['no label', 'workload-group.json#/$defs/ObjectMeta', { labels: { a: '-' } }, '/labels/a pattern'],
  ['no such mode', 'peer-authentication.json', { mtls: { mode: 'ON' } }, '/mtls/mode enum'],
  ['port beyond', 'workload-entry.json', { ports: { http: 70000 } }, '/ports/http maximum'],
  ['no template', 'workload-group.json', {}, ' required'],
  ['negative attempts', 'virtual-service.json#/$defs/HTTPRetry', { attempts: -1 }, '/attempts minimum'],
  ['a status that no server sends', 'virtual-service.json#/$defs/Abort', { httpStatus: 199 }, '/httpStatus minimum'],
  ['not in capitals', 'virtual-service.json#/$defs/Abort', { grpcStatus: 'unavailable' }, '/grpcStatus enum'],
  ['leads nowhere', 'virtual-service.json#/$defs/TLSRoute', { match: [{ sniHosts: ['a'] }] }, ' required'],
  ['leads nowhere', 'virtual-service.json#/$defs/TCPRoute', { route: [] }, '/route minItems'],
  ['never supported', 'virtual-service.json#/$defs/Abort', { http2Error: 'x' }, ' additionalProperties'],
  ['never supported', 'virtual-service.json#/$defs/Delay', { exponentialDelay: '1s' }, ' additionalProperties'],
  ['above 100', 'virtual-service.json#/$defs/HTTPRoute', { mirrorPercentage: { value: 101 } }, '/mirrorPercentage/value maximum'],
  ['half a rewrite', 'virtual-service.json#/$defs/RegexRewrite', { match: 'a' }, ' required'],
  ['no redirect', 'virtual-service.json#/$defs/HTTPRedirect', { uri: '/', redirectCode: 200 }, '/redirectCode minimum'],
  ['another scheme', 'virtual-service.json#/$defs/HTTPRedirect', { scheme: 'ftp' }, '/scheme enum'],
  ['no status', 'virtual-service.json#/$defs/HTTPDirectResponse', { status: 100 }, '/status minimum'],
  ['lower case', 'virtual-service.json#/$defs/CorsPolicy', { allowMethods: ['get'] }, '/allowMethods/0 enum'],
  ['empty origin', 'virtual-service.json#/$defs/CorsPolicy', { allowOrigins: [{ exact: '' }] }, '/allowOrigins/0/exact minLength'],
  ['empty regex', 'virtual-service.json#/$defs/HTTPMatchRequest', { uri: { regex: '' } }, '/uri/regex minLength'],
  ['empty prefix', 'virtual-service.json#/$defs/HTTPMatchRequest', { method: { prefix: '' } }, '/method/prefix minLength'],
  ['host taken away', 'virtual-service.json#/$defs/Headers', { request: { remove: ['host'] } }, '/request/remove/0 pattern'],
  ['negative', 'virtual-service.json#/$defs/RouteDestination', { destination: { host: 'a' }, weight: -1 }, '/weight minimum'],
  ['port without number', 'virtual-service.json#/$defs/Destination', { host: 'a', port: {} }, '/port required'],
  ['half a keep-alive', 'destination-rule.json#/$defs/HTTPSettings', { http2KeepAlive: { interval: '1s' } }, '/http2KeepAlive required'],
  ['negative', 'destination-rule.json#/$defs/TCPSettings', { maxConnections: -1 }, '/maxConnections minimum'],
  ['above 100', 'destination-rule.json#/$defs/OutlierDetection', { maxEjectionPercent: 101 }, '/maxEjectionPercent maximum'],
  ['too large', 'destination-rule.json#/$defs/MagLev', { tableSize: 5000011 }, '/tableSize maximum'],
  ['nothing', 'destination-rule.json#/$defs/TrafficPolicy', {}, ' minProperties'],
  ['no effect', 'gateway.json#/$defs/Port', { number: 80, name: 'a', protocol: 'TCP', targetPort: 1 }, ' additionalProperties'],
  ['no effect', 'sidecar.json#/$defs/SidecarPort', { number: 80, targetPort: 1 }, ' additionalProperties'],
  ['port 0', 'sidecar.json', { ingress: [{ port: { number: 0 } }] }, '/ingress/0/port/number minimum'],
  ['no number', 'sidecar.json', { ingress: [{ port: { protocol: 'HTTP' } }] }, '/ingress/0/port required'],
  ['a socket', 'sidecar.json', { ingress: [{ port: { number: 80 }, bind: 'unix:///a' }] }, '/ingress/0/bind pattern'],
  ['a name', 'sidecar.json', { egress: [{ hosts: ['./*'], bind: 'localhost' }] }, '/egress/0/bind pattern'],
  ['no port', 'sidecar.json', { outboundTrafficPolicy: { egressProxy: { host: 'a' } } }, '/outboundTrafficPolicy/egressProxy required'],
  [
    'a wildcard',
    'sidecar.json',
    { outboundTrafficPolicy: { egressProxy: { host: '*.a', port: { number: 80 } } } },
    '/outboundTrafficPolicy/egressProxy/host pattern',
  ],
  ['no name', 'gateway.json#/$defs/Port', { number: 80, name: '', protocol: 'TCP' }, '/name minLength'],
  ['everybody', 'service-entry.json#/$defs/WorkloadSelector', { labels: { a: '*' } }, '/labels/a pattern'],
  ['to none', 'destination-rule.json', { host: 'a', exportTo: ['~'] }, '/exportTo/0 pattern'],
];

/** What stands beside `$ref`, or under these keywords, only narrows an object that is closed elsewhere. */
const narrowing = new Set(['if', 'then', 'else', 'allOf', 'anyOf', 'not']);

function openObjects(node: unknown): readonly unknown[] {
  if (typeof node !== 'object' || node === null || '$ref' in node) return [];
  const inner = Object.entries(node).flatMap(([key, part]) => (narrowing.has(key) ? [] : openObjects(part)));
  return 'type' in node && node.type === 'object' && !('additionalProperties' in node) ? [node, ...inner] : inner;
}

describe('schemas', () => {
  it.each(accepted)('%s accepts %j', (ref, value) => {
    expect(described(errorsOf(ref, value))).toEqual([]);
  });

  it.each(refused)('%s: %s refuses %j', (_, ref, value, error) => {
    expect(described(errorsOf(ref, value))).toEqual([error]);
  });

  const formCases = (forms: typeof allowedForms) => forms.flatMap(([ref, values]) => values.map((value) => [ref, value] as const));

  it.each(formCases(allowedForms))('%s allows %j', (ref, value) => {
    expect(described(errorsOf(ref, value))).toEqual([]);
  });

  it.each(formCases(refusedForms))('%s does not allow %j', (ref, value) => {
    expect(described(errorsOf(ref, value))).toEqual([' pattern']);
  });

  it.each([
    ['HTTPFaultInjection', ['delay', 'abort']],
    ['HTTPRewrite', ['uri', 'authority', 'uriRegexRewrite']],
    ['HTTPRedirect', ['uri', 'authority', 'scheme', 'port', 'derivePort', 'prefixRewrite']],
  ])('%s needs one of %j', (name, keys) => {
    const asked = errorsOf(`virtual-service.json#/$defs/${name}`, {}).flatMap(({ keyword, params }) =>
      keyword === 'required' ? [params.missingProperty] : [],
    );
    expect(asked).toEqual(keys);
  });

  it.each([0, 0.0001, 100])('a fault may meet %d percent', (value) => {
    expect(errorsOf('virtual-service.json#/$defs/Abort', { httpStatus: 500, percentage: { value } })).toEqual([]);
  });

  it.each([-1, 0.00001, 101])('a fault may not meet %d percent', (value) => {
    expect(errorsOf('virtual-service.json#/$defs/Abort', { httpStatus: 500, percentage: { value } })).not.toEqual([]);
  });

  it('a server listens on port 0 where it is a socket, and only there', () => {
    const server = (number: number, bind?: string) => ({ port: { number, name: 'a', protocol: 'TCP' }, hosts: ['*'], bind });
    const fits = (value: unknown) => errorsOf('gateway.json#/$defs/Server', JSON.parse(JSON.stringify(value))).length === 0;
    expect([server(0, 'unix:///a'), server(80), server(80, '::1')].filter((one) => !fits(one))).toEqual([]);
    expect([server(80, 'unix:///a'), server(0), server(0, '::1'), server(80, 'localhost'), server(65536)].filter(fits)).toEqual([]);
  });

  it('name both fields where only one may stand', () => {
    const [error] = errorsOf('virtual-service.json#/$defs/StringMatch', { exact: 'a', regex: 'b' });
    expect(error?.schema).toMatchObject({ required: ['exact', 'regex'] });
  });

  it.each(names)('%s has no open object', (name) => {
    const text = readFileSync(new URL(`../../src/istio/schemas/${name}.json`, import.meta.url), 'utf8');
    expect(openObjects(JSON.parse(text))).toEqual([]);
    expect(text).not.toContain('x-kubernetes');
  });
});

/**
 * What changed in Istio's API and when: pure data, read by dialect.ts.
 *
 * Paths are relative to the message named by `shape`: `.` goes into a field, `[]` into each item of a list.
 * `note` says where a row's version comes from. "api" = the first release whose go.mod names an istio/api that
 * declares the field or value (1.0 and 1.1: its vendored copy); other notes name the code that decides.
 */
import type { Json } from '../model/json.ts';

/** Istio's messages that rows speak about; the first nine are those that callers may hand to `modernize`. */
export type Shape =
  | 'VirtualService'
  | 'HTTPRoute'
  | 'DestinationRule'
  | 'TrafficPolicy'
  | 'Gateway'
  | 'Server'
  | 'ServiceEntry'
  | 'Sidecar'
  | 'AuthorizationPolicy'
  | 'HTTPRouteDestination'
  | 'PortTrafficPolicy'
  | 'ConnectionPoolSettings'
  | 'ServerTLSSettings'
  | 'WorkloadEntry'
  | 'WorkloadGroup'
  | 'PeerAuthentication';

/** Where a message stands inside another; '' says that a message has all fields of the other one. */
export const embedded: Readonly<Partial<Record<Shape, readonly { readonly path: string; readonly shape: Shape }[]>>> = {
  VirtualService: [{ path: 'http[]', shape: 'HTTPRoute' }],
  HTTPRoute: [{ path: 'route[]', shape: 'HTTPRouteDestination' }],
  DestinationRule: [
    { path: 'trafficPolicy', shape: 'TrafficPolicy' },
    { path: 'subsets[].trafficPolicy', shape: 'TrafficPolicy' },
  ],
  TrafficPolicy: [
    { path: '', shape: 'PortTrafficPolicy' },
    { path: 'portLevelSettings[]', shape: 'PortTrafficPolicy' },
  ],
  PortTrafficPolicy: [{ path: 'connectionPool', shape: 'ConnectionPoolSettings' }],
  Gateway: [{ path: 'servers[]', shape: 'Server' }],
  Server: [{ path: 'tls', shape: 'ServerTLSSettings' }],
  ServiceEntry: [{ path: 'endpoints[]', shape: 'WorkloadEntry' }],
  WorkloadGroup: [{ path: 'template', shape: 'WorkloadEntry' }],
  Sidecar: [
    { path: 'inboundConnectionPool', shape: 'ConnectionPoolSettings' },
    { path: 'ingress[].connectionPool', shape: 'ConnectionPoolSettings' },
    { path: 'ingress[].tls', shape: 'ServerTLSSettings' },
  ],
};

/** How a kind's apiVersion changed; the last entry whose `since` a mesh has reached is the one to write. */
export interface ApiVersionRow {
  readonly kinds: readonly Shape[];
  /** `since`: the first minor for which it is written. `served`: the first one that serves it, where that is earlier. */
  readonly versions: readonly { readonly since: number; readonly served?: number; readonly apiVersion: string }[];
  readonly note: string;
}

const networking = (...versions: readonly (readonly [number, string])[]) =>
  versions.map(([since, version]) => ({ since, apiVersion: `networking.istio.io/${version}` }));
const security = (...versions: readonly (readonly [number, string, number?])[]) =>
  versions.map(([since, version, served = since]) => ({ since, served, apiVersion: `security.istio.io/${version}` }));

export const apiVersionRows: readonly ApiVersionRow[] = [
  {
    kinds: ['VirtualService', 'DestinationRule', 'Gateway', 'ServiceEntry'],
    versions: networking([0, 'v1alpha3'], [5, 'v1beta1'], [22, 'v1']),
    note: 'served versions in crd-all.gen.yaml of 1.5 and 1.22',
  },
  { kinds: ['Sidecar'], versions: networking([1, 'v1alpha3'], [5, 'v1beta1'], [22, 'v1']), note: 'new in 1.1; then as above' },
  {
    kinds: ['WorkloadEntry'],
    versions: networking([6, 'v1alpha3'], [6, 'v1beta1'], [22, 'v1']),
    note: 'new in 1.6, with both versions served from the start',
  },
  {
    kinds: ['WorkloadGroup'],
    versions: networking([8, 'v1alpha3'], [13, 'v1beta1'], [22, 'v1']),
    note: 'new in 1.8; v1beta1 in the CRD from 1.13',
  },
  {
    kinds: ['AuthorizationPolicy'],
    versions: security([4, 'v1beta1'], [22, 'v1', 17]),
    note: 'v1 is served from 1.17, but documented from 1.22',
  },
  { kinds: ['PeerAuthentication'], versions: security([5, 'v1beta1'], [22, 'v1']), note: 'new in 1.5; v1 from 1.22' },
];

/** A field, value or use of a field that meshes before 1.`since` do not have. */
export interface FeatureRow {
  readonly shape: Shape;
  readonly path: string;
  readonly since: number;
  readonly note: string;
  /** Not the field as such, but: this value; text that contains this; a key that begins so; weights that do not sum to 100. */
  readonly only?: { readonly value: string } | { readonly text: string } | { readonly keyPrefix: string } | { readonly weights: 'not-100' };
  /** What an older mesh does anyway: this value is left out there instead of being refused. */
  readonly implied?: Json;
  /** How to name it in a message, where the path alone does not say it. */
  readonly feature?: string;
}

const JWT_CLAIMS = '@request.auth.claims';
const NAMESPACED = 'the form namespace/name';
const NAMESPACED_NOTE = '1.0 validates the whole text as an FQDN (pilot/pkg/model/validation.go), 1.1 splits at the slash';
const WEIGHTS = 'weights that do not sum to 100';
const WEIGHTS_NOTE = 'validateWeights: ≤1.14 requires a sum of 100 where there is more than one destination';

export const featureRows: readonly FeatureRow[] = [
  // VirtualService
  { shape: 'VirtualService', path: 'exportTo', since: 1, note: 'api' },
  { shape: 'VirtualService', path: 'gateways[]', since: 1, only: { text: '/' }, feature: NAMESPACED, note: NAMESPACED_NOTE },
  { shape: 'VirtualService', path: 'tls[].match[].gateways[]', since: 1, only: { text: '/' }, feature: NAMESPACED, note: NAMESPACED_NOTE },
  { shape: 'VirtualService', path: 'tcp[].match[].gateways[]', since: 1, only: { text: '/' }, feature: NAMESPACED, note: NAMESPACED_NOTE },
  { shape: 'VirtualService', path: 'tls[].match[].sourceNamespace', since: 6, note: 'api' },
  { shape: 'VirtualService', path: 'tcp[].match[].sourceNamespace', since: 6, note: 'api' },
  { shape: 'VirtualService', path: 'tls[].route', since: 15, only: { weights: 'not-100' }, feature: WEIGHTS, note: WEIGHTS_NOTE },
  { shape: 'VirtualService', path: 'tcp[].route', since: 15, only: { weights: 'not-100' }, feature: WEIGHTS, note: WEIGHTS_NOTE },

  // HTTPRoute
  { shape: 'HTTPRoute', path: 'name', since: 3, note: 'api' },
  { shape: 'HTTPRoute', path: 'match[].gateways[]', since: 1, only: { text: '/' }, feature: NAMESPACED, note: NAMESPACED_NOTE },
  { shape: 'HTTPRoute', path: 'match[].name', since: 3, note: 'api' },
  { shape: 'HTTPRoute', path: 'match[].queryParams', since: 2, note: 'api' },
  { shape: 'HTTPRoute', path: 'match[].ignoreUriCase', since: 3, note: 'api' },
  { shape: 'HTTPRoute', path: 'match[].sourceNamespace', since: 6, note: 'api' },
  { shape: 'HTTPRoute', path: 'match[].withoutHeaders', since: 6, note: 'api' },
  { shape: 'HTTPRoute', path: 'match[].statPrefix', since: 15, note: 'api' },
  {
    shape: 'HTTPRoute',
    path: 'match[].headers',
    since: 12,
    only: { keyPrefix: JWT_CLAIMS },
    feature: 'matching on JWT claims',
    note: 'route.go of 1.12',
  },
  {
    shape: 'HTTPRoute',
    path: 'match[].withoutHeaders',
    since: 12,
    only: { keyPrefix: JWT_CLAIMS },
    feature: 'matching on JWT claims',
    note: 'route.go of 1.12',
  },
  { shape: 'HTTPRoute', path: 'route', since: 15, only: { weights: 'not-100' }, feature: WEIGHTS, note: WEIGHTS_NOTE },
  { shape: 'HTTPRoute', path: 'delegate', since: 8, note: 'api 1.6, behind a flag; on by default from 1.8' },
  { shape: 'HTTPRoute', path: 'directResponse', since: 15, note: 'api' },
  { shape: 'HTTPRoute', path: 'redirect.redirectCode', since: 3, note: 'api' },
  { shape: 'HTTPRoute', path: 'redirect.port', since: 12, note: 'api' },
  { shape: 'HTTPRoute', path: 'redirect.derivePort', since: 12, note: 'api' },
  { shape: 'HTTPRoute', path: 'redirect.scheme', since: 12, note: 'api' },
  { shape: 'HTTPRoute', path: 'redirect.prefixRewrite', since: 31, note: 'api' },
  { shape: 'HTTPRoute', path: 'rewrite.uriRegexRewrite', since: 19, note: 'api' },
  { shape: 'HTTPRoute', path: 'retries.retryOn', since: 1, note: 'api' },
  { shape: 'HTTPRoute', path: 'retries.retryRemoteLocalities', since: 6, note: 'api' },
  { shape: 'HTTPRoute', path: 'retries.retryIgnorePreviousHosts', since: 26, note: 'api' },
  { shape: 'HTTPRoute', path: 'retries.backoff', since: 26, note: 'api' },
  { shape: 'HTTPRoute', path: 'fault.abort.grpcStatus', since: 15, note: 'declared in 1.0, but route.go reads it from 1.15' },
  { shape: 'HTTPRoute', path: 'mirrors', since: 20, note: 'api 1.19; takes effect from 1.20' },
  { shape: 'HTTPRoute', path: 'mirrorPercent', since: 4, note: 'api' },
  { shape: 'HTTPRoute', path: 'corsPolicy.unmatchedPreflights', since: 23, note: 'api' },
  { shape: 'HTTPRoute', path: 'headers.request.set', since: 1, note: 'api; 1.0 can only append to requests' },
  { shape: 'HTTPRoute', path: 'headers.request.remove', since: 1, note: 'api; 1.0 can only append to requests' },
  { shape: 'HTTPRoute', path: 'headers.response', since: 1, note: 'api; 1.0 declares removeResponseHeaders, but route.go never reads it' },
  { shape: 'HTTPRouteDestination', path: 'headers', since: 1, note: 'api' },

  // DestinationRule
  { shape: 'DestinationRule', path: 'exportTo', since: 1, note: 'api' },
  { shape: 'DestinationRule', path: 'workloadSelector', since: 14, note: 'api' },
  { shape: 'TrafficPolicy', path: 'tunnel', since: 14, note: 'api' },
  { shape: 'TrafficPolicy', path: 'proxyProtocol', since: 21, note: 'api' },
  { shape: 'TrafficPolicy', path: 'retryBudget', since: 27, note: 'api; its default percent is right from 1.30' },
  { shape: 'TrafficPolicy', path: 'retryBudget.budgetInterval', since: 31, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'loadBalancer.simple', since: 14, only: { value: 'UNSPECIFIED' }, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'loadBalancer.warmupDurationSecs', since: 14, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'loadBalancer.warmup.minimumPercent', since: 24, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'loadBalancer.warmup.aggression', since: 24, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'loadBalancer.localityLbSetting', since: 5, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'loadBalancer.localityLbSetting.failoverPriority', since: 12, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'loadBalancer.zoneAwareLbSetting', since: 31, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'loadBalancer.consistentHash.httpQueryParameterName', since: 6, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'loadBalancer.consistentHash.httpCookie.attributes', since: 28, note: 'api' },
  {
    shape: 'PortTrafficPolicy',
    path: 'loadBalancer.consistentHash.ringHash',
    since: 16,
    implied: {},
    note: 'api; the only algorithm before',
  },
  { shape: 'PortTrafficPolicy', path: 'loadBalancer.consistentHash.maglev', since: 16, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'outlierDetection.minHealthPercent', since: 1, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'outlierDetection.consecutiveGatewayErrors', since: 5, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'outlierDetection.splitExternalLocalOriginErrors', since: 11, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'outlierDetection.consecutiveLocalOriginFailures', since: 11, note: 'api' },
  {
    shape: 'PortTrafficPolicy',
    path: 'outlierDetection.outlierDetectionHttpErrorCodes',
    since: 31,
    note: 'api; implemented after 1.31.0-rc.0',
  },
  { shape: 'PortTrafficPolicy', path: 'tls.credentialName', since: 7, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'tls.insecureSkipVerify', since: 12, note: 'api' },
  { shape: 'PortTrafficPolicy', path: 'tls.caCrl', since: 22, note: 'api' },
  { shape: 'ConnectionPoolSettings', path: 'tcp.tcpKeepalive', since: 1, note: 'api' },
  { shape: 'ConnectionPoolSettings', path: 'tcp.maxConnectionDuration', since: 15, note: 'api' },
  { shape: 'ConnectionPoolSettings', path: 'tcp.idleTimeout', since: 21, note: 'api' },
  { shape: 'ConnectionPoolSettings', path: 'http.idleTimeout', since: 2, note: 'api' },
  { shape: 'ConnectionPoolSettings', path: 'http.h2UpgradePolicy', since: 3, note: 'api' },
  { shape: 'ConnectionPoolSettings', path: 'http.useClientProtocol', since: 8, note: 'api' },
  { shape: 'ConnectionPoolSettings', path: 'http.maxConcurrentStreams', since: 21, note: 'api' },
  { shape: 'ConnectionPoolSettings', path: 'http.http2KeepAlive', since: 31, note: 'api' },

  // Gateway
  { shape: 'Server', path: 'bind', since: 1, note: 'api' },
  { shape: 'Server', path: 'defaultEndpoint', since: 1, note: 'api' },
  { shape: 'Server', path: 'name', since: 7, note: 'api' },
  { shape: 'Server', path: 'port.targetPort', since: 7, note: 'api' },
  { shape: 'Server', path: 'hosts[]', since: 1, only: { text: '/' }, feature: 'the form namespace/host', note: NAMESPACED_NOTE },
  { shape: 'ServerTLSSettings', path: 'mode', since: 1, only: { value: 'AUTO_PASSTHROUGH' }, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'mode', since: 3, only: { value: 'ISTIO_MUTUAL' }, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'mode', since: 19, only: { value: 'OPTIONAL_MUTUAL' }, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'credentialName', since: 1, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'minProtocolVersion', since: 1, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'maxProtocolVersion', since: 1, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'cipherSuites', since: 1, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'verifyCertificateSpki', since: 3, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'verifyCertificateHash', since: 3, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'caCrl', since: 22, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'credentialNames', since: 26, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'tlsCertificates', since: 26, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'caCertCredentialName', since: 28, note: 'api' },
  { shape: 'ServerTLSSettings', path: 'insecureSkipVerify', since: 31, note: 'api' },

  // ServiceEntry, WorkloadEntry, WorkloadGroup
  { shape: 'ServiceEntry', path: 'exportTo', since: 1, note: 'api' },
  { shape: 'ServiceEntry', path: 'subjectAltNames', since: 1, note: 'api' },
  { shape: 'ServiceEntry', path: 'workloadSelector', since: 6, note: 'api' },
  { shape: 'ServiceEntry', path: 'ports[].targetPort', since: 7, note: 'api' },
  { shape: 'ServiceEntry', path: 'resolution', since: 12, only: { value: 'DNS_ROUND_ROBIN' }, note: 'api' },
  { shape: 'ServiceEntry', path: 'resolution', since: 28, only: { value: 'DYNAMIC_DNS' }, note: 'api; honoured by sidecars from 1.30' },
  { shape: 'WorkloadEntry', path: 'network', since: 1, note: 'api (ServiceEntry.Endpoint)' },
  { shape: 'WorkloadEntry', path: 'locality', since: 1, note: 'api (ServiceEntry.Endpoint)' },
  { shape: 'WorkloadEntry', path: 'weight', since: 1, note: 'api (ServiceEntry.Endpoint)' },
  { shape: 'WorkloadEntry', path: 'serviceAccount', since: 6, note: 'api' },
  { shape: 'WorkloadGroup', path: 'probe.grpc', since: 25, note: 'api' },

  // Sidecar
  { shape: 'Sidecar', path: 'outboundTrafficPolicy', since: 3, note: 'api' },
  { shape: 'Sidecar', path: 'outboundTrafficPolicy.egressProxy', since: 6, note: 'api' },
  { shape: 'Sidecar', path: 'inboundConnectionPool', since: 21, note: 'api 1.20; model/sidecar.go reads it from 1.21' },
  { shape: 'Sidecar', path: 'ingress[].connectionPool', since: 21, note: 'api 1.20; model/sidecar.go reads it from 1.21' },
  { shape: 'Sidecar', path: 'ingress[].tls', since: 13, note: 'api; behind ENABLE_TLS_ON_SIDECAR_INGRESS' },
  { shape: 'Sidecar', path: 'ingress[].port.targetPort', since: 7, note: 'api (Port)' },

  // AuthorizationPolicy
  { shape: 'AuthorizationPolicy', path: 'action', since: 5, implied: 'ALLOW', note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'action', since: 8, only: { value: 'AUDIT' }, note: 'model/authorization.go of 1.8' },
  {
    shape: 'AuthorizationPolicy',
    path: 'action',
    since: 9,
    only: { value: 'CUSTOM' },
    note: 'api 1.8; model/authorization.go reads it from 1.9',
  },
  { shape: 'AuthorizationPolicy', path: 'provider', since: 9, note: 'as action: CUSTOM' },
  { shape: 'AuthorizationPolicy', path: 'targetRef', since: 20, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'targetRefs', since: 22, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].when[].notValues', since: 5, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].to[].operation.notHosts', since: 5, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].to[].operation.notMethods', since: 5, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].to[].operation.notPaths', since: 5, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].to[].operation.notPorts', since: 5, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].from[].source.notIpBlocks', since: 5, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].from[].source.notNamespaces', since: 5, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].from[].source.notPrincipals', since: 5, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].from[].source.notRequestPrincipals', since: 5, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].from[].source.remoteIpBlocks', since: 8, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].from[].source.notRemoteIpBlocks', since: 8, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].from[].source.serviceAccounts', since: 25, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].from[].source.notServiceAccounts', since: 25, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].from[].source.trustDomains', since: 30, note: 'api' },
  { shape: 'AuthorizationPolicy', path: 'rules[].from[].source.notTrustDomains', since: 30, note: 'api' },
];

/**
 * How a value looks in both spellings: unchanged; `{value: 10}` and `10`; `[{exact: x}]` and `[x]`; or two words.
 */
export type Conversion = 'same' | 'percent' | 'exact-strings' | { readonly newer: string; readonly older: string };

/** One thing that is spelled in two ways. Paths here have no `[]`: both stand in one message. */
export interface RespellingRow {
  readonly shape: Shape;
  readonly older: string;
  /** Undefined: the field has gone because every mesh now behaves as if it were set. */
  readonly newer: string | undefined;
  readonly as: Conversion;
  /** The first minor that reads the newer spelling. */
  readonly since: number;
  /** The first minor for which the older spelling may be written; undefined: it is only understood, never written. */
  readonly olderSince?: number;
  /** The first minor that does not read the older spelling any more; undefined: all do. */
  readonly olderGone?: number;
  /** The first minor that takes the older spelling and does nothing with it. */
  readonly olderIgnored?: number;
  /** A newer value that meshes without either spelling have anyway. */
  readonly implied?: Json;
  readonly note: string;
}

const HEADERS_NOTE = 'api: 1.0 or 1.1 up to 1.4; gone in 1.5, Headers since 1.1';

export const respellingRows: readonly RespellingRow[] = [
  {
    shape: 'HTTPRoute',
    older: 'appendHeaders',
    newer: 'headers.request.add',
    as: 'same',
    since: 1,
    olderSince: 0,
    olderGone: 5,
    note: HEADERS_NOTE,
  },
  {
    shape: 'HTTPRoute',
    older: 'appendRequestHeaders',
    newer: 'headers.request.add',
    as: 'same',
    since: 1,
    olderGone: 5,
    note: HEADERS_NOTE,
  },
  {
    shape: 'HTTPRoute',
    older: 'removeRequestHeaders',
    newer: 'headers.request.remove',
    as: 'same',
    since: 1,
    olderGone: 5,
    note: HEADERS_NOTE,
  },
  {
    shape: 'HTTPRoute',
    older: 'appendResponseHeaders',
    newer: 'headers.response.add',
    as: 'same',
    since: 1,
    olderGone: 5,
    note: HEADERS_NOTE,
  },
  {
    shape: 'HTTPRoute',
    older: 'removeResponseHeaders',
    newer: 'headers.response.remove',
    as: 'same',
    since: 1,
    olderGone: 5,
    note: HEADERS_NOTE,
  },
  {
    shape: 'HTTPRouteDestination',
    older: 'appendRequestHeaders',
    newer: 'headers.request.add',
    as: 'same',
    since: 1,
    olderGone: 5,
    note: HEADERS_NOTE,
  },
  {
    shape: 'HTTPRouteDestination',
    older: 'removeRequestHeaders',
    newer: 'headers.request.remove',
    as: 'same',
    since: 1,
    olderGone: 5,
    note: HEADERS_NOTE,
  },
  {
    shape: 'HTTPRouteDestination',
    older: 'appendResponseHeaders',
    newer: 'headers.response.add',
    as: 'same',
    since: 1,
    olderGone: 5,
    note: HEADERS_NOTE,
  },
  {
    shape: 'HTTPRouteDestination',
    older: 'removeResponseHeaders',
    newer: 'headers.response.remove',
    as: 'same',
    since: 1,
    olderGone: 5,
    note: HEADERS_NOTE,
  },
  {
    shape: 'HTTPRoute',
    older: 'websocketUpgrade',
    newer: undefined,
    as: 'same',
    since: 1,
    olderGone: 5,
    note: 'api: up to 1.4; upgrades are always allowed since',
  },
  {
    shape: 'HTTPRoute',
    older: 'mirrorPercent',
    newer: 'mirrorPercentage',
    as: 'percent',
    since: 5,
    olderSince: 4,
    implied: { value: 100 },
    note: 'api; before 1.4 everything is mirrored',
  },
  {
    shape: 'HTTPRoute',
    older: 'mirror_percent',
    newer: 'mirrorPercentage',
    as: 'percent',
    since: 5,
    note: 'the CRD lists this spelling of mirrorPercent',
  },
  {
    shape: 'HTTPRoute',
    older: 'fault.delay.percent',
    newer: 'fault.delay.percentage',
    as: 'percent',
    since: 1,
    olderSince: 0,
    note: 'api: percent deprecated 1.1, still read',
  },
  {
    shape: 'HTTPRoute',
    older: 'fault.abort.percent',
    newer: 'fault.abort.percentage',
    as: 'percent',
    since: 1,
    olderSince: 0,
    olderGone: 5,
    note: 'api: percent gone in 1.5, where it is ignored and means 0 %',
  },
  {
    shape: 'HTTPRoute',
    older: 'corsPolicy.allowOrigin',
    newer: 'corsPolicy.allowOrigins',
    as: 'exact-strings',
    since: 5,
    olderSince: 0,
    note: 'api; TranslateCORSPolicy reads allowOrigin only without allowOrigins',
  },
  {
    shape: 'PortTrafficPolicy',
    older: 'outlierDetection.consecutiveErrors',
    newer: 'outlierDetection.consecutive5xxErrors',
    as: 'same',
    since: 5,
    olderSince: 0,
    olderIgnored: 7,
    note: 'api; cluster.go: consecutiveErrors counts 5xx in 1.0, but only gateway errors (502, 503, 504) in 1.1 to 1.6, and nothing from 1.7',
  },
  {
    shape: 'PortTrafficPolicy',
    older: 'loadBalancer.simple',
    newer: 'loadBalancer.simple',
    as: { newer: 'LEAST_REQUEST', older: 'LEAST_CONN' },
    since: 14,
    olderSince: 0,
    note: 'api; LEAST_CONN is deprecated, but still accepted',
  },
  {
    shape: 'PortTrafficPolicy',
    older: 'loadBalancer.warmupDurationSecs',
    newer: 'loadBalancer.warmup.duration',
    as: 'same',
    since: 24,
    olderSince: 14,
    note: 'api; cluster_traffic_policy.go prefers warmup',
  },
  {
    shape: 'PortTrafficPolicy',
    older: 'loadBalancer.consistentHash.minimumRingSize',
    newer: 'loadBalancer.consistentHash.ringHash.minimumRingSize',
    as: 'same',
    since: 16,
    olderSince: 0,
    note: 'api; deprecated from 1.16',
  },
];

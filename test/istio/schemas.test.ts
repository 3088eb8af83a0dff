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
    http({ directResponse: { status: 1, body: { string: '', bytes: '' } } }),
    '/http/0/directResponse/body not',
  ],
  [
    'two delays',
    'virtual-service.json',
    http({ fault: { delay: { fixedDelay: '1s', exponentialDelay: '1s' } } }),
    '/http/0/fault/delay not',
  ],
  ['two aborts', 'virtual-service.json', http({ fault: { abort: { httpStatus: 500, grpcStatus: 'A' } } }), '/http/0/fault/abort not'],
  ['label not text', 'virtual-service.json', http({ match: [{ sourceLabels: { a: 1 } }] }), '/http/0/match/0/sourceLabels/a type'],
  ['no host', 'destination-rule.json', {}, ' required'],
  ['unknown word', 'destination-rule.json#/$defs/LoadBalancerSettings', { simple: 'FASTEST' }, '/simple enum'],
  ['both balancers', 'destination-rule.json#/$defs/LoadBalancerSettings', { simple: 'RANDOM', consistentHash: {} }, ' not'],
  ['two hash keys', 'destination-rule.json#/$defs/ConsistentHashLB', { useSourceIp: true, httpHeaderName: 'a' }, ' not'],
  ['two algorithms', 'destination-rule.json#/$defs/ConsistentHashLB', { ringHash: {}, maglev: {} }, ' not'],
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
  ['no such mode', 'peer-authentication.json', { mtls: { mode: 'ON' } }, '/mtls/mode enum'],
  ['port beyond', 'workload-entry.json', { ports: { http: 70000 } }, '/ports/http maximum'],
  ['no template', 'workload-group.json', {}, ' required'],
];

describe('schemas', () => {
  it.each(accepted)('%s accepts %j', (ref, value) => {
    expect(described(errorsOf(ref, value))).toEqual([]);
  });

  it.each(refused)('%s: %s refuses %j', (_, ref, value, error) => {
    expect(described(errorsOf(ref, value))).toEqual([error]);
  });

  it('name both fields where only one may stand', () => {
    const [error] = errorsOf('virtual-service.json#/$defs/StringMatch', { exact: 'a', regex: 'b' });
    expect(error?.schema).toMatchObject({ required: ['exact', 'regex'] });
  });

  it.each(names)('%s has no open object', (name) => {
    const text = readFileSync(new URL(`../../src/istio/schemas/${name}.json`, import.meta.url), 'utf8');
    const open: unknown[] = [];
    JSON.parse(text, (_, node: unknown) => {
      if (typeof node === 'object' && node !== null && 'type' in node && node.type === 'object' && !('additionalProperties' in node))
        open.push(node);
      return node;
    });
    expect(open).toEqual([]);
    expect(text).not.toContain('x-kubernetes');
  });
});

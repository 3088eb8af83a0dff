import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/pipeline.ts';
import { renderDiagnosticsText } from '../../src/report/diagnostics-text.ts';
import { brokenTemplate, treeWith } from '../support/broken-template.ts';

const update = process.env.UPDATE_GOLDEN === '1';
const environment = 'environment: mesh\nistio: "1.31"\nnamespace: bookinfo\nuser: {header: end-user}\n';

const reviews = `service: reviews
port: 9080
versions:
  v1: {}
  v2: {connectionPool: {http: {maxRequestsPerConnection: 1}}}
  v3: {}
stable: v1
canary: {version: v3, percent: 10}
pins:
  - {user: jason, version: v2}
  - {match: {headers: {x-beta: {exact: "1"}}}, version: v3}
routes:
  - {name: slow, match: {uri: {prefix: /slow}}, timeout: 30s, retries: {attempts: 3}}
  - {name: old, match: {uri: {prefix: /old}}, redirect: {uri: /new}}
outlierDetection: {consecutive5xxErrors: 5}
headers: {response: {add: {x-served-by: reviews}}}
expose: [{gateway: shop, hosts: [shop.example.com], match: {uri: {prefix: /reviews}}}]
---
gateway: shop
servers: [{http: 80, hosts: [shop.example.com]}]
`;

const pinned = `service: reviews
port: 9080
versions: [v1, v2]
stable: v1
pins:
  - {user: jason, version: v2}
`;

const shadow = `service: ratings
port: 9080
versions: [v1, v2]
stable: v1
canary: {version: v2, mirror: 20}
`;

const ports = `service: details
ports: {http: 80, grpc: {number: 90, loadBalancer: RANDOM}}
versions: [v1]
stable: v1
routes:
  - {match: {uri: {prefix: /a}}, timeout: 1s}
`;

const twoPorts = `service: details
ports: {http: 8080, grpc: 9090}
versions: [v1]
stable: v1
expose: [{gateway: shop, hosts: [shop.example.com], port: grpc}]
---
gateway: shop
servers: [{http: 80, hosts: [shop.example.com]}]
`;

const external = `external: books
hosts: [books.example.org]
ports: {http: 80, https: 443}
originateTls: {}
timeout: 3s
`;

const sticky = `service: reviews
port: 9080
versions: [v1, v3]
stable: v1
canary: {version: v3, percent: 10, sticky: {id: r1, seen: [5], maxAge: 24h}}
expose: [{gateway: shop, hosts: [shop.example.com]}]
---
gateway: shop
servers: [{http: 80, hosts: [shop.example.com]}]
`;

const lines = `service: queue
ports: {tcp: 90}
versions: [v1]
stable: v1
`;

const callers = `service: productpage
port: 9080
dependsOn: [reviews]
workload: {labels: {app: productpage}, serviceAccount: bookinfo-productpage}
---
service: reviews
port: 9080
workload: {labels: {app: reviews}, serviceAccount: bookinfo-reviews}
`;

const route = 'templates/partials/http-route.hbs';
const destination = 'templates/partials/destination.hbs';
const virtualService = 'templates/virtual-service.hbs';
const destinationRule = 'templates/destination-rule.hbs';
const authorizationPolicy = 'templates/authorization-policy.hbs';
const wholeHttp = '    {{#each http}}\n    -\n      {{> http-route}}\n    {{/each}}\n';
const some = (block: 'if' | 'unless') =>
  `    {{#each http}}\n    {{#${block} match}}\n    -\n      {{> http-route}}\n    {{/${block}}}\n    {{/each}}\n`;

const cases = [
  { name: 'pins-dropped', template: virtualService, from: wholeHttp, to: some('unless'), intents: pinned },
  { name: 'pin-after-catch-all', template: virtualService, from: wholeHttp, to: some('unless') + some('if'), intents: reviews },
  { name: 'weights-changed', template: destination, from: 'weight: {{weight}}', to: 'weight: 50', intents: reviews },
  {
    name: 'cookies-lost',
    template: destination,
    from: '  {{#if headers}}\n  headers: {{node headers}}\n  {{/if}}\n',
    to: '',
    intents: sticky,
  },
  {
    name: 'remembered-users-lost',
    template: virtualService,
    from: wholeHttp,
    to: some('unless'),
    intents: sticky,
  },
  { name: 'remembered-users-redrawn', template: destination, from: 'weight: {{weight}}', to: 'weight: 50', intents: sticky },
  { name: 'host-wrong', template: destination, from: 'host: {{host}}', to: 'host: ratings', intents: reviews },
  { name: 'host-suffixed', template: destination, from: 'host: {{host}}', to: 'host: "{{host}}-canary"', intents: reviews },
  { name: 'subset-wrong', template: destination, from: 'subset: {{subset}}', to: 'subset: v1', intents: reviews },
  {
    name: 'subset-lost',
    template: destination,
    from: '    {{#if subset}}\n    subset: {{subset}}\n    {{/if}}\n',
    to: '',
    intents: reviews,
  },
  { name: 'match-lost', template: route, from: '{{#if match}}\nmatch: {{node match}}\n{{/if}}\n', to: '', intents: reviews },
  { name: 'match-replaced', template: route, from: 'match: {{node match}}', to: 'match: [{uri: {prefix: /slow}}]', intents: reviews },
  { name: 'timeout-lost', template: route, from: '{{#if timeout}}\ntimeout: {{node timeout}}\n{{/if}}\n', to: '', intents: reviews },
  {
    name: 'timeout-added',
    template: route,
    from: '{{#if retries}}',
    to: '{{#unless timeout}}\ntimeout: 15s\n{{/unless}}\n{{#if retries}}',
    intents: reviews,
  },
  { name: 'retries-lost', template: route, from: '{{#if retries}}\nretries: {{node retries}}\n{{/if}}\n', to: '', intents: reviews },
  { name: 'headers-lost', template: route, from: '{{#if headers}}\nheaders: {{node headers}}\n{{/if}}\n', to: '', intents: reviews },
  { name: 'redirect-replaced', template: route, from: 'redirect: {{node redirect}}', to: 'redirect: {uri: /}', intents: reviews },
  { name: 'mirror-lost', template: route, from: '{{#if mirror}}\nmirror: {{node mirror}}\n{{/if}}\n', to: '', intents: shadow },
  {
    name: 'mirror-share-lost',
    template: route,
    from: '{{#if mirrorPercentage}}\nmirrorPercentage: {{node mirrorPercentage}}\n{{/if}}\n',
    to: '',
    intents: shadow,
  },
  {
    name: 'port-lost',
    template: destination,
    from: '    {{#if port}}\n    port:\n      number: {{port}}\n    {{/if}}\n',
    to: '',
    intents: twoPorts,
  },
  { name: 'port-wrong', template: destination, from: 'number: {{port}}', to: 'number: 80', intents: ports },
  {
    name: 'gateways-dropped',
    template: virtualService,
    from: '    {{#each gateways}}\n    - {{this}}\n    {{/each}}\n',
    to: '    - mesh\n',
    intents: reviews,
  },
  {
    name: 'hosts-replaced',
    template: virtualService,
    from: '    {{#each hosts}}\n    - {{this}}\n    {{/each}}\n',
    to: '    - details\n',
    intents: shadow,
  },
  {
    name: 'policy-of-host-lost',
    template: destinationRule,
    from: '  {{#if trafficPolicy}}\n  trafficPolicy:\n    {{> traffic-policy trafficPolicy}}\n  {{/if}}\n',
    to: '',
    intents: reviews,
  },
  {
    name: 'policy-of-version-lost',
    template: destinationRule,
    from: '      {{#if trafficPolicy}}\n      trafficPolicy:\n        {{> traffic-policy trafficPolicy}}\n      {{/if}}\n',
    to: '',
    intents: reviews,
  },
  {
    name: 'policy-of-port-lost',
    template: 'templates/partials/traffic-policy.hbs',
    from: 'number: {{port}}',
    to: 'number: 1234',
    intents: ports,
  },
  {
    name: 'labels-of-version-wrong',
    template: destinationRule,
    from: 'labels: {{node labels}}',
    to: 'labels: {app: reviews}',
    intents: shadow,
  },
  { name: 'subsets-lost', template: destinationRule, from: '  {{#if subsets}}', to: '  {{#if exportTo}}', intents: shadow },
  {
    name: 'route-added',
    template: virtualService,
    from: '    {{#each http}}',
    to: '    - match: [{uri: {prefix: /admin}}]\n      directResponse: {status: 403}\n    {{#each http}}',
    intents: shadow,
  },
  {
    name: 'callers-narrowed',
    template: virtualService,
    from: '    {{#each http}}',
    to: '    - match: [{sourceLabels: {app: batch}}]\n      fault: {abort: {httpStatus: 503, percentage: {value: 100}}}\n      route: [{destination: {host: ratings, subset: v1}}]\n    {{#each http}}',
    intents: shadow,
  },
  {
    name: 'entry-resolution-wrong',
    template: 'templates/service-entry.hbs',
    from: 'resolution: {{resolution}}',
    to: 'resolution: DNS_ROUND_ROBIN',
    intents: external,
  },
  {
    name: 'entry-target-port-lost',
    template: 'templates/service-entry.hbs',
    from: 'targetPort: {{targetPort}}',
    to: 'targetPort: 80',
    intents: external,
  },
  {
    name: 'server-hosts-wrong',
    template: 'templates/gateway.hbs',
    from: 'hosts: {{node hosts}}',
    to: 'hosts: [www.example.com]',
    intents: reviews,
  },
  {
    name: 'rule-for-some-pods',
    template: destinationRule,
    from: 'spec:\n',
    to: 'spec:\n  workloadSelector: {matchLabels: {app: nobody}}\n',
    intents: shadow,
  },
  { name: 'rule-kept-private', template: destinationRule, from: 'spec:\n', to: 'spec:\n  exportTo: ["."]\n', intents: shadow },
  { name: 'routes-kept-private', template: virtualService, from: 'spec:\n', to: 'spec:\n  exportTo: ["."]\n', intents: shadow },
  { name: 'foreign-host-taken', template: virtualService, from: '  hosts:\n', to: '  hosts:\n    - www.google.com\n', intents: shadow },
  {
    name: 'gateway-added',
    template: virtualService,
    from: '  {{#if http}}',
    to: '  {{#unless gateways}}\n  gateways: [mesh, other/door]\n  {{/unless}}\n  {{#if http}}',
    intents: shadow,
  },
  {
    name: 'connections-of-one-namespace',
    template: virtualService,
    from: '    {{#each tcp}}\n    -\n      {{> l4-route}}\n    {{/each}}\n',
    to: '    {{#each tcp}}\n    - match: [{port: 90, sourceNamespace: bookinfo}]\n      route:\n        {{#each route}}\n        {{> destination}}\n        {{/each}}\n    {{/each}}\n',
    intents: lines,
  },
  { name: 'policy-denies', template: authorizationPolicy, from: 'action: {{action}}', to: 'action: DENY', intents: callers },
  {
    name: 'policy-without-rules',
    template: authorizationPolicy,
    from: '  {{#if rules}}\n  rules: {{node rules}}\n  {{/if}}\n',
    to: '',
    intents: callers,
  },
  {
    name: 'policy-rehearsed',
    template: 'templates/partials/metadata.hbs',
    from: '  {{#if annotations}}',
    to: '  annotations: {istio.io/dry-run: "true"}\n  {{#if annotations}}',
    intents: callers,
  },
  {
    name: 'sidecar-registry-only',
    template: 'templates/sidecar.hbs',
    from: '  {{#if egress}}',
    to: '  outboundTrafficPolicy: {mode: REGISTRY_ONLY}\n  {{#if egress}}',
    intents: callers,
  },
  {
    name: 'sidecar-sees-nobody',
    template: 'templates/sidecar.hbs',
    from: '        - {{this}}\n',
    to: '        - "~/*"\n',
    intents: callers,
  },
  {
    name: 'objects-of-another-revision',
    template: 'templates/partials/metadata.hbs',
    from: '  {{#if labels}}',
    to: '  labels: {istio.io/rev: canary}\n  {{#if labels}}',
    intents: shadow,
  },
] as const;

/** Only callers that say who they are can be told apart. */
const environmentOf = (intents: string) => (intents === callers ? `${environment}authorization: enforce\nsidecars: true\n` : environment);

describe('a broken template never renders', () => {
  it.each(cases)('$name', ({ name, template, from, to, intents }) => {
    const tree = treeWith(environmentOf(intents), intents, [brokenTemplate(template, from, to)]);
    const compilation = compile(tree, 'mesh');
    expect(compilation.ok).toBe(false);
    const proofs = compilation.diagnostics.filter(({ code }) => code.startsWith('MS60'));
    expect(proofs.length).toBeGreaterThan(0);
    const report = renderDiagnosticsText(proofs, tree, { color: false });
    const golden = join(import.meta.dirname, 'broken', `${name}.txt`);
    if (update) writeFileSync(golden, report);
    expect(report).toBe(readFileSync(golden, 'utf8'));
    for (const { at } of proofs) expect(at?.file).toBe('environments/mesh/intents.yaml');
    expect(proofs.some(({ related }) => related.some(({ at }) => at.file.startsWith('templates/')))).toBe(true);
  });

  it('and the same intents render with the templates as they are', () => {
    for (const intents of new Set(cases.map((one) => one.intents))) {
      const { diagnostics } = compile(treeWith(environmentOf(intents), intents, []), 'mesh');
      expect(
        diagnostics.filter(({ code, severity }) => code.startsWith('MS60') || severity === 'error').map(({ message }) => message),
      ).toEqual([]);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { drawTemplate } from '../../src/expand/draw-template.ts';
import { prepareTemplate } from '../../src/expand/template-set.ts';
import type { View, ViewObject } from '../../src/model/view.ts';
import { builtinTemplates } from './read-templates.ts';
import { templateSet } from './template-sets.ts';
import { destination, httpRoute, leaf, metadata, policy, virtualService } from './views.ts';

const set = templateSet();

function draw(template: string, view: ViewObject): unknown {
  const { value, diagnostics } = drawTemplate(set, `templates/${template}.hbs`, view);
  expect(diagnostics).toEqual([]);
  return value?.body;
}

/** Also compares the order of keys. */
function expectDrawn(template: string, view: ViewObject, body: unknown): void {
  expect(JSON.stringify(draw(template, view), null, 1)).toBe(JSON.stringify(body, null, 1));
}

const named = { metadata: { name: 'reviews' } };

describe('the built-in templates', () => {
  it.each([...builtinTemplates.keys()])('%s speaks the language of templates', (path) => {
    expect(prepareTemplate(set, path)).toEqual([]);
  });

  it('draw metadata', () => {
    const view = metadata('VirtualService', {
      namespace: leaf('bookinfo'),
      labels: leaf({ team: 'mesh' }),
      annotations: leaf({ 'example.com/owner': 'a: b' }),
    });
    expectDrawn(
      'virtual-service',
      { ...virtualService({ hosts: [leaf('reviews')] }), ...view },
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        metadata: { name: 'reviews', namespace: 'bookinfo', labels: { team: 'mesh' }, annotations: { 'example.com/owner': 'a: b' } },
        spec: { hosts: ['reviews'] },
      },
    );
  });

  it('draw a VirtualService with every field, in the order of Istio’s reference', () => {
    const node = (name: string): View => leaf({ [name]: 1 });
    const fields = ['redirect', 'directResponse', 'rewrite', 'retries', 'fault', 'mirror', 'mirrorPercentage', 'corsPolicy', 'headers'];
    const route = [
      destination({ subset: leaf('v1'), port: leaf(9080), weight: leaf(90), headers: leaf({ request: { set: { a: 'b' } } }) }),
      destination({ host: leaf('ratings'), weight: leaf(0) }),
    ];
    const all = httpRoute({
      ...Object.fromEntries(fields.map((name) => [name, node(name)])),
      name: leaf('all'),
      match: leaf([{ uri: { prefix: '/api' } }]),
      delegate: { name: leaf('other'), namespace: leaf('elsewhere') },
      timeout: leaf('5s'),
      mirrors: leaf([{ percentage: { value: 1 } }]),
      route,
    });
    const destinations = [
      { destination: { host: 'reviews', subset: 'v1', port: { number: 9080 } }, weight: 90, headers: { request: { set: { a: 'b' } } } },
      { destination: { host: 'ratings' }, weight: 0 },
    ];
    expectDrawn(
      'virtual-service',
      virtualService({
        hosts: [leaf('reviews'), leaf('*')],
        gateways: [leaf('mesh')],
        exportTo: [leaf('.')],
        http: [all, httpRoute({ route: [destination({})] }), httpRoute({ delegate: { name: leaf('api'), namespace: undefined } })],
        tls: [{ match: leaf([{ port: 443, sniHosts: ['a'] }]), route: [destination({})] }],
        tcp: [{ match: undefined, route: [destination({ port: leaf(27_017) })] }],
      }),
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'VirtualService',
        ...named,
        spec: {
          hosts: ['reviews', '*'],
          gateways: ['mesh'],
          exportTo: ['.'],
          http: [
            {
              name: 'all',
              match: [{ uri: { prefix: '/api' } }],
              delegate: { name: 'other', namespace: 'elsewhere' },
              redirect: { redirect: 1 },
              directResponse: { directResponse: 1 },
              rewrite: { rewrite: 1 },
              route: destinations,
              timeout: '5s',
              retries: { retries: 1 },
              fault: { fault: 1 },
              mirror: { mirror: 1 },
              mirrorPercentage: { mirrorPercentage: 1 },
              mirrors: [{ percentage: { value: 1 } }],
              corsPolicy: { corsPolicy: 1 },
              headers: { headers: 1 },
            },
            { route: [{ destination: { host: 'reviews' } }] },
            { delegate: { name: 'api' } },
          ],
          tls: [{ match: [{ port: 443, sniHosts: ['a'] }], route: [{ destination: { host: 'reviews' } }] }],
          tcp: [{ route: [{ destination: { host: 'reviews', port: { number: 27_017 } } }] }],
        },
      },
    );
  });

  it('draw a DestinationRule with policies at every level', () => {
    const blocks = {
      loadBalancer: leaf({ simple: 'LEAST_REQUEST' }),
      connectionPool: leaf({ tcp: {} }),
      outlierDetection: leaf({}),
      tls: leaf({ mode: 'SIMPLE' }),
    };
    const drawnBlocks = {
      loadBalancer: { simple: 'LEAST_REQUEST' },
      connectionPool: { tcp: {} },
      outlierDetection: {},
      tls: { mode: 'SIMPLE' },
    };
    const none = { loadBalancer: undefined, connectionPool: undefined, outlierDetection: undefined, tls: undefined };
    const view = {
      ...metadata('DestinationRule'),
      host: leaf('reviews'),
      exportTo: [leaf('*')],
      trafficPolicy: policy({
        ...blocks,
        tunnel: leaf({ protocol: 'CONNECT' }),
        proxyProtocol: leaf({ version: 'V2' }),
        retryBudget: leaf({ percent: 20 }),
        portLevelSettings: [
          { port: leaf(80), ...blocks },
          { port: leaf(9080), ...none, tls: leaf(null) },
        ],
      }),
      subsets: [
        { name: leaf('v1'), labels: leaf({ version: 'v1' }), trafficPolicy: undefined },
        { name: leaf('v2'), labels: leaf({ version: 'v2' }), trafficPolicy: policy({ loadBalancer: leaf({ simple: 'RANDOM' }) }) },
      ],
    };
    expectDrawn('destination-rule', view, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      ...named,
      spec: {
        host: 'reviews',
        exportTo: ['*'],
        trafficPolicy: {
          ...drawnBlocks,
          portLevelSettings: [
            { port: { number: 80 }, ...drawnBlocks },
            { port: { number: 9080 }, tls: null },
          ],
          tunnel: { protocol: 'CONNECT' },
          proxyProtocol: { version: 'V2' },
          retryBudget: { percent: 20 },
        },
        subsets: [
          { name: 'v1', labels: { version: 'v1' } },
          { name: 'v2', labels: { version: 'v2' }, trafficPolicy: { loadBalancer: { simple: 'RANDOM' } } },
        ],
      },
    });
  });

  it('draw a Gateway', () => {
    const port = { number: 80, name: 'http', protocol: 'HTTP' };
    const server = { port: leaf(port), hosts: [leaf('*')], tls: undefined, name: undefined, bind: undefined, defaultEndpoint: undefined };
    const full = {
      ...server,
      tls: leaf({ mode: 'SIMPLE' }),
      name: leaf('web'),
      bind: leaf('0.0.0.0'),
      defaultEndpoint: leaf('127.0.0.1:80'),
    };
    expectDrawn(
      'gateway',
      { ...metadata('Gateway'), selector: leaf({ istio: 'ingressgateway' }), servers: [server, full] },
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'Gateway',
        ...named,
        spec: {
          selector: { istio: 'ingressgateway' },
          servers: [
            { port, hosts: ['*'] },
            { port, name: 'web', bind: '0.0.0.0', hosts: ['*'], tls: { mode: 'SIMPLE' }, defaultEndpoint: '127.0.0.1:80' },
          ],
        },
      },
    );
    const whole = { ...metadata('Gateway'), selector: leaf({}), servers: [{ ...server, hosts: leaf(['a', 'b']) }] };
    expect(draw('gateway', whole)).toMatchObject({ spec: { servers: [{ hosts: ['a', 'b'] }] } });
  });

  it('draw a ServiceEntry', () => {
    const bare = {
      addresses: undefined,
      location: undefined,
      endpoints: undefined,
      workloadSelector: undefined,
      exportTo: undefined,
      subjectAltNames: undefined,
    };
    const port = { number: leaf(443), name: leaf('https'), protocol: leaf('HTTPS'), targetPort: undefined };
    const view = {
      ...metadata('ServiceEntry'),
      hosts: [leaf('api.partner.example')],
      ports: [port, { ...port, targetPort: leaf(8443) }],
      resolution: leaf('DNS'),
    };
    const head = { apiVersion: 'networking.istio.io/v1', kind: 'ServiceEntry', ...named };
    const ports = [
      { number: 443, name: 'https', protocol: 'HTTPS' },
      { number: 443, name: 'https', protocol: 'HTTPS', targetPort: 8443 },
    ];
    expectDrawn('service-entry', { ...view, ...bare }, { ...head, spec: { hosts: ['api.partner.example'], ports, resolution: 'DNS' } });
    const full = {
      addresses: [leaf('10.0.0.1')],
      location: leaf('MESH_INTERNAL'),
      endpoints: leaf([{ address: '10.0.0.2' }]),
      workloadSelector: leaf({ labels: { app: 'x' } }),
      exportTo: [leaf('.')],
      subjectAltNames: [leaf('spiffe://a')],
    };
    expectDrawn(
      'service-entry',
      { ...view, ...full },
      {
        ...head,
        spec: {
          hosts: ['api.partner.example'],
          addresses: ['10.0.0.1'],
          ports,
          location: 'MESH_INTERNAL',
          resolution: 'DNS',
          endpoints: [{ address: '10.0.0.2' }],
          workloadSelector: { labels: { app: 'x' } },
          exportTo: ['.'],
          subjectAltNames: ['spiffe://a'],
        },
      },
    );
  });

  it('draw a Sidecar', () => {
    const view = {
      ...metadata('Sidecar'),
      workloadSelector: leaf({ labels: { app: 'reviews' } }),
      egress: [
        { port: undefined, hosts: [leaf('bookinfo/ratings')] },
        { port: leaf({ number: 80 }), hosts: [leaf('./*')] },
      ],
      outboundTrafficPolicy: leaf({ mode: 'REGISTRY_ONLY' }),
    };
    expectDrawn('sidecar', view, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      ...named,
      spec: {
        workloadSelector: { labels: { app: 'reviews' } },
        egress: [{ hosts: ['bookinfo/ratings'] }, { port: { number: 80 }, hosts: ['./*'] }],
        outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
      },
    });
  });

  it('draw an AuthorizationPolicy', () => {
    const rules = [{ from: [{ source: { principals: ['cluster.local/ns/a/sa/b'] } }] }];
    const view = {
      ...metadata('AuthorizationPolicy'),
      selector: leaf({ matchLabels: { app: 'reviews' } }),
      action: leaf('ALLOW'),
      rules: leaf(rules),
    };
    expectDrawn('authorization-policy', view, {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      ...named,
      spec: { selector: { matchLabels: { app: 'reviews' } }, action: 'ALLOW', rules },
    });
  });

  it('draw a Kustomization from a list of leaves or one leaf', () => {
    const body = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: ['a.yaml', 'b.yaml'] };
    expectDrawn('kustomization', { resources: [leaf('a.yaml'), leaf('b.yaml')] }, body);
    expectDrawn('kustomization', { resources: leaf(['a.yaml', 'b.yaml']) }, body);
  });
});

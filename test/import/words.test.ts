import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { printYaml } from '../../src/document/print.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { importManifests } from '../../src/pipelines/import/import-manifests.ts';

/** 'VirtualService reviews' and a spec become an object of bookinfo; a Service tells its ports. */
function objectText(title: string, spec: string): string {
  const [kind = '', name = ''] = title.split(' ');
  const [namespace = 'bookinfo', short = ''] = name.includes('/') ? name.split('/') : ['bookinfo', name];
  const apiVersion = kind === 'Service' ? 'v1' : 'networking.istio.io/v1';
  const [document] = parseAllDocuments(spec);
  return printYaml({ apiVersion, kind, metadata: { name: short, namespace }, spec: document?.toJS() as JsonObject });
}

interface Made {
  /** Of the intents, by name of their file. */
  readonly intents: Readonly<Record<string, string>>;
  readonly kept: readonly string[];
  readonly changed: readonly string[];
}

function made(objects: Readonly<Record<string, string>>): Made {
  const text = Object.entries(objects).map(([title, spec]) => objectText(title, spec));
  const { imported, diagnostics } = importManifests(new Map(), new Map([['k8s.yaml', text.join('---\n')]]), { environment: 'mesh' });
  expect(imported, diagnostics.map(({ message }) => message).join('\n')).toBeDefined();
  expect(imported?.comparison.traffic).toEqual([]);
  const written = [...(imported?.files ?? [])].filter(([path]) => !/environment\.yaml$|\/legacy\//.test(path));
  return {
    intents: Object.fromEntries(written.map(([path, intent]) => [path.split('/').at(-1)?.replace('.yaml', '') ?? '', intent])),
    kept: imported?.kept.map(({ message }) => message) ?? [],
    changed: (imported?.comparison.changes ?? []).filter(({ action }) => action !== 'unchanged').map(({ action, id }) => `${action} ${id}`),
  };
}

const versions = '{host: reviews, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}';
const to = (subset: string, host = 'reviews') => `[{destination: {host: ${host}, subset: ${subset}}}]`;
const said = (words: string) => `service: reviews\nversions: [v1, v2]\n${words}`;

const mesh: readonly (readonly [string, string, string])[] = [
  ['one version for all', `[{route: ${to('v1')}}]`, 'stable: v1\n'],
  [
    'a smaller share is a canary',
    '[{route: [{destination: {host: reviews, subset: v1}, weight: 80}, {destination: {host: reviews, subset: v2}, weight: 20}]}]',
    'stable: v1\ncanary: {version: v2, percent: 20}\n',
  ],
  [
    'shares of which none is smaller are a split',
    '[{route: [{destination: {host: reviews, subset: v1}, weight: 50}, {destination: {host: reviews, subset: v2}, weight: 50}]}]',
    'split: {v1: 50, v2: 50}\n',
  ],
  [
    'parts of a thousand are decimals',
    '[{route: [{destination: {host: reviews, subset: v1}, weight: 995}, {destination: {host: reviews, subset: v2}, weight: 5}]}]',
    'stable: v1\ncanary: {version: v2, percent: 0.5}\n',
  ],
  [
    'copies for the canary',
    '[{route: [{destination: {host: reviews, subset: v1}, weight: 90}, {destination: {host: reviews, subset: v2}, weight: 10}], mirror: {host: reviews, subset: v2}, mirrorPercentage: {value: 5}}]',
    'stable: v1\ncanary: {version: v2, percent: 10, mirror: 5}\n',
  ],
  ['copies for another version', `[{route: ${to('v1')}, mirror: {host: reviews, subset: v2}}]`, 'stable: v1\nmirror: v2\n'],
  [
    'users and other senders are pins, with what holds for them alone',
    `[{match: [{headers: {end-user: {exact: jason}}}, {headers: {end-user: {exact: mary}}}], route: ${to('v2')}, timeout: 5s},
      {match: [{headers: {x-beta: {regex: "on|yes"}}}], route: ${to('v2')}, timeout: 5s, fault: {abort: {httpStatus: 500}}}, {route: ${to('v1')}, timeout: 5s}]`,
    'stable: v1\npins:\n  - {users: [jason, mary], version: v2}\n  - {match: [{headers: {x-beta: {regex: "on|yes"}}}], version: v2, fault: {abort: {httpStatus: 500}}}\ntimeout: 5s\n',
  ],
  [
    'a pin takes away what all others have',
    `[{match: [{headers: {end-user: {exact: jason}}}], route: ${to('v2')}}, {route: ${to('v1')}, timeout: 5s}]`,
    'stable: v1\npins:\n  - {user: jason, version: v2, timeout: null}\ntimeout: 5s\n',
  ],
  [
    'paths are routes, which inherit where they lead to the shares and the pins hold on them',
    `[{match: [{uri: {prefix: /slow}, headers: {end-user: {exact: jason}}}], route: ${to('v2')}, timeout: 30s}, {match: [{uri: {prefix: /slow}}], route: ${to('v1')}, timeout: 30s},
      {match: [{uri: {prefix: /old}}], route: ${to('v1')}}, {match: [{uri: {exact: /}}], redirect: {uri: /home}},
      {match: [{headers: {end-user: {exact: jason}}}], route: ${to('v2')}}, {route: ${to('v1')}}]`,
    'stable: v1\npins:\n  - {user: jason, version: v2}\nroutes:\n  - {match: {uri: {prefix: /slow}}, timeout: 30s}\n  - {match: {uri: {prefix: /old}}, to: v1}\n  - {match: {uri: {exact: /}}, redirect: {uri: /home}}\n',
  ],
  [
    'routes with names, to several versions and to other hosts',
    `[{name: half, match: [{uri: {prefix: /half}}], route: [{destination: {host: reviews, subset: v1}, weight: 50}, {destination: {host: reviews, subset: v2}, weight: 50}]},
      {name: legacy, route: [{destination: {host: legacy.other.svc.cluster.local, port: {number: 8080}}}]}]`,
    'routes:\n  - {name: half, match: {uri: {prefix: /half}}, to: {v1: 50, v2: 50}}\n  - {name: legacy, to: {host: legacy.other.svc.cluster.local, port: 8080}}\n',
  ],
];

describe('routes of the mesh', () => {
  it.each(mesh)('%s', (_name, http, words) => {
    const objects = { 'DestinationRule reviews': versions, 'VirtualService reviews': `{hosts: [reviews], http: ${http}}` };
    expect(made(objects)).toEqual({ intents: { reviews: said(words) }, kept: [], changed: [] });
  });

  it('name no port of a service whose only one it is, and answer alike', () => {
    const http = '[{route: [{destination: {host: reviews, port: {number: 9080}}}], timeout: 1s}]';
    const service = '{selector: {app: reviews}, ports: [{name: http, port: 9080}]}';
    expect(made({ 'VirtualService reviews': `{hosts: [reviews], http: ${http}}`, 'Service reviews': service })).toEqual({
      intents: { reviews: 'service: reviews\nport: 9080\ntimeout: 1s\n' },
      kept: [],
      changed: ['update VirtualService bookinfo/reviews'],
    });
  });

  it('have each host in its shortest form, and the same host twice once', () => {
    const http = '[{match: [{uri: {prefix: /}}], route: [{destination: {host: reviews}}], timeout: 1s}]';
    expect(made({ 'VirtualService reviews': `{hosts: [reviews, reviews.bookinfo.svc.cluster.local], http: ${http}}` })).toEqual({
      intents: { reviews: 'service: reviews\ntimeout: 1s\n' },
      kept: [],
      changed: ['update VirtualService bookinfo/reviews'],
    });
  });
});

const gateway =
  '{selector: {istio: ingressgateway}, servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.example.com"]}]}';
const gatewayWords = 'gateway: public\nservers:\n  - {http: 80, hosts: ["*.example.com"]}\n';

describe('routes of a gateway', () => {
  const web = (http: string) => ({
    'Gateway public': gateway,
    'VirtualService web': `{hosts: [shop.example.com], gateways: [public], http: ${http}}`,
  });

  it('are an exposure, with routes to others before what is left', () => {
    const http = `[{match: [{uri: {prefix: /api}}], rewrite: {uri: /}, route: [{destination: {host: api, port: {number: 8080}}}]},
      {match: [{uri: {prefix: /}}], route: [{destination: {host: web, port: {number: 80}}}], retries: {attempts: 2}}]`;
    const words =
      'service: web\nport: 80\nexpose:\n  - gateway: public\n    name: web\n    hosts: [shop.example.com]\n    match: {uri: {prefix: /}}\n    routes:\n      - {match: {uri: {prefix: /api}}, to: {host: api, port: 8080}, rewrite: {uri: /}}\n      - {retries: {attempts: 2}}\n';
    expect(made(web(http))).toEqual({ intents: { public: gatewayWords, web: words }, kept: [], changed: [] });
  });

  it('inherit what the service says for the mesh', () => {
    const routes = (
      port: string,
    ) => `[{match: [{headers: {end-user: {exact: jason}}}], route: [{destination: {host: reviews, subset: v2${port}}}]},
      {route: [{destination: {host: reviews, subset: v1${port}}}]}]`;
    const objects = {
      'Gateway public': gateway,
      'DestinationRule reviews': versions,
      'VirtualService reviews': `{hosts: [reviews], http: ${routes('')}}`,
      'VirtualService reviews-public': `{hosts: [reviews.example.com], gateways: [public], http: ${routes(', port: {number: 9080}')}}`,
    };
    const words = 'stable: v1\npins:\n  - {user: jason, version: v2}\nexpose:\n  - {gateway: public, hosts: [reviews.example.com]}\n';
    expect(made(objects)).toEqual({
      intents: { public: gatewayWords, reviews: `service: reviews\nport: 9080\nversions: [v1, v2]\n${words}` },
      kept: [],
      changed: [],
    });
  });

  it('say their shares themselves where the mesh has none', () => {
    const legs =
      '[{destination: {host: reviews, subset: v1, port: {number: 9080}}, weight: 90}, {destination: {host: reviews, subset: v2, port: {number: 9080}}, weight: 10}]';
    const objects = {
      'Gateway public': gateway,
      'DestinationRule reviews': versions,
      'VirtualService shop': `{hosts: [shop.example.com], gateways: [public], http: [{route: ${legs}}]}`,
    };
    const words = 'expose:\n  - {gateway: public, name: shop, hosts: [shop.example.com], routes: [{to: {v1: 90, v2: 10}}]}\n';
    expect(made(objects).intents.reviews).toBe(`service: reviews\nport: 9080\nversions: [v1, v2]\n${words}`);
  });

  it('of a gateway that others keep name it', () => {
    const http = '[{route: [{destination: {host: web, port: {number: 80}}}]}]';
    const { intents, kept } = made({
      'VirtualService web': `{hosts: [shop.example.com], gateways: [istio-ingress/shared], http: ${http}}`,
    });
    expect(kept).toEqual([]);
    expect(intents).toEqual({
      'istio-ingress.shared': 'gateway: istio-ingress/shared\nexternal: true\n',
      web: 'service: web\nport: 80\nexpose:\n  - {gateway: istio-ingress/shared, name: web, hosts: [shop.example.com]}\n',
    });
  });
});

describe('policies', () => {
  it('are said once, and where ports and versions differ from it', () => {
    const rule = `{host: reviews, trafficPolicy: {loadBalancer: {consistentHash: {httpCookie: {name: u, ttl: 0s}}}, connectionPool: {tcp: {maxConnections: 100}},
      portLevelSettings: [{port: {number: 9080}, connectionPool: {tcp: {maxConnections: 100}}, tls: {mode: DISABLE}}]},
      subsets: [{name: v1, labels: {version: v1}}, {name: next, labels: {version: v2}, trafficPolicy: {outlierDetection: {consecutive5xxErrors: 3}}}]}`;
    expect(made({ 'DestinationRule reviews': rule })).toEqual({
      intents: {
        reviews: `service: reviews
ports: {"9080": {loadBalancer: null, tls: {mode: DISABLE}}}
versions: {v1: {}, next: {labels: {version: v2}, outlierDetection: {consecutive5xxErrors: 3}}}
loadBalancer: {hash: {cookie: {name: u}}}
connectionPool: {tcp: {maxConnections: 100}}
`,
      },
      kept: [],
      changed: [],
    });
  });
});

describe('externals', () => {
  it('start TLS for the host, where their rule does', () => {
    const objects = {
      'ServiceEntry api':
        '{hosts: [api.example.com], location: MESH_EXTERNAL, resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP, targetPort: 443}]}',
      'DestinationRule api-tls':
        '{host: api.example.com, trafficPolicy: {portLevelSettings: [{port: {number: 80}, tls: {mode: SIMPLE, sni: api.example.com}}]}}',
      'VirtualService api': '{hosts: [api.example.com], http: [{route: [{destination: {host: api.example.com}}], timeout: 3s}]}',
    };
    expect(made(objects)).toEqual({
      intents: {
        api: 'external: api\nhosts: [api.example.com]\nports: {http: 80}\noriginateTls: true\nlocation: MESH_EXTERNAL\ntimeout: 3s\nnames: {DestinationRule: api-tls}\n',
      },
      kept: [],
      changed: [],
    });
  });

  it('are routed by SNI where a route says so', () => {
    const objects = {
      'ServiceEntry api':
        '{hosts: [api.example.com], resolution: DNS, ports: [{number: 443, name: tls, protocol: TLS}], location: MESH_EXTERNAL}',
      'VirtualService api':
        '{hosts: [api.example.com], tls: [{match: [{port: 443, sniHosts: [api.example.com]}], route: [{destination: {host: api.example.com, port: {number: 443}}}]}]}',
    };
    expect(made(objects).intents.api).toBe(
      'external: api\nhosts: [api.example.com]\nports: {tls: 443}\nlocation: MESH_EXTERNAL\nvirtualService: true\n',
    );
  });
});

describe('names', () => {
  it('of one host in two namespaces are apart', () => {
    const rule = (host: string) => `{host: ${host}, trafficPolicy: {loadBalancer: {simple: RANDOM}}}`;
    const { intents, kept } = made({ 'DestinationRule ratings': rule('ratings'), 'DestinationRule shop/ratings': rule('ratings') });
    expect(kept).toEqual([]);
    expect(intents).toEqual({
      ratings: 'service: ratings\nloadBalancer: RANDOM\n',
      'shop.ratings': 'service: ratings\nnamespace: shop\nloadBalancer: RANDOM\n',
    });
  });
});

const keeps: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  [
    'a route that leaves requests to nobody',
    { 'VirtualService reviews': '{hosts: [reviews], http: [{match: [{uri: {prefix: /a}}], route: [{destination: {host: reviews}}]}]}' },
    'its last route does not take what is left; an intent answers every request of its service',
  ],
  [
    'headers of one destination',
    {
      'VirtualService reviews': '{hosts: [reviews], http: [{route: [{destination: {host: reviews}, headers: {request: {set: {a: b}}}}]}]}',
    },
    'intents have no word for `headers` there',
  ],
  [
    'shares of two hosts',
    {
      'VirtualService reviews':
        '{hosts: [reviews], http: [{route: [{destination: {host: reviews}, weight: 50}, {destination: {host: old}, weight: 50}]}]}',
    },
    'it shares its requests between different hosts',
  ],
  [
    'what holds anyway',
    { 'VirtualService reviews': '{hosts: [reviews], http: [{route: [{destination: {host: reviews}}]}]}' },
    'it only says what holds without it: all requests go to the host itself',
  ],
  [
    'a rule for many hosts',
    { 'DestinationRule default': '{host: "*.bookinfo.svc.cluster.local", trafficPolicy: {loadBalancer: {simple: RANDOM}}}' },
    'it holds for many hosts, and an intent is about one',
  ],
  [
    'several hosts',
    { 'VirtualService both': '{hosts: [reviews, ratings], http: [{route: [{destination: {host: reviews}}], timeout: 1s}]}' },
    'it has several hosts, and an intent of a service has one',
  ],
];

describe('what stays as it is, and why', () => {
  it.each(keeps)('%s', (_name, objects, because) => {
    const { intents, kept, changed } = made(objects);
    const [title = ''] = Object.keys(objects);
    expect(kept).toEqual([`${title.replace(' ', ' bookinfo/')} stays a manifest: ${because}`]);
    expect([intents, changed]).toEqual([{}, []]);
  });
});

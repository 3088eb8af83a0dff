/**
 * Environments full of intents, made from a seed: together they use every word of the intent language (run.mjs counts that).
 * A case may be refused by the compiler; what it accepts, Istio must accept.
 */
import { stringify as toYaml } from 'yaml';
import * as istio from './istio-values.mjs';
import { seededChoices } from './seeded-choices.mjs';

/** Words that readers of YAML 1.1 take for other types are quoted, as the compiler asks of people. */
const stringify = (value) => toYaml(value, { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false });

const namespaces = ['shop', 'payments', 'edge'];
const serviceNames = ['reviews', 'ratings', 'details', 'cart', 'orders'];
const versionNames = ['v1', 'v2', 'v3', 'v2-mysql', '2024-06'];
const versionLabels = { app: 'special', 'app.kubernetes.io/version': '1.2.3' };

/**
 * @param {{seed: number, count: number}} options
 * @returns {{name: string, files: Map<string, string>}[]} each with one environment, `mesh`
 */
export function generateIntents({ seed, count }) {
  return Array.from({ length: count }, (_, index) => generateCase(seed, index));
}

function generateCase(seed, index) {
  const choices = seededChoices(seed * 100_003 + index);
  const environment = generateEnvironment(choices);
  const world = { ...choices, environment, gateways: [], services: [], externals: [] };
  for (let i = choices.below(3); i > 0; i--) world.externals.push(generateExternal(world, world.externals.length));
  for (let i = choices.below(3); i > 0; i--) world.gateways.push(generateGateway(world, world.gateways.length));
  for (let i = 1 + choices.below(3); i > 0; i--) world.services.push(generateService(world, world.services.length));
  for (const gateway of world.gateways) shareHosts(world, gateway);
  const intents = [...world.gateways, ...world.externals, ...world.services].map(withoutNotes);
  return {
    name: `generated-${seed}-${String(index).padStart(3, '0')}`,
    files: new Map([
      ['environments/mesh/environment.yaml', stringify(environment)],
      ['environments/mesh/intents.yaml', intents.map((intent) => stringify(intent)).join('---\n')],
    ]),
  };
}

/** Keys that begin with a dot are the generator's own notes on an intent. */
function withoutNotes(intent) {
  return Object.fromEntries(Object.entries(intent).filter(([key]) => !key.startsWith('.')));
}

function generateEnvironment({ pick, maybe, chance }) {
  const dependencies = chance(0.3);
  return {
    environment: 'mesh',
    istio: '1.31',
    ...(dependencies || chance(0.9) ? { namespace: 'shop' } : {}),
    user: pick([{ header: 'end-user' }, { cookie: 'user.id' }, { header: 'x-user' }, { claim: 'sub' }]),
    ...(dependencies ? maybe({ sidecars: [0.8, () => true], authorization: [0.8, () => pick(['dry-run', 'enforce'])] }) : {}),
    ...maybe({
      clusterDomain: [0.1, () => 'corp.internal'],
      labels: [0.3, () => ({ team: 'mesh', 'app.kubernetes.io/part-of': 'shop' })],
      layout: [0.4, () => pick(['by-intent', 'by-kind', 'single'])],
      shards: [0.2, () => pick([1, 2, 3])],
      mesh: [
        0.2,
        () => ({
          outboundTrafficPolicy: pick(['ALLOW_ANY', 'REGISTRY_ONLY']),
          trustDomain: 'corp.example',
          rootNamespace: 'istio-config',
          exportTo: '*',
        }),
      ],
      defaults: [
        0.3,
        () =>
          maybe({
            service: [
              0.8,
              () =>
                maybe({
                  timeout: [0.5, () => '5s'],
                  loadBalancer: [0.5, () => 'RANDOM'],
                  outlierDetection: [0.3, () => ({ consecutive5xxErrors: 9 })],
                }),
            ],
            external: [0.5, () => ({ connectionPool: { tcp: { connectTimeout: '3s' } } })],
            gateway: [0.3, () => ({ selector: { istio: 'ingressgateway' } })],
          }),
      ],
    }),
  };
}

function commonWords({ pick, maybe, environment }, kinds, name) {
  return maybe({
    namespace: [environment.namespace === undefined ? 0 : 0.15, () => pick(namespaces)],
    names: [
      0.1,
      () => {
        const kind = pick(kinds);
        // Istio asks of a Gateway's name, and of no other, that it is one label.
        return { [kind]: kind === 'Gateway' ? `${name}-own` : `${name}-own.name` };
      },
    ],
    allow: [0.05, () => [{ rule: 'MS3001', reason: 'known' }]],
  });
}

// ---- gateways

const servers = {
  http: [
    { http: 80, hosts: ['shop.example.com'] },
    { http: 80, hosts: ['*'] },
    { http: 8080, hosts: ['*.shop.example.com', 'shop.example.com'], name: 'plain' },
    { http: 80, hosts: ['./shop.example.com', 'shop/*.example.org'], tls: { httpsRedirect: true } },
    { port: { number: 8081, name: 'http2-inner', protocol: 'HTTP2' }, hosts: ['inner.example.com'] },
    { port: { number: 8082, name: 'grpc-inner', protocol: 'GRPC' }, hosts: ['grpc.example.com'], bind: '10.1.2.3', name: 'grpc-server' },
    { https: 443, hosts: ['shop.example.com'], credentialName: 'shop-cert' },
    { https: 443, hosts: ['*.shop.example.com'], credentialName: 'wild', mode: 'MUTUAL', name: 'https-clients' },
    {
      https: 8443,
      hosts: ['shop.example.com'],
      credentialName: 'shop-cert',
      tls: { minProtocolVersion: 'TLSV1_2', maxProtocolVersion: 'TLSV1_3', cipherSuites: ['ECDHE-ECDSA-AES128-GCM-SHA256'] },
    },
    { https: 9443, hosts: ['shop.example.com'], mode: 'ISTIO_MUTUAL', name: 'inner-mtls' },
    {
      https: 9444,
      hosts: ['shop.example.com'],
      name: 'https-files',
      tls: { serverCertificate: '/etc/certs/tls.crt', privateKey: '/etc/certs/tls.key' },
    },
    {
      port: { number: 444, name: 'https-optional', protocol: 'HTTPS' },
      hosts: ['shop.example.com'],
      tls: { mode: 'OPTIONAL_MUTUAL', credentialName: 'opt' },
    },
  ],
  tls: [
    { https: 6443, hosts: ['sni.example.com'], mode: 'PASSTHROUGH', name: 'https-pass' },
    { tls: 15443, hosts: ['*.example.net'], name: 'tls-pass' },
    { tls: 15444, hosts: ['*.local'], mode: 'AUTO_PASSTHROUGH', name: 'tls-auto' },
  ],
  tcp: [
    { tcp: 31400, hosts: ['*'] },
    { tcp: 27017, name: 'tcp-mongo' },
    { tls: 9999, hosts: ['db.example.com'], mode: 'SIMPLE', credentialName: 'db-cert', name: 'tls-ended' },
    { port: { number: 3307, name: 'mongo-out', protocol: 'MONGO' }, hosts: ['*'] },
  ],
};

function generateGateway(world, index) {
  const { pick, some, maybe, chance, environment } = world;
  const external = chance(0.15);
  const name = external ? `legacy/gw-${index}` : `gw-${index}`;
  const layers = chance(0.6) ? ['http'] : chance(0.5) ? ['tls'] : chance(0.5) ? ['tcp'] : ['http', 'tls', 'tcp'];
  const chosen = layers.flatMap((layer) => some(servers[layer], 1, 3));
  const accounts = environment.authorization === undefined ? 0.1 : 1;
  return {
    gateway: name,
    ...(external ? { external: true } : {}),
    ...maybe({
      selector: [
        external ? 0 : 0.3,
        () => pick([{ istio: 'ingressgateway' }, { istio: 'ingressgateway', app: 'edge' }, { 'gateway.example.com/name': 'inner' }]),
      ],
      workload: [
        accounts,
        () => ({ serviceAccount: 'istio-ingressgateway-service-account', namespace: 'istio-system', labels: { istio: 'ingressgateway' } }),
      ],
    }),
    ...(external ? {} : commonWords(world, ['Gateway'], `gw-${index}`)),
    ...maybe({
      patches: [
        external ? 0 : 0.1,
        () => [{ target: 'Gateway', ops: [{ op: 'add', path: '/metadata/annotations', value: { note: 'patched' } }], reason: 'a note' }],
      ],
    }),
    servers: chosen,
    '.layers': layers,
    '.first': Object.fromEntries(layers.map((layer) => [layer, chosen.findIndex((server) => servers[layer].includes(server))])),
    '.hosts': layers.length > 1 ? ['*'] : chosen.flatMap(({ hosts }) => hosts ?? ['*']),
  };
}

function shareHosts(world, gateway) {
  const { chance, pick, maybe, services } = world;
  const host = gateway['.hosts'].find((candidate) => /^[a-z.]+$/.test(candidate) && candidate.includes('.'));
  if (host === undefined || !chance(0.35) || gateway['.layers'].join() !== 'http') return;
  const items = services
    .filter(
      (service) =>
        Object.keys(service.ports ?? (service.port === undefined ? {} : { http: 0 })).some((key) => key.startsWith('http')) &&
        service.expose === undefined,
    )
    .map((service, i) => ({
      ...pick([
        { prefix: `/s${i}` },
        { exact: `/only${i}` },
        { match: { uri: { prefix: `/m${i}` }, headers: { 'x-team': { exact: 'a' } } } },
      ]),
      service: service.namespace === undefined ? service.service : `${service.namespace}/${service.service}`,
      ...maybe({
        port: [service.ports === undefined ? 0 : 1, () => Object.keys(service.ports ?? {}).find((key) => key.startsWith('http'))],
        rewrite: [0.2, () => ({ uri: '/' })],
        timeout: [0.2, () => pick(istio.timeouts)],
        retries: [0.2, () => pick(istio.retries)],
        headers: [0.2, () => pick(istio.headers)],
        corsPolicy: [0.3, () => pick(istio.corsPolicies)],
      }),
    }));
  if (items.length > 0) gateway.hosts = { [host]: items };
}

// ---- services

const portMaps = [
  { 'http-web': 8080, 'http-admin': { number: 9090, loadBalancer: 'ROUND_ROBIN' } },
  { http: 80, grpc: { number: 9000, connectionPool: { http: { http2MaxRequests: 10 } } } },
  { http: 80, tcp: 9000 },
  { http: 80, https: 443, mongo: 27017 },
  { 80: { name: 'http-main' }, 9080: { protocol: 'GRPC', outlierDetection: { consecutive5xxErrors: 2 } } },
  { redis: 6379 },
  { tls: 8443 },
  { https: { number: 443, tls: { mode: 'DISABLE' } } },
  { mysql: 3306, 'tcp-repl': { number: 3307, tls: { mode: 'ISTIO_MUTUAL' } } },
  { 'grpc-web': 8081, http2: 8082 },
  { main: { number: 7000, protocol: 'TCP' } },
  { http: { number: 80, loadBalancer: { hash: { header: 'x-session' } } } },
];

function layerOf(ports) {
  const keys = Object.entries(ports).map(([key, port]) => port.protocol ?? port.name ?? key);
  return keys.some((key) => /^(http(?!s)|grpc|\d)/i.test(key)) ? 'http' : keys.some((key) => /^(tls|https)/i.test(key)) ? 'tls' : 'tcp';
}

function policies({ pick, maybe }, share, layer) {
  return maybe({
    loadBalancer: [share, () => pick(istio.loadBalancers)],
    connectionPool: [share, () => pick(layer === 'http' ? istio.connectionPools : istio.tcpConnectionPools)],
    outlierDetection: [share, () => pick(istio.outlierDetections)],
    tls: [share, () => pick(istio.clientTls)],
  });
}

function routeFields({ pick, maybe }, share, mirrors = []) {
  const fields = maybe({
    rewrite: [share, () => pick(istio.rewrites)],
    timeout: [share, () => pick(istio.timeouts)],
    retries: [share, () => pick(istio.retries)],
    fault: [share, () => pick(istio.faults)],
    corsPolicy: [share, () => pick(istio.corsPolicies)],
    headers: [share, () => pick(istio.headers)],
  });
  const mirror = mirrors.length === 0 ? {} : maybe({ mirror: [share, () => pick(mirrors)] });
  if (mirror.mirror !== undefined) Object.assign(mirror, maybe({ mirrorPercentage: [0.5, () => ({ value: pick([100, 0.5, 10]) })] }));
  else
    Object.assign(
      mirror,
      maybe({
        mirrors: [
          share / 3,
          () => [{ destination: { host: 'shadow.shop.svc.cluster.local', port: { number: 80 } }, percentage: { value: 5 } }],
        ],
      }),
    );
  return { ...fields, ...mirror };
}

function generateVersions({ some, chance, pick, maybe }, layer, ports) {
  const names = some(versionNames, 1, 4);
  if (chance(0.6)) return { names, versions: names };
  const entries = names.map((name) => [
    name,
    {
      ...maybe({ labels: [0.4, () => ({ ...versionLabels, version: name })] }),
      ...policies({ pick, maybe }, 0.25, layer),
      ...(ports === undefined
        ? {}
        : maybe({
            ports: [0.3, () => ({ [Object.keys(ports)[0]]: { loadBalancer: pick(istio.loadBalancers), outlierDetection: null } })],
          })),
    },
  ]);
  return { names, versions: Object.fromEntries(entries) };
}

function traffic({ chance, pick, below }, names) {
  if (names.length > 1 && chance(0.3)) {
    const decimals = chance(0.3);
    const first = decimals ? 33.4 : 1 + below(98);
    const rest = decimals ? 66.6 : 100 - first;
    return { split: { [names[0]]: first, [names[1]]: rest } };
  }
  if (names.length > 1 && chance(0.6)) {
    const canary = {
      version: names[1],
      ...pick([{ percent: 10 }, { percent: 0 }, { percent: 100 }, { percent: 0.5 }, { mirror: 20 }, { percent: 5, mirror: 100 }]),
    };
    return { stable: names[0], canary };
  }
  return { stable: names[0] };
}

const users = ['jason', 'tester-1', 'o\'neil "x"', 'ünï@example.com', 'a.b+c', '{{user}}'];

function generatePins(world, names) {
  const { pick, some, chance, maybe } = world;
  return Array.from({ length: 1 + world.below(3) }, () => ({
    ...(chance(0.6)
      ? chance(0.5)
        ? { user: pick(users) }
        : { users: some(users, 1, 3) }
      : {
          match: chance(0.5)
            ? { headers: { 'x-pin': { exact: pick(['a', 'b']) } } }
            : [{ headers: { 'x-pin': { prefix: 'c' } } }, { queryParams: { pin: { exact: 'd' } } }],
        }),
    version: pick(names),
    ...maybe({ owner: [0.1, () => 'team-shop'], reason: [0.1, () => 'trial'], until: [0.1, () => '2999-01-31'] }),
    ...routeFields(world, 0.1, names),
  }));
}

function generateRoutes(world, names, own) {
  const { pick, chance, maybe, services, externals, some } = world;
  const routes = Array.from({ length: 1 + world.below(4) }, (_, i) => {
    const match = chance(0.3) ? some(istio.httpMatches, 2, 3) : pick([...istio.httpMatches, ...istio.meshMatches]);
    const route = { ...maybe({ name: [0.5, () => `route ${i}`] }), match };
    const answer = world.below(8);
    if (answer === 0) return { ...route, redirect: pick(istio.redirects), ...maybe({ headers: [0.1, () => istio.headers[0]] }) };
    if (answer === 1) return { ...route, directResponse: pick(istio.directResponses) };
    const elsewhere = [
      { host: 'plain.other.svc.cluster.local', port: 8080 },
      { host: 'plain.other', port: 8080 },
      ...services
        .filter((one) => one.ports === undefined)
        .map((one) => ({ service: one.service, ...(one.port === undefined ? {} : { port: one.port }) })),
      ...externals
        .filter((one) => one['.layer'] === 'http' && one['.exact'])
        .map((one) => ({ external: one.external, port: one['.httpPort'] })),
    ];
    const to = [
      ...(names.length > 0 ? [pick(names)] : []),
      ...(names.length > 1 ? [{ [names[0]]: 75, [names[1]]: 25 }] : []),
      pick(elsewhere),
    ];
    return { ...route, ...(answer < 5 ? { to: pick(to) } : {}), ...routeFields(world, 0.2, own) };
  });
  return chance(0.1) ? [...routes, { name: 'rest', to: { host: 'fallback.shop.svc.cluster.local', port: 80 } }] : routes;
}

function generateService(world, index) {
  const { pick, chance, maybe, services, externals, environment } = world;
  const name = serviceNames[index];
  const ports = chance(0.45) ? pick(portMaps) : undefined;
  const port = ports === undefined && chance(0.8) ? { port: pick([80, 8080, 9080, 65535]) } : {};
  const layer = ports === undefined ? 'http' : layerOf(ports);
  const { names, versions } = chance(0.8) ? generateVersions(world, layer, ports) : { names: [], versions: undefined };
  const mirrors = [...names, { host: 'shadow.shop.svc.cluster.local', port: { number: 80 } }];
  const http = layer === 'http';
  const fitting = world.gateways.filter((gateway) => gateway['.layers'].includes(layer));
  const exposed = fitting.length > 0 && (ports !== undefined || port.port !== undefined) && chance(0.6);
  const dependent = environment.sidecars === true || environment.authorization !== undefined;
  return {
    service: name,
    ...maybe({
      host: [0.15, () => pick([`${name}.shop.svc.${environment.clusterDomain ?? 'cluster.local'}`, `${name}.shop`, `${name}-inner`])],
    }),
    ...(ports === undefined ? port : { ports }),
    ...commonWords(world, ['VirtualService', 'DestinationRule'], name),
    ...(versions === undefined ? {} : { versions }),
    ...(names.length === 0
      ? {}
      : chance(0.9)
        ? { ...traffic(world, names), ...(chance(0.4) && http ? { pins: generatePins(world, names) } : {}) }
        : {}),
    ...(http && chance(0.4) ? { routes: generateRoutes(world, names, mirrors) } : {}),
    ...(http ? routeFields(world, 0.12, mirrors) : {}),
    ...policies(world, 0.2, layer),
    ...maybe({
      tunnel: [0.04, () => pick(istio.tunnels)],
      proxyProtocol: [0.04, () => pick(istio.proxyProtocols)],
      retryBudget: [0.04, () => pick(istio.retryBudgets)],
      exportTo: [0.1, () => pick([['.'], ['*'], ['shop', 'payments']])],
      patches: [
        names.length > 0 ? 0.1 : 0,
        () => [
          { target: 'DestinationRule', ops: [{ op: 'add', path: '/metadata/annotations', value: { note: 'patched' } }], reason: 'a note' },
        ],
      ],
      workload: [dependent ? 1 : 0.1, () => ({ labels: { app: name }, serviceAccount: `${name}-sa` })],
      dependsOn: [dependent ? 0.8 : 0.1, () => [...services.map(reference), ...externals.map((one) => one.external)]],
      allowFrom: [
        environment.authorization === undefined ? 0 : 0.5,
        () => ['cluster.local/ns/tools/sa/probe', { serviceAccount: 'cron', namespace: 'batch' }, { serviceAccount: 'local' }],
      ],
    }),
    ...(exposed
      ? {
          expose: generateExposure(
            { ...world, gateways: fitting },
            layer,
            ports,
            http && chance(0.3) ? generateRoutes(world, names, mirrors) : undefined,
          ),
        }
      : {}),
  };
}

function reference({ service, namespace }) {
  return namespace === undefined ? service : `${namespace}/${service}`;
}

function generateExposure({ pick, chance, maybe, gateways }, layer, ports, routes) {
  const gateway = pick(gateways);
  if (layer === 'http' && ports === undefined && chance(0.3)) return chance(0.5) ? gateway.gateway : [gateway.gateway];
  const served = gateway['.hosts'].filter((host) => !host.includes('/'));
  const exact = served.filter((host) => !host.startsWith('*'));
  const hosts =
    layer === 'tcp'
      ? ['*']
      : exact.length > 0
        ? [pick(exact)]
        : served.length > 0
          ? [`a${pick(served).slice(1) || '.example.com'}`]
          : ['a.example.com'];
  const key =
    ports === undefined ? undefined : Object.keys(ports).find((one) => (layer === 'http' ? /^(http(?!s)|grpc|\d)/.test(one) : true));
  const server = gateway.servers[gateway['.layers'].length > 1 ? gateway['.first'][layer] : 0];
  const entry = {
    gateway: gateway.gateway,
    hosts,
    ...(key === undefined ? {} : { port: key }),
    ...maybe({
      server: [
        gateway['.layers'].length > 1 ? 1 : 0.2,
        () => server.port?.number ?? server.http ?? server.https ?? server.tls ?? server.tcp,
      ],
      match: [layer === 'http' ? 0.3 : 0, () => pick([{ uri: { prefix: '/in' } }, [{ uri: { exact: '/a' } }, { uri: { prefix: '/b/' } }]])],
      name: [0.2, () => 'at-the-edge'],
    }),
    ...(routes === undefined ? {} : { routes }),
  };
  return chance(0.5) ? [entry] : entry;
}

// ---- externals

const externalForms = [
  { hosts: ['httpbin.org'], ports: { http: 80 } },
  { hosts: ['www.google.com'], ports: { https: 443 } },
  { hosts: ['www.google.com'], ports: { https: 443 }, virtualService: true },
  { hosts: ['www.googleapis.com'], ports: { http: 80, https: 443 }, originateTls: true },
  { hosts: ['www.googleapis.com'], ports: { http: 80, https: 443 }, originateTls: { form: 'rewrite' } },
  { hosts: ['a.example.org', 'b.example.org'], ports: { http: 80 }, originateTls: true },
  {
    hosts: ['www.example.org'],
    ports: { http: 80 },
    originateTls: { mode: 'MUTUAL', credentialName: 'client-cert', sni: 'other.example.org', subjectAltNames: ['other.example.org'] },
  },
  {
    hosts: ['www.example.org'],
    ports: { http: 80, https: 8443 },
    originateTls: {
      mode: 'MUTUAL',
      clientCertificate: '/etc/cert.pem',
      privateKey: '/etc/key.pem',
      caCertificates: '/etc/ca.pem',
      caCrl: '/etc/crl.pem',
    },
  },
  { hosts: ['www.example.org'], ports: { http: 80 }, originateTls: { insecureSkipVerify: true } },
  { hosts: ['api.partner.example'], ports: { https: 443 }, via: 'istio-egressgateway' },
  { hosts: ['api.partner.example'], ports: { http: 80 }, via: 'istio-egressgateway' },
  {
    hosts: ['api.partner.example'],
    ports: { http: 80 },
    via: { service: 'egress', namespace: 'edge', selector: { app: 'egress' }, port: 8080 },
  },
  { hosts: ['api.partner.example'], ports: { http: 80, https: 443 }, via: 'istio-egressgateway', virtualService: true },
  { hosts: ['db.partner.example'], ports: { tcp: 5432 }, addresses: ['203.0.113.10'], via: 'istio-egressgateway' },
  { hosts: ['*.example.org'], ports: { https: 443, http: 80 }, resolution: 'NONE' },
  { hosts: ['*.example.org'], ports: { tls: 443 }, resolution: 'NONE', virtualService: true },
  {
    hosts: ['vm.example.org'],
    ports: { mysql: 3306 },
    addresses: ['240.0.0.10'],
    location: 'MESH_INTERNAL',
    resolution: 'STATIC',
    endpoints: [{ address: '10.20.0.7', labels: { app: 'mysqldb' } }],
  },
  {
    hosts: ['pool.example.org'],
    ports: { http: { number: 80, targetPort: 8080 } },
    location: 'MESH_INTERNAL',
    resolution: 'STATIC',
    workloadSelector: { labels: { app: 'pool' } },
  },
  { hosts: ['mongo.example.org'], ports: { mongo: 27017 }, addresses: ['192.0.2.0/24'], resolution: 'NONE' },
  {
    hosts: ['tcp.example.org'],
    ports: { tcp: 9000 },
    virtualService: true,
    addresses: ['192.0.2.1'],
    resolution: 'STATIC',
    endpoints: [{ address: '192.0.2.1' }, { address: '192.0.2.2', weight: 3, locality: 'eu/a' }],
  },
  {
    hosts: ['rr.example.org'],
    ports: { http: 80 },
    resolution: 'DNS_ROUND_ROBIN',
    endpoints: [{ address: 'rr-1.example.org', ports: { http: 8080 } }],
  },
  {
    hosts: ['dns.example.org'],
    ports: { http: 80, grpc: 9000 },
    resolution: 'DNS',
    endpoints: [
      { address: 'one.example.org', labels: { version: 'v1' } },
      { address: 'two.example.org', labels: { version: 'v2' } },
    ],
    '.versions': ['v1', 'v2'],
  },
  { hosts: ['*.dyn.example.org'], ports: { tls: 443 }, resolution: 'DYNAMIC_DNS' },
  { hosts: ['peer.example.org'], ports: { http: 80 }, subjectAltNames: ['spiffe://peer.example/ns/a/sa/b'], location: 'MESH_INTERNAL' },
];

function generateExternal(world, index) {
  const { pick, maybe, chance } = world;
  const form = pick(externalForms);
  const layer = layerOf(form.ports);
  const exact = !form.hosts.some((host) => host.startsWith('*'));
  const versions = form['.versions'];
  const routed = layer === 'http' && exact;
  return {
    external: `ext-${index}`,
    ...form,
    hosts: form.hosts.map((host) => (index === 0 ? host : host.replace('example', `example${index}`).replace('google', `google${index}`))),
    '.layer': layer,
    '.exact': exact,
    '.httpPort': Object.keys(form.ports).find((key) => key.startsWith('http') && key !== 'https'),
    ...commonWords(world, ['ServiceEntry'], `ext-${index}`),
    ...(routed ? routeFields(world, 0.15, [{ host: 'shadow.shop.svc.cluster.local', port: { number: 80 } }]) : {}),
    ...(routed && chance(0.2)
      ? {
          routes: [
            {
              match: pick(istio.httpMatches),
              ...pick([{ directResponse: pick(istio.directResponses) }, { redirect: pick(istio.redirects) }, { timeout: '9s' }]),
            },
          ],
        }
      : {}),
    ...(versions === undefined
      ? {}
      : {
          versions,
          ...traffic(world, versions),
          ...maybe({ pins: [0.3, () => [{ match: { headers: { 'x-pin': { exact: 'e' } } }, version: versions[1] }]] }),
        }),
    ...maybe({
      loadBalancer: [0.15, () => pick([...istio.loadBalancers, 'PASSTHROUGH'])],
      connectionPool: [0.15, () => pick(layer === 'http' ? istio.connectionPools : istio.tcpConnectionPools)],
      outlierDetection: [0.15, () => pick(istio.outlierDetections)],
      tls: [form.originateTls === undefined ? 0.1 : 0, () => pick(istio.clientTls)],
      tunnel: [0.05, () => pick(istio.tunnels)],
      proxyProtocol: [0.05, () => pick(istio.proxyProtocols)],
      retryBudget: [0.05, () => pick(istio.retryBudgets)],
      exportTo: [0.15, () => pick([['.'], ['*'], ['shop']])],
      patches: [
        0.05,
        () => [
          {
            target: { kind: 'ServiceEntry' },
            ops: [{ op: 'add', path: '/metadata/annotations', value: { note: 'patched' } }],
            reason: 'a note',
          },
        ],
      ],
    }),
  };
}

import { defineDiagnostic } from '../model/diagnostic.ts';
import { listWords } from '../model/names.ts';

export const exposedPort = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: 'MS2040',
  name: 'exposed-port',
  severity: 'error',
  summary: ({ name, known }) =>
    known.length === 0
      ? `${name} is exposed on a gateway, but none of its ports is known`
      : `which port of ${name} is exposed? It has ${listWords(known)}`,
  why: 'A gateway leads to a port of the service; without one it would take the number of its own server.',
  fix: 'Write `port: 9080` in the service, or `expose: [{gateway: …, port: …}]` where it has several.',
  since: '0.1.0',
});

export const knownServer = defineDiagnostic<{ server: string; gateway: string; known: readonly string[] }>({
  code: 'MS2041',
  name: 'known-server',
  severity: 'error',
  summary: ({ server, gateway, known }) =>
    `the gateway ${gateway} has no server \`${server}\`${known.length > 0 ? `; it has ${listWords(known)}` : ''}`,
  why: 'A route bound to a server that does not exist receives no traffic.',
  fix: "Name a server by its port's name or number.",
  since: '0.1.0',
});

export const serverForPort = defineDiagnostic<{ gateway: string; protocol: string; servers: string }>({
  code: 'MS2042',
  name: 'server-for-port',
  severity: 'error',
  summary: ({ gateway, protocol, servers }) =>
    `the gateway ${gateway} has no server, or several kinds of server, for a ${protocol} port (it has ${servers})`,
  why: 'http servers route by request, passed-through TLS by SNI, TCP by port: the server decides which kind of route is written.',
  fix: 'Add a server with a fitting protocol to the gateway, or name one with `server:`.',
  since: '0.1.0',
});

export const exposureHostServed = defineDiagnostic<{ host: string; gateway: string; served: readonly string[] }>({
  code: 'MS2043',
  name: 'exposure-host-served',
  severity: 'error',
  summary: ({ host, gateway, served }) => `the gateway ${gateway} does not serve \`${host}\` (it serves ${listWords(served)})`,
  why: 'Requests for a host that no server lists never reach the route: 404.',
  fix: "Use one of the gateway's hosts, or add this one to a server.",
  since: '0.1.0',
});

export const joinedPort = defineDiagnostic<{ name: string }>({
  code: 'MS2044',
  name: 'joined-exposure-has-one-port',
  severity: 'error',
  summary: ({ name }) => `${name} has several ports, so its exposure needs routes of its own`,
  why: 'Without `hosts` or `match` a gateway shares the VirtualService of the mesh, which can lead it to one port only.',
  fix: 'Write `expose: [{gateway: …, hosts: [shop.example.com], port: …}]`.',
  since: '0.1.0',
});

export const claimPinsApart = defineDiagnostic<{ name: string }>({
  code: 'MS2045',
  name: 'claim-pins-on-gateways',
  severity: 'error',
  summary: ({ name }) => `${name} has pins by claim, so its exposure needs routes of its own`,
  why: 'Claims of a token can be read on gateways only; Istio rejects such a match on routes that the mesh shares.',
  fix: 'Write `expose: [{gateway: …, hosts: [shop.example.com]}]`.',
  since: '0.1.0',
});

export const delegatesSupported = defineDiagnostic<{ mesh: string }>({
  code: 'MS2046',
  name: 'delegates-supported',
  severity: 'error',
  summary: ({ mesh }) => `hosts that several services share need delegates, which Istio ${mesh} does not have`,
  why: 'Without delegates the order among several VirtualServices of one host is undefined.',
  fix: 'Upgrade the mesh to 1.8 or newer, or give each service a host of its own.',
  since: '0.1.0',
});

export const gatewayHasServers = defineDiagnostic<{ name: string }>({
  code: 'MS2047',
  name: 'gateway-has-servers',
  severity: 'error',
  summary: ({ name }) => `the gateway ${name} has no \`servers\``,
  why: 'Istio rejects a Gateway that listens to nothing.',
  fix: 'Write `servers: [{http: 80, hosts: ["*"]}]`, or `external: true` if the object exists already.',
  since: '0.1.0',
});

export const exposureHasOwnName = defineDiagnostic<{ name: string }>({
  code: 'MS2048',
  name: 'exposure-has-own-name',
  severity: 'error',
  summary: ({ name }) => `two exposures of this service would both be called \`${name}\``,
  why: 'Each is a VirtualService of its own; to the cluster two of one name are one, and the other is lost.',
  fix: 'Join their hosts in one entry, or give this one a `name:`.',
  since: '0.1.0',
});

export const uniqueServerPortName = defineDiagnostic<{ name: string }>({
  code: 'MS2049',
  name: 'unique-server-port-name',
  severity: 'error',
  summary: ({ name }) => `two servers of this gateway name their port \`${name}\``,
  why: 'Istio rejects a Gateway whose port names are not unique.',
  fix: 'Give this port another name, such as `https-shop`; in the short form of a server leave `name` out.',
  since: '0.1.0',
});

export const qualifiedGatewayExists = defineDiagnostic<{ name: string; namespace: string; short: string }>({
  code: 'MS2050',
  name: 'qualified-gateway-is-external',
  severity: 'error',
  summary: ({ name }) => `\`${name}\` names a gateway in a namespace, but is not marked \`external: true\``,
  why: "`namespace/name` stands for a Gateway that exists already; a slash can't be part of an object's name.",
  fix: 'Write `external: true` for a gateway that someone else owns, or `gateway: <name>` with `namespace: <namespace>` for one of your own.',
  since: '0.1.0',
});

export const exposureHostsApart = defineDiagnostic<{ host: string; other: string }>({
  code: 'MS2051',
  name: 'exposure-hosts-apart',
  severity: 'error',
  summary: ({ host, other }) => `\`${host}\` is covered by \`${other}\` in the same list`,
  why: 'Istio rejects a VirtualService whose hosts overlap.',
  fix: 'Remove the narrower one, or write it as an exposure of its own.',
  since: '0.1.0',
});

export const exposureHostsKnown = defineDiagnostic<{ gateway: string; protocol: string }>({
  code: 'MS2052',
  name: 'exposure-hosts-known',
  severity: 'error',
  summary: ({ gateway, protocol }) =>
    `nothing tells what the gateway ${gateway} listens on, so ${protocol} can't be led through it like this`,
  why: 'Hosts come from the gateway when an exposure names none, and TLS and TCP routes are matched by the port of a server.',
  fix: "Write the gateway's `servers` beside `external: true`, or, for http, `hosts` in the exposure.",
  since: '0.1.0',
});

export const delegateStaysWithin = defineDiagnostic<{ key: string; service: string }>({
  code: 'MS2053',
  name: 'delegate-stays-within-root',
  severity: 'error',
  summary: ({ key, service }) => `this condition and one of a route of ${service} meet on \`${key}\`, and Istio would drop that route`,
  why: "Istio joins a shared host's condition with those of the service it delegates to; on one key it only keeps routes that are narrower than the shared host's own condition, and no regex.",
  fix: "Write the service's route narrower (`/api/x` on a shared `/api`), or expose the service on hosts of its own.",
  since: '0.1.0',
});

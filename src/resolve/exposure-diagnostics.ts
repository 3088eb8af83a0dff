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
    `no single kind of server on the gateway ${gateway} (${servers}) leads to a ${protocol} port`,
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

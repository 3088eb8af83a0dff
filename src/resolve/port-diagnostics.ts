import { defineDiagnostic } from '../model/diagnostic.ts';
import { listWords } from '../model/names.ts';

export const portHasNumber = defineDiagnostic<{ key: string }>({
  code: 'MS2030',
  name: 'port-has-number',
  severity: 'error',
  summary: ({ key }) => `the port \`${key}\` has no number between 1 and 65535`,
  why: 'Istio knows ports by number; without one no route and no policy could be written for this port.',
  fix: 'Write `ports: {http: 9080}`, or `{http: {number: 9080, …}}`.',
  since: '0.1.0',
});

export const portHasProtocol = defineDiagnostic<{ name: string }>({
  code: 'MS2031',
  name: 'port-has-protocol',
  severity: 'error',
  summary: ({ name }) => `\`${name}\` names no protocol that Istio routes`,
  why: "The protocol decides how a port's traffic can be routed: http by request, tls by SNI, tcp by port. Istio reads it from the port's name.",
  fix: 'Start the name with http, http2, grpc, grpc-web, https, tls, tcp, mongo, mysql or redis (`http-admin`), or write `protocol: HTTP`.',
  since: '0.1.0',
});

export const uniquePortNumber = defineDiagnostic<{ number: number; keys: readonly string[] }>({
  code: 'MS2032',
  name: 'unique-port-number',
  severity: 'error',
  summary: ({ number, keys }) => `the ports ${listWords(keys.map((key) => `\`${key}\``))} have the same number ${number}`,
  why: 'Routes and policies are kept by port number; one of the two would be lost.',
  fix: 'Give each port its own number. An inherited port is removed with `null`.',
  since: '0.1.0',
});

export const portCarriesWord = defineDiagnostic<{ word: string; protocol: string; name: string }>({
  code: 'MS2033',
  name: 'port-carries-word',
  severity: 'error',
  summary: ({ word, protocol, name }) => `\`${word}\` can't hold on ${name}: its port speaks ${protocol}`,
  why: 'Istio applies it to single http requests, which it cannot see on this port; the word would be ignored.',
  fix: 'Remove the word, or say `protocol: HTTP` if the port does speak http.',
  since: '0.1.0',
});

export const knownVersionPort = defineDiagnostic<{ key: string; known: readonly string[] }>({
  code: 'MS2034',
  name: 'known-version-port',
  severity: 'error',
  summary: ({ key, known }) =>
    `a version sets a policy for the port \`${key}\`, which the service does not have${known.length > 0 ? ` (it has ${listWords(known)})` : ''}`,
  why: 'A policy for a port that does not exist is never used.',
  fix: "Use the port's key under `ports:`.",
  since: '0.1.0',
});

export const portOfDestination = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: 'MS2035',
  name: 'port-of-destination',
  severity: 'error',
  summary: ({ name, known }) => `${name} has several ports (${listWords(known)}); which one is meant?`,
  why: 'Without a port Istio uses the port of the calling listener, which this host may not have: 503.',
  fix: 'Write `to: {service: …, port: …}`.',
  since: '0.1.0',
});

export const originatesFromHttp = defineDiagnostic<{ form: string }>({
  code: 'MS2036',
  name: 'tls-originates-from-http',
  severity: 'error',
  summary: ({ form }) =>
    form === 'rewrite' ? '`originateTls: {form: rewrite}` needs an http port and an https port' : '`originateTls` needs an http port',
  why: 'The proxy can only encrypt what it receives in the clear.',
  fix: 'Write `ports: {http: 80, https: 443}`.',
  since: '0.1.0',
});

export const routedHostIsExact = defineDiagnostic<{ host: string }>({
  code: 'MS2037',
  name: 'routed-host-is-exact',
  severity: 'error',
  summary: ({ host }) => `requests can't be routed to \`${host}\`: a destination is one host`,
  why: 'A wildcard makes many hosts known, but a route must lead to one that can be resolved.',
  fix: 'Name the hosts one by one, or leave out the words about routing: the ServiceEntry alone lets requests through.',
  since: '0.1.0',
});

export const destinationSpeaksHttp = defineDiagnostic<{ name: string; port: number; protocol: string }>({
  code: 'MS2038',
  name: 'destination-speaks-http',
  severity: 'error',
  summary: ({ name, port, protocol }) => `port ${port} of ${name} speaks ${protocol}: requests led there would arrive in the clear`,
  why: 'A route of http requests does not encrypt what it sends on; the other side expects a TLS handshake and hangs up.',
  fix: 'Lead to an http port, or let the proxy encrypt: `originateTls: true` on the external, or `tls: {mode: SIMPLE}` on that port.',
  since: '0.1.0',
});

export const resetNeedsPorts = defineDiagnostic<{ block: string; name: string }>({
  code: 'MS2039',
  name: 'reset-needs-ports',
  severity: 'error',
  summary: ({ block, name }) => `\`${block}: null\` can't give a version of ${name} back Istio's default: its ports are not known`,
  why: 'A subset inherits each block that it does not write; only a complete entry for each port leaves one out.',
  fix: "Write the service's `port` or `ports`, or say for this version what should hold instead.",
  since: '0.1.0',
});

export const tcpHostsApart = defineDiagnostic<{ hosts: readonly string[] }>({
  code: 'MS2060',
  name: 'tcp-hosts-apart',
  severity: 'error',
  summary: ({ hosts }) => `on a TCP port nothing tells ${listWords(hosts)} apart`,
  why: 'A TCP connection carries no host name, so one route would send what is meant for the others to the first.',
  fix: 'Write an external for each host, or leave out the words about routing.',
  since: '0.1.0',
});

export const egressPortForOnePort = defineDiagnostic<{ port: number; name: string }>({
  code: 'MS2061',
  name: 'egress-port-for-one-port',
  severity: 'error',
  summary: ({ port, name }) => `\`via.port: ${port}\` is one port, but ${name} has several`,
  why: 'Behind one port of the egress gateway nothing tells which port outside was meant, and Istio drops all protocols but one.',
  fix: 'Leave `port` out, so that each port goes through its own, or write an external for each port.',
  since: '0.1.0',
});

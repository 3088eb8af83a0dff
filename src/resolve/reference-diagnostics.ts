import { defineDiagnostic } from '../model/diagnostic.ts';
import { listWords } from '../model/names.ts';

export const knownVersion = defineDiagnostic<{ version: string; name: string; known: readonly string[] }>({
  code: 'MS2001',
  name: 'known-version',
  severity: 'error',
  summary: ({ version, name, known }) => `${name} has no version \`${version}\`${known.length > 0 ? `; it has ${listWords(known)}` : ''}`,
  why: 'A route to a subset that no DestinationRule declares answers every request with 503.',
  fix: 'Name a version that stands under `versions:`, or add this one there.',
  since: '0.1.0',
});

export const knownDestination = defineDiagnostic<{ kind: string; name: string }>({
  code: 'MS2002',
  name: 'known-destination',
  severity: 'error',
  summary: ({ kind, name }) => `there is no ${kind} \`${name}\` in this environment`,
  why: 'Requests sent to a host that the mesh does not know answer 503, or leave the mesh unnoticed.',
  fix: 'Name an existing intent, or lead there by `{host: …}` if no intent owns it.',
  since: '0.1.0',
});

export const knownGateway = defineDiagnostic<{ name: string; known: readonly string[] }>({
  code: 'MS2003',
  name: 'known-gateway',
  severity: 'error',
  summary: ({ name, known }) =>
    `there is no gateway \`${name}\` in this environment${known.length > 0 ? `; there is ${listWords(known)}` : ''}`,
  why: 'A VirtualService bound to a gateway that does not exist receives no traffic, and nobody is told.',
  fix: 'Write a `gateway:` intent. For a gateway that exists already: `gateway: <namespace>/<name>` with `external: true` and its `servers`.',
  since: '0.1.0',
});

export const knownDependency = defineDiagnostic<{ name: string }>({
  code: 'MS2004',
  name: 'known-dependency',
  severity: 'error',
  summary: ({ name }) => `\`dependsOn\` names \`${name}\`, which is no service and no external of this environment`,
  why: 'A Sidecar or AuthorizationPolicy made from it would let nobody through by that name, and the call would fail.',
  fix: 'Name a service or external (`name`, or `namespace/name`), or write an `external:` intent for it.',
  since: '0.1.0',
});

export const noBareHostOfVersions = defineDiagnostic<{ host: string; name: string }>({
  code: 'MS2005',
  name: 'no-bare-host-of-versions',
  severity: 'error',
  summary: ({ host, name }) => `\`${host}\` is the host of the service ${name}, which has versions`,
  why: 'The bare host reaches all versions at once, past the pins and percentages of that service.',
  fix: 'Write `to: {service: …}`: that is what the service itself would answer. Or name one version with `{host: …, subset: …}`.',
  since: '0.1.0',
});

export const acyclicDestinations = defineDiagnostic<{ names: readonly string[] }>({
  code: 'MS2006',
  name: 'acyclic-destinations',
  severity: 'error',
  summary: ({ names }) => `these services lead to one another in a circle: ${names.join(' → ')}`,
  why: '`to: {service: …}` takes over what that service answers; in a circle nobody answers.',
  fix: 'Let one of them end at a version.',
  since: '0.1.0',
});

export const mirrorNamesVersion = defineDiagnostic<{ readonly [none: string]: never }>({
  code: 'MS2007',
  name: 'mirror-names-a-destination',
  severity: 'error',
  summary: () => 'a mirror needs a destination: a version, a service, an external or a host',
  why: 'Without one nothing would be copied anywhere.',
  fix: 'Write `mirror: v2` or `mirror: {service: …}`.',
  since: '0.1.0',
});

export const severalMirrorsSupported = defineDiagnostic<{ mesh: string }>({
  code: 'MS2008',
  name: 'several-mirrors-supported',
  severity: 'error',
  summary: ({ mesh }) => `this mirror has several destinations, and Istio ${mesh} can mirror to one only`,
  why: 'Several mirrors on one route take effect from Istio 1.20.',
  fix: 'Mirror to one version, or upgrade the mesh to 1.20 or newer.',
  since: '0.1.0',
});

export const externalHasHosts = defineDiagnostic<{ name: string }>({
  code: 'MS2009',
  name: 'external-has-hosts',
  severity: 'error',
  summary: ({ name }) => `the external ${name} has no \`hosts\``,
  why: 'A ServiceEntry makes hosts known; without one it makes nothing known.',
  fix: 'Write `hosts: [api.example.com]`.',
  since: '0.1.0',
});

export const usersAreRecognised = defineDiagnostic<{ environment: string }>({
  code: 'MS2010',
  name: 'users-are-recognised',
  severity: 'error',
  summary: ({ environment }) => `a pin names users, but the environment \`${environment}\` does not say how a user is recognised`,
  why: 'A pin matches requests; nothing in a request says whose it is unless the environment names the header, cookie or claim.',
  fix: 'Write `user: {header: end-user}` (or `{cookie: …}`, `{claim: …}`) in environment.yaml, or pin by `match:`.',
  since: '0.1.0',
});

export const workloadLabels = defineDiagnostic<{ name: string; word: string }>({
  code: 'MS2011',
  name: 'workload-labels-known',
  severity: 'error',
  summary: ({ name, word }) => `\`${word}\` needs the pod labels of the service ${name}, and nothing tells them`,
  why: 'A Sidecar or AuthorizationPolicy selects pods by labels; a guess could select none, or all.',
  fix: 'Write `workload: {labels: {app: …}}` in the service, or list a folder with its Deployment under `registry:` in the environment.',
  since: '0.1.0',
});

export const workloadAccount = defineDiagnostic<{ name: string }>({
  code: 'MS2012',
  name: 'workload-account-known',
  severity: 'error',
  summary: ({ name }) => `nothing tells which service account the service ${name} runs as`,
  why: 'An AuthorizationPolicy admits callers by service account; without it this caller would be locked out.',
  fix: 'Write `workload: {serviceAccount: …}` in the service, or list a folder with its Deployment under `registry:`.',
  since: '0.1.0',
});

export const gatewayAccount = defineDiagnostic<{ name: string }>({
  code: 'MS2013',
  name: 'gateway-account-known',
  severity: 'error',
  summary: ({ name }) => `nothing tells which service account and namespace the gateway ${name} runs in`,
  why: 'Services exposed on it would refuse its requests once the policy is enforced.',
  fix: 'Write `workload: {serviceAccount: istio-ingressgateway-service-account, namespace: istio-system}` in the gateway.',
  since: '0.1.0',
});

export const dependencyNamespace = defineDiagnostic<{ name: string }>({
  code: 'MS2014',
  name: 'dependency-namespace-known',
  severity: 'error',
  summary: ({ name }) => `an AuthorizationPolicy needs the namespace of the service ${name}, and none is written`,
  why: "A workload's identity is its namespace and service account.",
  fix: 'Write `namespace:` in the environment or in the service.',
  since: '0.1.0',
});

export const ruleReachesClients = defineDiagnostic<{ host: string; home: string; namespace: string }>({
  code: 'MS2015',
  name: 'rule-reaches-clients',
  severity: 'warning',
  summary: ({ host, home, namespace }) =>
    `${host} belongs to the namespace ${home}, but its objects go to ${namespace}: clients outside ${namespace} will not see them`,
  why: "Istio looks for a host's DestinationRule in the client's namespace, then in the host's, then in the root namespace; a rule anywhere else is never used.",
  fix: 'Let the environment that owns the namespace write it, or waive this if only clients in this namespace should follow it.',
  since: '0.1.0',
});

export const externalHasPorts = defineDiagnostic<{ name: string }>({
  code: 'MS2016',
  name: 'external-has-ports',
  severity: 'error',
  summary: ({ name }) => `the external ${name} has no \`ports\``,
  why: 'A ServiceEntry tells the mesh on which ports its hosts are called; without one nothing can be called.',
  fix: 'Write `ports: {https: 443}`.',
  since: '0.1.0',
});

export const externalByItsGateway = defineDiagnostic<{ name: string }>({
  code: 'MS2017',
  name: 'external-by-its-gateway',
  severity: 'error',
  summary: ({ name }) => `the external ${name} leaves the mesh \`via\` its gateway, and this route would go past it`,
  why: 'The egress gateway knows requests by the host they are for; one that was meant for another host would not be let through there.',
  fix: "Let callers use the external's own host, or take `via` out of it.",
  since: '0.1.0',
});

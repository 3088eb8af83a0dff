import { namespaceOfHost } from '../istio/host.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { type MeshObject, titleOf } from '../mesh/mesh-object.ts';
import { isObject, type JsonObject, listOr, objectOr } from '../model/json.ts';
import { listWords } from '../model/names.ts';
import type { DecisionStep, MeshRequest, RouteDecision, RoutedDestination } from '../model/routing.ts';
import { afterTheWay } from './after-the-way.ts';
import { failed } from './decide-http.ts';
import { labelsAt, type PodLabels, podPort, selectorTakes } from './destination-pods.ts';
import { type ArrivingRequest, ruleTakes } from './policy-rules.ts';
import type { Sources } from './sources.ts';
import { mergeRules } from './traffic-policy.ts';

/**
 * What AuthorizationPolicies say of a decision: at the gateway that it enters by, and at the pods that it leads to
 * (model/authorization.go ListAuthorizationPolicies, security/authz/builder/builder.go). Redirects and direct answers of a sidecar reach no pod.
 */
export function withAuthorization(decision: RouteDecision, request: MeshRequest, { mesh, rules }: Sources): RouteDecision {
  const policies = mesh.shown('AuthorizationPolicy').filter(isSelecting);
  if (policies.length === 0) return decision;
  const edge = request.gateway === undefined ? undefined : gatewayVerdict(request, policies, mesh);
  const story = edge === undefined ? decision : { ...decision, ...joined(decision, edge) };
  if (edge?.denied !== undefined) return failed({ status: 403, flag: 'RBAC', reason: edge.denied }, story);
  if (story.kind !== 'route') return story;
  const steps: DecisionStep[] = [];
  const assumptions: string[] = [];
  const destinations = story.destinations.map((destination): RoutedDestination => {
    if (destination.failure !== undefined) return destination;
    const owners = mesh.hosts.named(destination.host);
    if (owners.some(({ object }) => object !== undefined && object.spec.location !== 'MESH_INTERNAL')) return destination;
    const home = owners[0]?.namespace ?? namespaceOfHost(destination.host, mesh.environment.clusterDomain);
    if (home === undefined) return destination;
    const choice = destination.subset === undefined ? undefined : rules.find(destination.host, [home], request.source.namespace);
    const subset = choice === undefined ? {} : objectOr(mergeRules(choice.rules).subsets.get(destination.subset ?? '')?.labels);
    const labels = labelsAt(owners, subset, mesh);
    const near = policies.filter(({ namespace }) => namespace === home || namespace === mesh.environment.mesh.rootNamespace);
    const verdict = judge(near, labels, arriving(request, destination, story, mesh), destination.host);
    steps.push(...verdict.steps);
    assumptions.push(...verdict.assumptions);
    if (verdict.steps.length > 0 && request.gateway === undefined && request.source.serviceAccount === undefined && near.some(asksAccount))
      assumptions.push('nothing shows the service account of the caller; it is taken to be default');
    if (verdict.denied === undefined) return destination;
    const flag = { flag: 'RBAC', reason: verdict.denied } as const;
    return { ...destination, failure: request.protocol === 'http' ? { status: 403, ...flag } : flag };
  });
  return { ...story, destinations, ...joined(story, { steps, assumptions }) };
}

function asksAccount({ spec }: MeshObject): boolean {
  return /"(not)?(p|P)rincipals"|"(not)?(s|S)erviceAccounts"|"source\.(principal|serviceAccount)"/.test(JSON.stringify(spec));
}

interface Verdict {
  readonly steps: readonly DecisionStep[];
  readonly assumptions: readonly string[];
  /** Why it is refused. */
  readonly denied?: string;
}

function joined(decision: RouteDecision, { steps, assumptions }: Verdict): Pick<RouteDecision, 'steps' | 'assumptions'> {
  return { steps: [...decision.steps, ...steps], assumptions: [...new Set([...decision.assumptions, ...assumptions])] };
}

/** Those that name a workload by its labels, or none; what `targetRefs` name are waypoints and gateways of the Gateway API. */
function isSelecting({ spec, wellFormed }: MeshObject): boolean {
  return wellFormed && spec.targetRef === undefined && listOr(spec.targetRefs).length === 0;
}

/** The caller at a gateway comes from outside, without a certificate of the mesh. */
function gatewayVerdict(request: MeshRequest, policies: readonly MeshObject[], mesh: Mesh): Verdict | undefined {
  const id = request.gateway ?? '';
  const answer = mesh.gateways.find(id, id.slice(0, Math.max(0, id.indexOf('/'))));
  if (answer.known !== 'yes' || request.protocol !== 'http') return undefined;
  const pods = mesh.gateways.podsOf(answer.gateway);
  const home = pods[0]?.namespace ?? answer.gateway.namespace;
  const labels: PodLabels =
    pods[0] === undefined ? { known: answer.gateway.selector ?? {}, whole: false } : { known: pods[0].labels, whole: true };
  const near = policies.filter(({ namespace }) => namespace === home || namespace === mesh.environment.mesh.rootNamespace);
  return judge(near, labels, { ...plainArrival(request), port: undefined }, id);
}

function plainArrival({ protocol, host, authority, method, path, headers, claims }: MeshRequest): Omit<ArrivingRequest, 'port'> {
  return { isHttp: protocol === 'http', host: authority ?? host, method, path, headers, ...(claims === undefined ? {} : { claims }) };
}

/** The request as the destination's proxy gets it, with the identity of whoever sends it there. */
function arriving(request: MeshRequest, destination: RoutedDestination, decision: RouteDecision, mesh: Mesh): ArrivingRequest {
  const sent = afterTheWay(request, decision, mesh);
  const { trustDomain } = mesh.environment.mesh;
  const { mode } = objectOr(destination.policy.tls);
  // Without a `tls` of its own a sidecar speaks mutual TLS to a sidecar since 1.5 (auto mTLS).
  const isMutual = mode === undefined ? mesh.environment.istio.minor >= 5 : mode === 'ISTIO_MUTUAL';
  const { namespace, serviceAccount } = callerOf(request, mesh);
  const port = podPort(mesh.hosts.named(destination.host), destination.port, mesh);
  return {
    ...plainArrival(sent),
    port,
    ...(request.protocol === 'tls' ? { sni: request.host } : {}),
    ...(isMutual ? { principal: `${trustDomain}/ns/${namespace}/sa/${serviceAccount}` } : {}),
  };
}

function callerOf({ gateway, source }: MeshRequest, mesh: Mesh): { readonly namespace: string; readonly serviceAccount: string } {
  if (gateway === undefined) return { namespace: source.namespace, serviceAccount: source.serviceAccount ?? 'default' };
  const answer = mesh.gateways.find(gateway, gateway.slice(0, Math.max(0, gateway.indexOf('/'))));
  const pod = answer.known === 'yes' ? mesh.gateways.podsOf(answer.gateway)[0] : undefined;
  return pod ?? { namespace: gateway.split('/')[0] ?? '', serviceAccount: 'default' };
}

/** CUSTOM before DENY before ALLOW; where an ALLOW policy is in force, what none allows is refused. */
function judge(policies: readonly MeshObject[], labels: PodLabels, request: ArrivingRequest, at: string): Verdict {
  const assumptions: string[] = [];
  const steps: DecisionStep[] = [];
  const applying = policies.filter((policy) => {
    const takes = selectorTakes(objectOr(objectOr(policy.spec.selector).matchLabels), labels);
    if (takes === 'unknown') assumptions.push(`nothing shows whether ${titleOf(policy)} selects the pods of ${at}; it is taken not to`);
    return takes === 'yes';
  });
  const of = (action: string) => applying.filter(({ spec }) => (spec.action ?? 'ALLOW') === action);
  for (const policy of of('CUSTOM').filter((one) => takenBy(one, request, 'DENY') !== 'no'))
    assumptions.push(`${titleOf(policy)} asks ${String(objectOr(policy.spec.provider).name)}, which is taken to allow it`);
  for (const policy of of('DENY')) {
    const taken = takenBy(policy, request, 'DENY');
    if (taken === 'unknown') assumptions.push(`nothing shows whether ${titleOf(policy)} denies it; it is taken not to`);
    if (taken !== 'yes') continue;
    if (isDryRun(policy)) steps.push(step(policy, 'would deny it, and only rehearses (istio.io/dry-run)', true));
    else return { steps: [...steps, step(policy, 'denies it', false)], assumptions, denied: `${titleOf(policy)} denies it` };
  }
  const allowing = of('ALLOW');
  const [allowed] = allowing.filter((one) => takenBy(one, request, 'ALLOW') === 'yes');
  if (allowed !== undefined) return { steps: [...steps, step(allowed, 'allows it', true)], assumptions };
  const perhaps = allowing.find((one) => takenBy(one, request, 'ALLOW') === 'unknown');
  if (perhaps !== undefined) assumptions.push(`nothing shows whether ${titleOf(perhaps)} allows it; it is taken to`);
  const enforced = allowing.filter((one) => !isDryRun(one));
  for (const policy of allowing.filter(isDryRun))
    if (perhaps === undefined) steps.push(step(policy, 'would not allow it, and only rehearses (istio.io/dry-run)', true));
  if (perhaps !== undefined || enforced.length === 0) return { steps, assumptions };
  const who = request.principal === undefined ? 'a caller without a certificate' : `the caller ${request.principal}`;
  steps.push(...enforced.map((policy) => step(policy, `does not allow it to ${who}`, false)));
  return {
    steps,
    assumptions,
    denied: `${listWords(enforced.map(titleOf))} ${enforced.length === 1 ? 'does' : 'do'} not allow it to ${who}`,
  };
}

function takenBy({ spec, namespace }: MeshObject, request: ArrivingRequest, action: 'ALLOW' | 'DENY'): 'yes' | 'no' | 'unknown' {
  const answers = listOr(spec.rules)
    .filter(isObject)
    .map((rule: JsonObject) => ruleTakes(rule, request, action, namespace));
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

function isDryRun({ manifest }: MeshObject): boolean {
  const written = objectOr(objectOr(manifest.body.metadata).annotations)['istio.io/dry-run'];
  return /^(1|t|true)$/i.test(String(written));
}

function step(policy: MeshObject, says: string, took: boolean): DecisionStep {
  return { about: 'authorization', says, took, place: { manifest: titleOf(policy), pointer: '' } };
}

import { originOf } from '../model/intent.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { isObject } from '../model/json.ts';
import { byCodePoint, didYouMean } from '../model/names.ts';
import { derived, type Origin, type Traced, traced } from '../model/origin.ts';
import type { ResolvedAuthorizationPolicy, ResolvedSidecar } from '../model/resolved.ts';
import { gatewayWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import { type Exposure, exposuresOf } from './exposures.ts';
import { gatewayTarget } from './gateways.ts';
import { namedOr, objectName } from './object-name.ts';
import { dependencyNamespace, gatewayAccount, knownDependency, workloadAccount, workloadLabels } from './reference-diagnostics.ts';
import type { ExternalTarget, ServiceTarget, Target } from './service.ts';

/** A service or external that a service calls. */
export interface Dependency {
  readonly caller: ServiceTarget;
  readonly callee: ServiceTarget | ExternalTarget;
  readonly origin: Origin;
}

/** Every `dependsOn` entry of every service, linked; an unknown name is a finding. */
export function dependencies(context: ResolveContext): readonly Dependency[] {
  const services = context.index.all.filter((intent) => intent.kind === 'service').map(context.service);
  return services.flatMap((caller) =>
    (caller.words.dependsOn ?? []).flatMap((name, i): readonly Dependency[] => {
      const origin = originOf(caller.intent, `/dependsOn/${i}`);
      const service = context.index.find('service', name, caller.namespace);
      const external = service === undefined ? context.index.find('external', name, caller.namespace) : undefined;
      const callee = service !== undefined ? context.service(service) : external !== undefined ? context.external(external) : undefined;
      if (callee !== undefined) return [{ caller, callee, origin }];
      if (external === undefined) {
        const known = [...context.index.names('service'), ...context.index.names('external')];
        context.report(knownDependency, { params: { name }, at: origin.at, hints: didYouMean(name, known) });
      }
      return [];
    }),
  );
}

/** A Sidecar that lets a service see just what it says it calls; a service that says nothing is left unrestricted. */
export function sidecarOf(context: ResolveContext, target: ServiceTarget, all: readonly Dependency[]): ResolvedSidecar | undefined {
  if (!context.environment.sidecars || target.words.dependsOn === undefined) return undefined;
  const labels = labelsOf(context, target, 'sidecars');
  if (labels === undefined) return undefined;
  const origin = originOf(target.intent, '/dependsOn');
  const hosts = all.filter((dependency) => dependency.caller === target).flatMap(egressHosts);
  const unique = [...new Map(hosts.map((host) => [host.value, host])).values()].sort((a, b) => byCodePoint(a.value, b.value));
  // A listener must name a host; '~/*' is Istio's word for none (Sidecar reference, IstioEgressListener.hosts).
  const egressHostList = unique.length > 0 ? unique : [traced('~/*', derived(origin, 'it calls nobody'))];
  return {
    ...objectName(context, target, namedOr(target.intent, target.words, 'Sidecar')),
    workloadSelector: labels,
    egressHosts: egressHostList,
  };
}

function egressHosts({ callee, origin }: Dependency): readonly Traced<string>[] {
  const namespace = callee.namespace ?? '.';
  const hosts = 'hosts' in callee ? callee.hosts.map((host) => host.value) : [callee.fqdn];
  return hosts.map((host) => traced(`${namespace}/${host}`, origin));
}

/** A policy on the callee that admits its callers, the gateways it is exposed on and `allowFrom`; nobody named → no policy. */
export function authorizationOf(
  context: ResolveContext,
  target: ServiceTarget,
  all: readonly Dependency[],
): ResolvedAuthorizationPolicy | undefined {
  const { authorization } = context.environment;
  if (authorization === undefined) return undefined;
  const callers = all.filter((dependency) => dependency.callee === target);
  const exposures = exposuresOf(context, target);
  const shared = sharedGateways(context, target);
  const allowed = target.words.allowFrom ?? [];
  if (callers.length + exposures.length + shared.length + allowed.length === 0) return undefined;
  const selector = labelsOf(context, target, 'authorization');
  const principals = [
    ...callers.map(({ caller, origin }) => callerPrincipal(context, caller, origin)),
    ...[...exposures, ...shared].map((exposure) => gatewayPrincipal(context, exposure)),
    ...allowed.map((entry) => allowedPrincipal(context, target, entry)),
  ].filter((principal) => principal !== undefined);
  if (selector === undefined) return undefined;
  const origin = callers[0]?.origin ?? originOf(target.intent, exposures.length > 0 ? '/expose' : '/allowFrom');
  const name = objectName(context, target, namedOr(target.intent, target.words, 'AuthorizationPolicy'));
  return {
    ...name,
    dryRun: authorization === 'dry-run',
    selector,
    principals: traced<Json>([...new Set(principals)].sort(byCodePoint), origin),
    origin,
  };
}

function callerPrincipal(context: ResolveContext, caller: ServiceTarget, origin: Origin): string | undefined {
  const account = caller.words.workload?.serviceAccount ?? registered(context, caller)?.serviceAccount;
  if (account === undefined) {
    const related = origin.at === undefined ? [] : [{ message: 'it is named as a caller here', at: origin.at }];
    context.report(workloadAccount, { params: { name: caller.intent.name }, at: originOf(caller.intent, '/service').at, related });
    return undefined;
  }
  if (caller.namespace === undefined) {
    context.report(dependencyNamespace, { params: { name: caller.intent.name }, at: originOf(caller.intent, '/service').at });
    return undefined;
  }
  return principal(context, caller.namespace, account);
}

function gatewayPrincipal(context: ResolveContext, { gateway, origin }: Pick<Exposure, 'gateway' | 'origin'>): string | undefined {
  const workload = gatewayWords(gateway.intent).workload ?? {};
  const namespace = workload.namespace ?? (gatewayWords(gateway.intent).external === true ? gateway.namespace : undefined);
  if (workload.serviceAccount !== undefined && namespace !== undefined) return principal(context, namespace, workload.serviceAccount);
  const related = origin.at === undefined ? [] : [{ message: 'a service is exposed on it here', at: origin.at }];
  context.report(gatewayAccount, { params: { name: gateway.intent.name }, at: originOf(gateway.intent, '/gateway').at, related });
  return undefined;
}

function sharedGateways(context: ResolveContext, target: Target): readonly Pick<Exposure, 'gateway' | 'origin'>[] {
  const naming = context.index.gateways.filter((intent) => context.sharedOn(intent).has(target.intent));
  return naming.map((intent) => ({ gateway: gatewayTarget(context, intent), origin: originOf(intent, '/hosts') }));
}

function allowedPrincipal(context: ResolveContext, target: ServiceTarget, entry: Json): string | undefined {
  if (typeof entry === 'string') return entry;
  if (!isObject(entry)) return undefined;
  return principal(context, String(entry.namespace ?? target.namespace ?? ''), String(entry.serviceAccount));
}

/** SPIFFE identity without its scheme, as AuthorizationPolicy's `principals` wants it. */
function principal(context: ResolveContext, namespace: string, account: string): string {
  return `${context.environment.mesh.trustDomain}/ns/${namespace}/sa/${account}`;
}

function labelsOf(context: ResolveContext, target: ServiceTarget, word: string): Traced<JsonObject> | undefined {
  const { workload } = target.words;
  if (workload?.labels !== undefined) return traced(workload.labels, originOf(target.intent, '/workload/labels'));
  const found = registered(context, target);
  if (found !== undefined)
    return traced(found.labels, derived(originOf(target.intent, '/service'), "the pod labels of the registry's Deployment"));
  context.report(workloadLabels, { params: { name: target.intent.name, word }, at: originOf(target.intent, '/service').at });
  return undefined;
}

/** The workload behind a service: of its name, or of its `app` label where each version is a Deployment of its own. */
function registered(
  context: ResolveContext,
  target: ServiceTarget,
): { readonly labels: JsonObject; readonly serviceAccount: string } | undefined {
  const { name } = target.intent;
  const here = context.registry.deployments.filter(
    (one) => one.namespace === undefined || target.namespace === undefined || one.namespace === target.namespace,
  );
  const exact = here.find((one) => one.name === name);
  if (exact !== undefined) return { labels: withoutVersion(exact.labels), serviceAccount: exact.serviceAccount };
  const [first, ...others] = here.filter((one) => one.labels.app === name);
  if (first === undefined || others.some((one) => one.serviceAccount !== first.serviceAccount)) return undefined;
  return { labels: { app: name }, serviceAccount: first.serviceAccount };
}

/** A policy holds for all versions of a service. */
function withoutVersion({ version: _version, ...labels }: JsonObject): JsonObject {
  return labels;
}

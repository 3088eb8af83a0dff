import { type Intent, originOf } from '../model/intent.ts';
import { isObject, type Json } from '../model/json.ts';
import { byCodePoint } from '../model/names.ts';
import { type Origin, traced } from '../model/origin.ts';
import type { ResolvedAuthorizationPolicy } from '../model/resolved.ts';
import { gatewayWords } from '../model/words.ts';
import type { ResolveContext } from './context.ts';
import type { Dependency } from './dependencies.ts';
import { type Exposure, exposuresOf } from './exposures.ts';
import { namedOr, objectName } from './object-name.ts';
import { dependencyNamespace, gatewayAccount, workloadAccount } from './reference-diagnostics.ts';
import type { ServiceTarget, Target } from './service.ts';
import { podLabels, serviceAccount } from './workload.ts';

/** Who calls whom, and which services' routes lead on to others. */
export interface Callers {
  readonly callsOf: (party: Intent) => readonly Dependency[];
  readonly inFront: (reached: Intent) => readonly ServiceTarget[];
}

/** A policy on the callee that admits its callers, the gateways it is exposed on and `allowFrom`; nobody named → no policy. */
export function authorizationOf(
  context: ResolveContext,
  target: ServiceTarget,
  { callsOf, inFront }: Callers,
): ResolvedAuthorizationPolicy | undefined {
  const { authorization } = context.environment;
  if (authorization === undefined) return undefined;
  const asked = [target, ...inFront(target.intent)];
  const callers = asked.flatMap((one) => callsOf(one.intent).filter(({ callee }) => callee === one));
  const exposures = asked.flatMap((one) => exposuresOf(context, one));
  const shared = asked.flatMap((one) => sharedGateways(context, one));
  const allowed = target.words.allowFrom ?? [];
  if (callers.length + exposures.length + shared.length + allowed.length === 0) return undefined;
  const selector = podLabels(context, target, 'authorization');
  const principals = [
    ...callers.map(({ caller, origin }) => callerPrincipal(context, caller, origin)),
    ...[...exposures, ...shared].map((exposure) => gatewayPrincipal(context, exposure)),
    ...allowed.map((entry) => allowedPrincipal(context, target, entry)),
  ].filter((principal) => principal !== undefined);
  if (selector === undefined) return undefined;
  const origin = [...callers, ...exposures, ...shared][0]?.origin ?? originOf(target.intent, '/allowFrom');
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
  const account = serviceAccount(context, caller);
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
  return context.sharing(target.intent).map((intent) => ({ gateway: context.gateway(intent), origin: originOf(intent, '/hosts') }));
}

function allowedPrincipal(context: ResolveContext, target: ServiceTarget, entry: Json): string | undefined {
  if (typeof entry === 'string') return entry;
  if (!isObject(entry)) return undefined;
  const namespace = entry.namespace ?? target.namespace;
  if (typeof namespace === 'string') return principal(context, namespace, String(entry.serviceAccount));
  context.report(dependencyNamespace, { params: { name: target.intent.name }, at: originOf(target.intent, '/allowFrom', 'key').at });
  return undefined;
}

/** SPIFFE identity without its scheme, as AuthorizationPolicy's `principals` wants it. */
function principal(context: ResolveContext, namespace: string, account: string): string {
  return `${context.environment.mesh.trustDomain}/ns/${namespace}/sa/${account}`;
}

import type { Diagnostic } from '../model/diagnostic.ts';
import type { Environment, LoadedEnvironment } from '../model/environment.ts';
import { type Intent, originOf } from '../model/intent.ts';
import type { ManifestOwner } from '../model/manifest.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { ResolvedEnvironment, ResolvedIntent } from '../model/resolved.ts';
import { type Result, result } from '../model/result.ts';
import { sameData } from '../model/same-data.ts';
import { authorizationOf, type Callers } from './authorization.ts';
import { createContext, type ResolveContext } from './context.ts';
import { dependencies, groupByParty, sidecarOf } from './dependencies.ts';
import { destinationRule } from './destination-policy.ts';
import { egressGateway } from './egress.ts';
import { externalEntry, externalRules, reportForeignHosts, withOriginatedTls } from './external.ts';
import { externalVirtualService } from './external-routing.ts';
import { ownGateway } from './gateway.ts';
import { indexIntents } from './index-intents.ts';
import { servicesInFront } from './reached-services.ts';
import { externalHasHosts } from './reference-diagnostics.ts';
import type { ServiceTarget } from './service.ts';
import { serviceVirtualServices } from './service-routing.ts';
import { sharedHosts } from './shared-hosts.ts';
import { withShiftedNamesApart } from './shifted-names.ts';

type Objects = Omit<ResolvedIntent, 'owner' | 'intent'>;

const nothing: Objects = {
  virtualServices: [],
  destinationRules: [],
  gateways: [],
  serviceEntries: [],
  sidecars: [],
  authorizationPolicies: [],
};

/** What intents asked for when they were resolved last: what asks for the same is the same object, so that nobody has to draw or judge it again. */
const resolvedBefore = rememberedFor((_environment: Environment) => new WeakMap<Intent, ResolvedIntent>());

/** Links names, puts inherited words in place and works out what each intent asks the mesh to hold. */
export function resolve({ environment, intents, registry }: LoadedEnvironment): Result<ResolvedEnvironment> {
  const diagnostics: Diagnostic[] = [];
  const context = createContext(indexIntents(environment, intents), registry, diagnostics);
  const calls = dependencies(context);
  const inFront = environment.authorization === undefined ? new Map<Intent, readonly ServiceTarget[]>() : servicesInFront(context);
  const callers: Callers = { callsOf: groupByParty(calls), inFront };
  const known = resolvedBefore(environment);
  const resolved = intents.map((intent): ResolvedIntent => {
    const objects = resolveIntent(context, intent, callers);
    const virtualServices = objects.virtualServices.map(withShiftedNamesApart);
    const now = { owner: ownerOf(intent), intent, ...objects, virtualServices };
    const before = known.get(intent);
    if (before !== undefined && sameData(before, now)) return before;
    known.set(intent, now);
    return now;
  });
  return result({ environment, intents: resolved }, diagnostics);
}

function resolveIntent(context: ResolveContext, intent: Intent, callers: Callers): Objects {
  switch (intent.kind) {
    case 'service':
      return resolveService(context, intent, callers);
    case 'external':
      return resolveExternal(context, intent);
    case 'train':
      return nothing;
    case 'gateway': {
      const gateway = ownGateway(context, intent);
      return { ...nothing, gateways: gateway === undefined ? [] : [gateway], virtualServices: sharedHosts(context, intent) };
    }
  }
}

function resolveService(context: ResolveContext, intent: Intent, callers: Callers): Objects {
  const target = context.service(intent);
  const rule = destinationRule(context, target);
  const sidecar = sidecarOf(context, target, callers.callsOf.get(intent) ?? []);
  const authorization = authorizationOf(context, target, callers);
  return {
    ...nothing,
    virtualServices: serviceVirtualServices(context, target),
    destinationRules: rule === undefined ? [] : [rule],
    sidecars: sidecar === undefined ? [] : [sidecar],
    authorizationPolicies: authorization === undefined ? [] : [authorization],
  };
}

function resolveExternal(context: ResolveContext, intent: Intent): Objects {
  const target = context.external(intent);
  if (target === undefined) {
    context.report(externalHasHosts, { params: { name: intent.name }, at: originOf(intent, '/external').at });
    return nothing;
  }
  const entry = externalEntry(context, target);
  reportForeignHosts(context, target, entry);
  const routing = externalVirtualService(context, withOriginatedTls(context, target));
  const egress = egressGateway(context, target);
  return {
    ...nothing,
    serviceEntries: [entry],
    virtualServices: routing === undefined ? [] : [routing],
    destinationRules: externalRules(context, target),
    gateways: egress === undefined ? [] : [egress],
  };
}

function ownerOf(intent: Intent): ManifestOwner {
  const { kind, name, namespace } = intent;
  const origin = originOf(intent, `/${kind}`);
  return namespace === undefined ? { kind, name, origin } : { kind, name, namespace, origin };
}

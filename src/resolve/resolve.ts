import type { Diagnostic } from '../model/diagnostic.ts';
import type { LoadedEnvironment } from '../model/environment.ts';
import { type Intent, originOf } from '../model/intent.ts';
import type { ManifestOwner } from '../model/manifest.ts';
import type { ResolvedEnvironment, ResolvedIntent } from '../model/resolved.ts';
import { type Result, result } from '../model/result.ts';
import { createContext, type ResolveContext } from './context.ts';
import { authorizationOf, type Dependency, dependencies, sidecarOf } from './dependencies.ts';
import { destinationRule } from './destination-policy.ts';
import { externalEntry, externalRules, reportForeignEntry, withOriginatedTls } from './external.ts';
import { egressGateway, externalVirtualService } from './external-routing.ts';
import { ownGateway, sharedHosts } from './gateway.ts';
import { indexIntents } from './index-intents.ts';
import { externalHasHosts } from './reference-diagnostics.ts';
import { serviceVirtualServices } from './service-routing.ts';

type Objects = Omit<ResolvedIntent, 'owner' | 'intent'>;

const nothing: Objects = {
  virtualServices: [],
  destinationRules: [],
  gateways: [],
  serviceEntries: [],
  sidecars: [],
  authorizationPolicies: [],
};

/** Links names, puts inherited words in place and works out what each intent asks the mesh to hold. */
export function resolve({ environment, intents, registry }: LoadedEnvironment): Result<ResolvedEnvironment> {
  const diagnostics: Diagnostic[] = [];
  const context = createContext(indexIntents(environment, intents), registry, diagnostics);
  const calls = dependencies(context);
  const callsOf = groupByParty(calls);
  const resolved = intents.map(
    (intent): ResolvedIntent => ({ owner: ownerOf(intent), intent, ...resolveIntent(context, intent, callsOf.get(intent) ?? []) }),
  );
  return result({ environment, intents: resolved }, diagnostics);
}

/** The calls a service makes or receives: each intent looks only at its own. */
function groupByParty(calls: readonly Dependency[]): ReadonlyMap<Intent, readonly Dependency[]> {
  const groups = new Map<Intent, Dependency[]>();
  for (const call of calls) {
    for (const party of new Set([call.caller.intent, call.callee.intent])) {
      const group = groups.get(party);
      if (group === undefined) groups.set(party, [call]);
      else group.push(call);
    }
  }
  return groups;
}

function resolveIntent(context: ResolveContext, intent: Intent, calls: readonly Dependency[]): Objects {
  switch (intent.kind) {
    case 'service':
      return resolveService(context, intent, calls);
    case 'external':
      return resolveExternal(context, intent);
    case 'gateway': {
      const gateway = ownGateway(context, intent);
      return { ...nothing, gateways: gateway === undefined ? [] : [gateway], virtualServices: sharedHosts(context, intent) };
    }
  }
}

function resolveService(context: ResolveContext, intent: Intent, calls: readonly Dependency[]): Objects {
  const target = context.service(intent);
  const rule = destinationRule(context, target);
  const sidecar = sidecarOf(context, target, calls);
  const authorization = authorizationOf(context, target, calls);
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
  reportForeignEntry(context, target);
  const routing = externalVirtualService(context, withOriginatedTls(context, target));
  const egress = egressGateway(context, target);
  return {
    ...nothing,
    serviceEntries: [externalEntry(context, target)],
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

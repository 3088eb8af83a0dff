import type { Diagnostic } from '../model/diagnostic.ts';
import type { Environment, LoadedEnvironment } from '../model/environment.ts';
import { type Intent, originOf } from '../model/intent.ts';
import type { ManifestOwner } from '../model/manifest.ts';
import { rememberedByReads, withFollowers } from '../model/recorded-reads.ts';
import { rememberedFor } from '../model/remembered-for.ts';
import type { ResolvedEnvironment, ResolvedIntent } from '../model/resolved.ts';
import { type Result, result } from '../model/result.ts';
import { sameData } from '../model/same-data.ts';
import { authorizationOf, type Callers } from './authorization.ts';
import { type ResolveContext, type ResolveWorld, resolveWorld, type Told, targetFindings, told } from './context.ts';
import { type Dependency, dependenciesOf, groupByParty, sidecarOf } from './dependencies.ts';
import { destinationRule } from './destination-policy.ts';
import { egressGateway } from './egress.ts';
import { externalEntry, externalRules, reportForeignHosts, withOriginatedTls } from './external.ts';
import { externalVirtualService } from './external-routing.ts';
import { ownGateway } from './gateway.ts';
import { servicesReached } from './reached-services.ts';
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

/** Links names, puts inherited words in place and works out what each intent asks the mesh to hold. `followed`: others are resolved that are much alike. */
export function resolve(loaded: LoadedEnvironment, followed = false): Result<ResolvedEnvironment> {
  const { environment, intents } = loaded;
  const world = resolveWorld(loaded);
  const services = intents.filter(({ kind }) => kind === 'service');
  if (followed) withFollowers(world);
  const calls = services.map((service) => dependenciesOf(service, world));
  const reached = environment.authorization === undefined ? [] : services.map((service) => servicesReached(service, world));
  const whole: Resolution = {
    world,
    callers: callersAmong(
      calls.flatMap(({ value }) => value),
      services,
      reached,
      world,
    ),
  };
  if (followed) withFollowers(whole);
  const known = resolvedBefore(environment);
  const resolved = intents.map((intent) => {
    const { value: now, diagnostics } = resolvedIn(intent, whole);
    const before = known.get(intent);
    const value = before !== undefined && sameData(before, now) ? before : now;
    known.set(intent, value);
    return { value, diagnostics };
  });
  const own = [...intents].sort((a, b) => Number(a.kind === 'external') - Number(b.kind === 'external'));
  const diagnostics = [
    ...own.flatMap((intent) => targetFindings(environment, intent)),
    ...onceEach([...calls, ...reached, ...resolved].flatMap((one) => one.diagnostics)),
  ];
  return result({ environment, intents: resolved.map(({ value }) => value) }, diagnostics);
}

/** All that an intent is resolved from, besides what it says itself. */
interface Resolution {
  readonly world: ResolveWorld;
  readonly callers: Callers;
}

const resolvedIn = rememberedByReads(
  (intent: Intent, { world, callers }: Resolution): Told<ResolvedIntent> =>
    told(world, (context) => {
      const objects = resolveIntent(context, intent, callers);
      const virtualServices = objects.virtualServices.map(withShiftedNamesApart);
      return { owner: ownerOf(intent), intent, ...objects, virtualServices };
    }),
);

/** `reached` are the services that each of the services leads to. */
function callersAmong(
  calls: readonly Dependency[],
  services: readonly Intent[],
  reached: readonly Told<ReadonlySet<Intent>>[],
  world: ResolveWorld,
): Callers {
  const byParty = groupByParty(calls);
  const inFront = new Map<Intent, ServiceTarget[]>();
  for (const [i, front] of services.entries()) {
    for (const one of reached[i]?.value ?? []) {
      const known = inFront.get(one);
      if (known === undefined) inFront.set(one, [world.service(front)]);
      else known.push(world.service(front));
    }
  }
  return { callsOf: (party) => byParty.get(party) ?? [], inFront: (one) => inFront.get(one) ?? [] };
}

/** One mistake in a shared part (a service that many routes lead to) is one finding. */
function onceEach(all: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const one of all) {
    const key = JSON.stringify([one.code, one.message, one.at]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
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
  const sidecar = sidecarOf(context, target, callers.callsOf(intent));
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

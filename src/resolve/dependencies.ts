import { type Intent, originOf } from '../model/intent.ts';
import { byCodePoint } from '../model/names.ts';
import { derived, type Origin, type Traced, traced } from '../model/origin.ts';
import { rememberedByReads } from '../model/recorded-reads.ts';
import type { ResolvedSidecar } from '../model/resolved.ts';
import { type ResolveContext, type ResolveWorld, type Told, told } from './context.ts';
import { namedOr, objectName } from './object-name.ts';
import { knownDependency } from './reference-diagnostics.ts';
import type { ExternalTarget, ServiceTarget } from './service.ts';
import { podLabels } from './workload.ts';

/** A service or external that a service calls. */
export interface Dependency {
  readonly caller: ServiceTarget;
  readonly callee: ServiceTarget | ExternalTarget;
  readonly origin: Origin;
}

/** Every `dependsOn` entry of a service, linked; an unknown name is a finding. */
export const dependenciesOf = rememberedByReads(
  (intent: Intent, world: ResolveWorld): Told<readonly Dependency[]> => told(world, (context) => linked(context, context.service(intent))),
);

function linked(context: ResolveContext, caller: ServiceTarget): readonly Dependency[] {
  return (caller.words.dependsOn ?? []).flatMap((name, i): readonly Dependency[] => {
    const origin = originOf(caller.intent, `/dependsOn/${i}`);
    const service = context.index.find('service', name, caller.namespace);
    const external = service === undefined ? context.index.find('external', name, caller.namespace) : undefined;
    const callee = service !== undefined ? context.service(service) : external !== undefined ? context.external(external) : undefined;
    if (callee !== undefined) return [{ caller, callee, origin }];
    if (external === undefined) {
      const hints = [...context.index.hints('service', name), ...context.index.hints('external', name)].slice(0, 1);
      context.report(knownDependency, { params: { name }, at: origin.at, hints });
    }
    return [];
  });
}

/** The calls a service makes or receives: each intent looks only at its own. */
export function groupByParty(calls: readonly Dependency[]): ReadonlyMap<Intent, readonly Dependency[]> {
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

/** A Sidecar that lets a service see just what it says it calls; a service that says nothing is left unrestricted. */
export function sidecarOf(context: ResolveContext, target: ServiceTarget, all: readonly Dependency[]): ResolvedSidecar | undefined {
  if (!context.environment.sidecars || target.words.dependsOn === undefined) return undefined;
  const labels = podLabels(context, target, 'sidecars');
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

import type { RegistryWorkload } from '../model/environment.ts';
import { originOf } from '../model/intent.ts';
import type { JsonObject } from '../model/json.ts';
import { derived, type Traced, traced } from '../model/origin.ts';
import type { ResolveContext } from './context.ts';
import { workloadLabels } from './reference-diagnostics.ts';
import type { ServiceTarget } from './service.ts';

/** The pod labels of a service: its own words, or the registry's Deployment; a guess could select none, or all. */
export function podLabels(context: ResolveContext, target: ServiceTarget, word: string): Traced<JsonObject> | undefined {
  const { workload } = target.words;
  if (workload?.labels !== undefined) return traced(workload.labels, originOf(target.intent, '/workload/labels'));
  const found = registered(context, target);
  if (found !== undefined)
    return traced(found.labels, derived(originOf(target.intent, '/service'), "the pod labels of the registry's Deployment"));
  context.report(workloadLabels, { params: { name: target.intent.name, word }, at: originOf(target.intent, '/service').at });
  return undefined;
}

export function serviceAccount(context: ResolveContext, target: ServiceTarget): string | undefined {
  return target.words.workload?.serviceAccount ?? registered(context, target)?.serviceAccount;
}

/** The workload behind a service: of its name, or of its `app` label where each version is a Deployment of its own. */
function registered(
  { workloads }: ResolveContext,
  target: ServiceTarget,
): { readonly labels: JsonObject; readonly serviceAccount: string } | undefined {
  const { name } = target.intent;
  const here = (one: RegistryWorkload) =>
    one.namespace === undefined || target.namespace === undefined || one.namespace === target.namespace;
  const exact = workloads.named(name).find(here);
  if (exact !== undefined) return { labels: withoutVersion(exact.labels), serviceAccount: exact.serviceAccount };
  const [first, ...others] = workloads.ofApp(name).filter(here);
  if (first === undefined || others.some((one) => one.serviceAccount !== first.serviceAccount)) return undefined;
  return { labels: { app: name }, serviceAccount: first.serviceAccount };
}

/** A policy holds for all versions of a service. */
function withoutVersion({ version: _version, ...labels }: JsonObject): JsonObject {
  return labels;
}

import { metricsSources } from '../../metrics/providers.ts';
import type { LoadedEnvironment } from '../../model/environment.ts';
import { prometheusServersOf } from '../../model/gates.ts';
import type { MetricsSource } from '../../model/measurement.ts';
import type { Seconds } from '../../model/rollout.ts';
import { evidenceFor, gateRequests, liveRequests, liveSinceOf } from '../../pipelines/rollouts/rollout-gates.ts';
import type { RolloutEntry } from '../../pipelines/rollouts/rollout-moves.ts';
import type { RolloutFacts } from '../../pipelines/rollouts/rollout-situation.ts';
import type { CliContext } from '../cli-context.ts';
import { proxiedFetch } from '../proxied-fetch.ts';

/** Asks metrics servers; tests have their own. */
export type Sources = ReadonlyMap<string, MetricsSource>;

export function sourcesOf({ environment }: LoadedEnvironment, { variables }: CliContext, isNow: boolean): Sources {
  return metricsSources(
    { prometheus: prometheusServersOf(environment) },
    { variables, compareClocks: isNow, fetch: proxiedFetch(variables) },
  );
}

/** Since when a rollout is live, and what its gates say now. What can't be asked is not known, and never passes. `reported` is since when the GitOps engine says so. */
export async function measured(
  loaded: LoadedEnvironment,
  entry: RolloutEntry,
  sources: Sources,
  now: Seconds,
  reported?: Seconds,
): Promise<Pick<RolloutFacts, 'evidence' | 'liveSince'>> {
  const { plan, mergedAt } = entry.state;
  const since =
    plan.live.kind === 'gate' ? await liveSinceOfGate(loaded, entry, sources, now) : plan.live.kind === 'merge' ? mergedAt : reported;
  const live = since === undefined ? {} : { liveSince: since };
  const requests = gateRequests(loaded, { ...entry, state: { ...entry.state, ...live } }, now);
  const evidence = [];
  for (const request of requests) {
    const source = sources.get(request.definition.provider);
    if (source !== undefined) evidence.push(evidenceFor(request, await source.measure(request.queries, now), now));
  }
  return { ...live, evidence };
}

async function liveSinceOfGate(
  loaded: LoadedEnvironment,
  entry: RolloutEntry,
  sources: Sources,
  now: Seconds,
): Promise<Seconds | undefined> {
  const requests = liveRequests(loaded, entry, now);
  if (requests === undefined) return undefined;
  const answers = [];
  for (const { definition, ranges } of requests) {
    const source = sources.get(definition.provider);
    answers.push(source === undefined ? [] : await source.measureRange(ranges));
  }
  return liveSinceOf(requests, answers);
}

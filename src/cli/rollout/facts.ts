import type { LoadedEnvironment } from '../../model/environment.ts';
import { keyIn } from '../../model/pull-request.ts';
import { type Result, success } from '../../model/result.ts';
import type { PromotionStage, Seconds } from '../../model/rollout.ts';
import { keySubject } from '../../pipelines/propose/propose.ts';
import type { ReadRollouts } from '../../pipelines/rollouts/read-rollouts.ts';
import { evidenceFor, readinessRequest } from '../../pipelines/rollouts/rollout-gates.ts';
import type { RolloutEntry } from '../../pipelines/rollouts/rollout-moves.ts';
import { type RolloutSituation, readinessFault, situationOf, upstreamFacts } from '../../pipelines/rollouts/rollout-situation.ts';
import type { BaseRollouts } from './base-rollouts.ts';
import { landingOf } from './landing.ts';
import { measured, type Sources } from './measure-gates.ts';
import { type OpenPull, openPull } from './open-pull.ts';
import { readAsApplied } from './rollouts-in.ts';

export interface FactsRequest {
  readonly base: BaseRollouts;
  readonly read: ReadRollouts;
  readonly entry: RolloutEntry;
  readonly sources: Sources;
  readonly now: Seconds;
  /** A version that is asked for. */
  readonly asked?: string;
  /** Where a version has to be stable first, if not where `order:` says. */
  readonly from?: PromotionStage;
  /** Rollouts that this run has begun already. */
  readonly begun?: number;
  /** What is wrong with the environment's inputs, in short. */
  readonly errors?: string;
}

export interface KnownSituation extends Pick<OpenPull, 'pull'> {
  readonly situation: RolloutSituation;
}

/** Everything that a decision rests on, asked for now: the forge once, metrics servers as often as there are gates. */
export async function situationNow({
  base,
  read,
  entry: merged,
  sources,
  now,
  asked,
  from,
  begun = 0,
  errors,
}: FactsRequest): Promise<Result<KnownSituation>> {
  const { loaded, entries } = read;
  const { entry, reported } = await landingOf(base, merged);
  const upstream = from ?? read.upstream;
  const key = keyIn(base.session.repository.prefix, { environment: loaded.environment.name, subject: keySubject(entry.subject) });
  const open = await openPull(base.session.forge, key);
  if (open.value === undefined) return open;
  const { pull, around } = open.value;
  const before =
    upstream === undefined
      ? undefined
      : await readAsApplied(
          base,
          upstream.environment,
          entry.state.members.map(({ service }) => service),
        );
  const facts = upstream === undefined ? [] : upstreamFacts(upstream, before, entry.state, asked);
  const known = await measured(loaded, entry, sources, now, reported);
  const wrong = errors === undefined ? {} : { errors };
  const seen = situationOf(loaded, entry, entries, { now, ...known, around: { ...around, ...wrong, upstream: facts } });
  const unready = await unreadyNow(loaded, entry, sources, now, seen, asked);
  const situation = { ...seen, surroundings: { ...seen.surroundings, unready } };
  const otherActive = situation.surroundings.otherActive + begun;
  return success({
    situation: { ...situation, surroundings: { ...situation.surroundings, otherActive } },
    ...(pull === undefined ? {} : { pull }),
  });
}

/** Members of which it is not known that the version they move to has ready pods: the registry shows none, or the plan's gate for that does not pass. */
async function unreadyNow(
  loaded: LoadedEnvironment,
  entry: RolloutEntry,
  sources: Sources,
  now: Seconds,
  { surroundings, state }: RolloutSituation,
  asked: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const unready = new Map(surroundings.unready);
  for (const [i, { service, canary, target }] of state.members.entries()) {
    const version = asked ?? canary?.version ?? target ?? state.queued;
    if (version === undefined || (canary?.percent ?? 0) > 0 || state.plan.readiness.kind === 'assumed') continue;
    const fault = readinessFault(loaded.intents, loaded.registry, service, version);
    if (fault !== undefined) unready.set(service, fault);
    else unready.delete(service);
    const request = readinessRequest(loaded, entry, i, version);
    const source = request === undefined ? undefined : sources.get(request.definition.provider);
    if (request === undefined) continue;
    const answers = source === undefined ? [] : await source.measure(request.queries, now);
    const { evidence } = evidenceFor(request, answers, now);
    if (evidence.outcome !== 'pass') unready.set(service, `gate ${evidence.gate} of ${service}: ${evidence.outcome}, ${evidence.detail}`);
  }
  return unready;
}

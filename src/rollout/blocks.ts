import type { GateDefinition, GateEvidence, RolloutBlock, RolloutMember, RolloutState, RolloutStep, Seconds } from '../model/rollout.ts';
import { freezeAt } from './freeze-windows.ts';
import type { RolloutSituation } from './situation.ts';
import { movingMembers } from './steps.ts';

/** How far a committer's clock may be ahead of ours. */
const clockSkew = 60;

/** What keeps every move but a rollback from being made now. */
export function standingBlocks({ state, now, guardrails, surroundings }: RolloutSituation): readonly RolloutBlock[] {
  const blocks: RolloutBlock[] = [];
  if (surroundings.errors !== undefined) blocks.push({ kind: 'errors', reason: `the environment has errors: ${surroundings.errors}` });
  const { hold } = state.plan;
  if (hold !== undefined) blocks.push({ kind: 'hold', reason: `held${hold.reason === undefined ? '' : `: ${hold.reason}`}` });
  const { foreignPullRequest } = surroundings;
  if (foreignPullRequest !== undefined)
    blocks.push({ kind: 'open-pull-request', reason: `${foreignPullRequest} is open and a person's: merge or close it` });
  const freeze = freezeAt(guardrails.freeze, now);
  if (freeze !== undefined)
    blocks.push({ kind: 'freeze', reason: freeze.reason, ...(freeze.until === undefined ? {} : { until: freeze.until }) });
  const isDated = state.members.some(({ canary, previous }) => canary !== undefined || previous !== undefined);
  if (isDated && state.mergedAt !== undefined && state.mergedAt > now + clockSkew)
    blocks.push({
      kind: 'clock',
      reason: 'the commit that set this step is dated in the future: a clock is wrong, here or there',
      until: state.mergedAt,
    });
  for (const { service } of state.members) {
    const other = surroundings.claimedBy.get(service);
    if (other !== undefined) blocks.push({ kind: 'hold', reason: `${service} is moved by ${other}` });
  }
  return blocks;
}

/** What keeps something new from being put on top of what was merged last. */
export function liveBlocks({ plan, liveSince, mergedAt, notLive }: RolloutState): readonly RolloutBlock[] {
  if (liveSince !== undefined) return [];
  const { live } = plan;
  if (notLive !== undefined) return [{ kind: 'not-live', reason: `merged, but ${notLive}` }];
  if (mergedAt === undefined) return [{ kind: 'not-live', reason: 'it is not known when this step was merged' }];
  if (live.kind === 'gate') return [{ kind: 'not-live', reason: `merged, but gate ${live.gate} does not show it live yet` }];
  return [
    { kind: 'not-live', reason: live.kind === 'status' ? `merged, but ${live.context} does not report it live yet` : 'not merged yet' },
  ];
}

/** What keeps a step from being followed by the next: how long it has to stand, and what has to be measured. */
export function stepBlocks(situation: RolloutSituation, step: RolloutStep): readonly RolloutBlock[] {
  const { state, now } = situation;
  const { liveSince } = state;
  if (liveSince === undefined) return liveBlocks(state);
  const blocks: RolloutBlock[] = [];
  const soaked = liveSince + step.soak;
  if (soaked > now) blocks.push({ kind: 'soak', reason: `soaks for ${lengthWords(step.soak)}`, until: soaked });
  for (const member of movingMembers(state)) {
    for (const name of gatesFor(member, step)) {
      const block = gateBlock(situation, member.service, name, liveSince);
      if (block !== undefined) blocks.push(block);
    }
  }
  return blocks;
}

/** Nothing is measured of a version that gets neither requests nor copies. */
export function gatesFor({ canary }: RolloutMember, step: RolloutStep): readonly string[] {
  return canary === undefined || (canary.percent === 0 && canary.mirror === 0) ? [] : step.gates;
}

function gateBlock(situation: RolloutSituation, service: string, name: string, liveSince: Seconds): RolloutBlock | undefined {
  const { now, gates, state } = situation;
  const definition = gates.get(name);
  const who = state.members.length > 1 ? ` of ${service}` : '';
  if (definition === undefined) return { kind: 'gate', reason: `gate ${name}${who}: no gate of this name is defined` };
  const warm = liveSince + definition.warmUp;
  if (warm > now) return { kind: 'warm-up', reason: `gate ${name}${who} is asked after ${lengthWords(definition.warmUp)}`, until: warm };
  const seen = evidenceOf(situation, service, definition);
  if (seen === undefined) return { kind: 'gate', reason: `gate ${name}${who}: nothing was measured` };
  return seen.outcome === 'pass' ? undefined : { kind: 'gate', reason: `gate ${name}${who}: ${seen.outcome}, ${seen.detail}` };
}

/** How old a measurement may be and still count. */
const freshness = 600;

/** The evidence that counts: of this gate as it is defined now, measured lately, and after the step has warmed up. */
export function evidenceOf(
  { evidence, state, now }: RolloutSituation,
  service: string,
  { name, warmUp }: GateDefinition,
): GateEvidence | undefined {
  const since = state.liveSince ?? state.mergedAt ?? now;
  const measured = evidence.filter((one) => one.service === service && one.evidence.gate === name).map((one) => one.evidence);
  return measured.findLast(({ at }) => at >= since + warmUp && at >= now - freshness && at <= now + clockSkew);
}

/** What keeps requests from being moved to a version: guardrails, environments upstream, and that nobody knows whether it has pods. */
export function shiftBlocks(
  situation: RolloutSituation,
  { service, version, from, to }: { readonly service: string; readonly version: string; readonly from: number; readonly to: number },
): readonly RolloutBlock[] {
  const { state, guardrails, surroundings } = situation;
  const blocks: RolloutBlock[] = [];
  const { maxShift = 100 } = guardrails;
  if (Math.abs(to - from) > maxShift)
    blocks.push({ kind: 'max-shift', reason: `from ${from} % to ${to} % is more than the ${maxShift} % that one pull request may move` });
  blocks.push(...upstreamBlocks(situation, service, version));
  const unready = surroundings.unready.get(service);
  if (from === 0 && to > 0 && state.plan.readiness.kind !== 'assumed' && unready !== undefined)
    blocks.push({ kind: 'not-ready', reason: unready });
  return blocks;
}

function upstreamBlocks({ surroundings, now }: RolloutSituation, service: string, version: string): readonly RolloutBlock[] {
  return surroundings.upstream
    .filter((fact) => fact.service === service && fact.version === version)
    .flatMap(({ environment, stableSince, soak }): readonly RolloutBlock[] => {
      if (stableSince === undefined) return [{ kind: 'upstream', reason: `${version} is not stable in ${environment}` }];
      const until = stableSince + soak;
      return until > now
        ? [{ kind: 'upstream', reason: `${version} has to be stable in ${environment} for ${lengthWords(soak)}`, until }]
        : [];
    });
}

/** What keeps a further rollout from being begun. */
export function startBlocks({ guardrails, surroundings }: RolloutSituation): readonly RolloutBlock[] {
  const { maxActiveRollouts: most } = guardrails;
  if (most === undefined || surroundings.otherActive < most) return [];
  const { otherActive: count } = surroundings;
  return [{ kind: 'limit', reason: `${count} rollout${count === 1 ? ' is' : 's are'} on the way, and no more than ${most} may be` }];
}

/** '30m', '1h30m', '36h': as durations are written. */
export function lengthWords(length: Seconds): string {
  const [hours, minutes] = [Math.floor(length / 3600), Math.floor((length % 3600) / 60)];
  const seconds = Math.round((length % 60) * 1000) / 1000;
  const text = `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes}m` : ''}${seconds > 0 ? `${seconds}s` : ''}`;
  return text === '' ? '0s' : text;
}

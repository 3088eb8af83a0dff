/**
 * The page of verdicts that a commit records: judged again, and held against the base branch that it was made from.
 *
 *   trailers ──parse──▶ evidence ──judge again──▶ does it hold? ──and is it what the base branch asks?
 */
import type { LoadedEnvironment } from '../../model/environment.ts';
import { type Json, stableJson } from '../../model/json.ts';
import type { MetricQuery } from '../../model/measurement.ts';
import type { GateEvidence, GateSubject } from '../../model/rollout.ts';
import { evidenceHolds, parseEvidence } from '../../rollout/gates/evidence-text.ts';
import { turnOf } from '../../rollout/steps.ts';
import { type GateRequest, gateRequests } from './rollout-gates.ts';
import type { RolloutEntry } from './rollout-moves.ts';

/** A recorded line of evidence, and whether its verdict is the one that its numbers lead to. */
export function judgeAgain(line: string): { readonly evidence?: GateEvidence; readonly holds: boolean; readonly fault?: string } {
  const read = parseEvidence(line);
  if ('newer' in read) return { holds: false, fault: `a newer release wrote it (schema ${read.newer})` };
  return 'unreadable' in read ? { holds: false, fault: read.unreadable } : { evidence: read.evidence, holds: evidenceHolds(read.evidence) };
}

/**
 * The same for all that a commit records, held against the base branch that it was made from: gates, thresholds, subjects and queries have to be those
 * that follow from the intents there. A step forward needs each of its gates, passed.
 */
export function judgeRecord(
  lines: readonly string[],
  loaded: LoadedEnvironment,
  entry: RolloutEntry | undefined,
  step: string | undefined,
): readonly { readonly evidence?: GateEvidence; readonly holds: boolean; readonly fault?: string }[] {
  const asked =
    entry === undefined ? [] : gateRequests(loaded, { ...entry, state: { ...entry.state, liveSince: 0 } }, Number.MAX_SAFE_INTEGER);
  const unlive =
    entry === undefined ? [] : gateRequests(loaded, { ...entry, state: { ...entry.state, mergedAt: 0 } }, Number.MAX_SAFE_INTEGER);
  const judged = lines.map((line) => {
    const one = judgeAgain(line);
    const fault = one.evidence === undefined ? undefined : strangeness(one.evidence, [...asked, ...unlive]);
    return fault === undefined ? one : { ...one, holds: false, fault };
  });
  const isForward =
    entry !== undefined && /^(canary|mirror)-|^finish/.test(step ?? '') && !entry.state.hasNext && turnOf(entry.state).isAligned;
  const missing = (isForward ? asked : []).flatMap(({ service, definition, subject }) => {
    const own = judged.filter(({ evidence }) => evidence?.gate === definition.name && evidence.subject.service === subject.service);
    const named = `gate ${definition.name} of ${service}`;
    if (own.length !== 1) return [{ holds: false, fault: `${named} is recorded ${own.length} times, and has to be once` }];
    return own[0]?.evidence?.outcome === 'pass' ? [] : [{ holds: false, fault: `${named} did not pass, and the step was proposed` }];
  });
  return [...judged, ...missing];
}

/** What of recorded evidence does not follow from the base branch; since when the step is live is known to the history alone. */
function strangeness({ gate, definition, subject, queries }: GateEvidence, asked: readonly GateRequest[]): string | undefined {
  const request = asked.find((one) => one.definition.name === gate && one.subject.service === subject.service);
  if (request === undefined) return 'the base branch asks no such gate at this step';
  if (inOrder(definition) !== inOrder(request.definition)) return 'the base branch defines the gate otherwise';
  const timeless = ({ liveSince: _, ...rest }: GateSubject): string => inOrder(rest);
  if (timeless(subject) !== timeless(request.subject)) return 'the base branch is at another step';
  const texts = (all: readonly MetricQuery[]): string => inOrder(all.map(({ purpose, query }) => `${purpose} ${query}`).sort());
  return texts(queries) === texts(request.queries) ? undefined : 'other queries were asked than the gate makes';
}

/** The same text for the same words, in whichever order. */
function inOrder(value: object): string {
  const json: Json = JSON.parse(JSON.stringify(value));
  return stableJson(json);
}

export { printEvidence } from '../../rollout/gates/evidence-text.ts';

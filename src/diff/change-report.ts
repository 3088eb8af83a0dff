import type { ChangeReport, ReportedFailure, ReportedIntent, ReportedObject } from '../model/change-report.ts';
import { listWords } from '../model/names.ts';
import type { FileTree } from '../model/source.ts';
import { pruneWave } from '../model/sync-wave.ts';
import { isUnsimulated } from './compare-objects.ts';
import type { ChangedObject } from './partial-objects.ts';
import type { PhasePlan, PlannedPhase, Step } from './plan-phases.ts';
import { mostObjects } from './state-cover.ts';

interface Reported {
  readonly files: FileTree;
  readonly changes: readonly ReportedIntent[];
}

/** A plan as it is told; without the old intents nothing can be split. */
export function changeReport(plan: PhasePlan<Reported>, canSplit: boolean): ChangeReport {
  const { direct, phases = [], failing } = plan;
  const objects = direct.states.changes.map(reportedObject);
  const failure = failureOf(direct);
  const refusal = failing === undefined || failing === direct ? undefined : failureOf(failing);
  const steps = phases.length > 0 ? phases.map(({ step }) => step) : [direct];
  const notes = [...new Set([direct, ...steps].flatMap(limitsOf)), ...unsimulatedIn(direct)];
  return {
    verdict: verdictOf(plan, canSplit),
    objects,
    ...(failure === undefined ? {} : { failure }),
    ...(refusal === undefined ? {} : { refusal }),
    phases: objects.length === 0 ? [] : phases.map(reportedPhase),
    isComplete: notes.length === 0,
    notes,
  };
}

function verdictOf({ direct, phases }: PhasePlan<Reported>, canSplit: boolean): ChangeReport['verdict'] {
  if (direct.states.changes.length === 0) return 'unchanged';
  if (phases === undefined) return canSplit ? 'refused' : 'unsplit';
  if (phases.length > 1) return 'phased';
  return phases[0]?.step.waves === undefined ? 'safe' : 'safe-in-waves';
}

function reportedPhase({ name, step, from }: PlannedPhase<Reported>): ChangeReport['phases'][number] {
  return { name, objects: reportedObjects(step), intents: from.changes, files: from.files };
}

/** In the order of waves, where that is what is safe. */
function reportedObjects({ states: { changes }, waves }: Step): readonly ReportedObject[] {
  if (waves === undefined) return changes.map(reportedObject);
  return changes
    .map((change, i) => ({ object: reportedObject(change), wave: waves[i] ?? 0 }))
    .toSorted((a, b) => (a.wave === b.wave ? 0 : a.wave - b.wave))
    .map(({ object, wave }) => ({ ...object, wave: wave === pruneWave ? 'last' : wave }));
}

function reportedObject({ id, before, after }: ChangedObject): ReportedObject {
  return { id, action: before === undefined ? 'create' : after === undefined ? 'delete' : 'update' };
}

function failureOf({ states: { unsafe }, tooEarly }: Step): ReportedFailure | undefined {
  if (unsafe !== undefined) return { kind: 'request', ...unsafe };
  return tooEarly.length === 0 ? undefined : { kind: 'narrowing', objects: tooEarly };
}

function limitsOf({ states: { sampled, undecided } }: Step): readonly string[] {
  return [
    ...sampled.map(
      (size) =>
        `${size} objects have a say in the same requests: of more than ${mostObjects} not every partial state is looked at, but those with one or two objects applied, with one or two missing, and those in which all of one kind move together`,
    ),
    ...(undecided
      ? ['some conditions on requests could not be decided together: requests that only these tell apart were not looked at']
      : []),
  ];
}

/** What they do to requests is not known, in no state. */
function unsimulatedIn({ states: { changes } }: Step): readonly string[] {
  const ids = changes
    .filter(({ before, after }) => [before, after].some((one) => one !== undefined && isUnsimulated(one)))
    .map(({ id }) => id);
  return ids.length === 0
    ? []
    : [
        `${listWords(ids)} ${ids.length === 1 ? 'acts' : 'act'} on requests in ways that are not simulated: whether any is answered otherwise meanwhile is not known`,
      ];
}

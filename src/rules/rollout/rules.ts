import type { Rule } from '../rule.ts';
import type { IntentSubject } from '../subjects.ts';
import { freezeOccurs } from './freeze-occurs.ts';
import { gateBoundInUnit } from './gate-bound-in-unit.ts';
import { knownGate } from './known-gate.ts';
import { knownGateMeasure } from './known-gate-measure.ts';
import { knownMetricsServer } from './known-metrics-server.ts';
import { knownPreviousVersion } from './known-previous-version.ts';
import { knownTrainMembers } from './known-train-members.ts';
import { lastStepIsEverything } from './last-step-is-everything.ts';
import { liveGateObservesShare } from './live-gate-observes-share.ts';
import { nothingForbidden } from './nothing-forbidden.ts';
import { providersMoveFirst } from './providers-move-first.ts';
import { readableFreeze } from './readable-freeze.ts';
import { requiredWordsSaid } from './required-words-said.ts';
import { rolloutHasSteps } from './rollout-has-steps.ts';
import { stepsGrow } from './steps-grow.ts';
import { stepsWithinMaxShift } from './steps-within-max-shift.ts';
import { trainOrderNamesEach } from './train-order-names-each.ts';
import { wayBackFalls } from './way-back-falls.ts';
import { zeroStepsDiffer } from './zero-steps-differ.ts';

/** What holds for plans of rollouts, gates, guardrails and trains as they are written. Phases of a change are none of their business. */
export const rolloutRules: readonly Rule<IntentSubject>[] = [
  rolloutHasSteps,
  stepsGrow,
  zeroStepsDiffer,
  lastStepIsEverything,
  wayBackFalls,
  knownGate,
  liveGateObservesShare,
  knownGateMeasure,
  knownMetricsServer,
  gateBoundInUnit,
  knownPreviousVersion,
  knownTrainMembers,
  trainOrderNamesEach,
  providersMoveFirst,
  readableFreeze,
  freezeOccurs,
  stepsWithinMaxShift,
  nothingForbidden,
  requiredWordsSaid,
];

import type { ManifestRule } from '../../manifest-rule.ts';
import { callersApartFromGateways } from './callers-apart-from-gateways.ts';
import { controllerMovesEachSplit } from './controller-moves-each-split.ts';
import { eachShareIsWritten } from './each-share-is-written.ts';
import { everySplitIsShifted } from './every-split-is-shifted.ts';
import { faultApartFromTimeout } from './fault-apart-from-timeout.ts';
import { faultForSomeCallers } from './fault-for-some-callers.ts';
import { faultHasPercentage } from './fault-has-percentage.ts';
import { gatewayFollowsTheMesh } from './gateway-follows-the-mesh.ts';
import { hashWithinOneVersion } from './hash-within-one-version.ts';
import { loneDestinationTakesAll } from './lone-destination-takes-all.ts';
import { outliersLeaveACanary } from './outliers-leave-a-canary.ts';
import { portPolicyIsWhole } from './port-policy-is-whole.ts';
import { resolvedForGatewaysAndSubsets } from './resolved-for-gateways-and-subsets.ts';
import { rewriteKeepsSlash } from './rewrite-keeps-slash.ts';
import { rolloutNamesWhatItShifts } from './rollout-names-what-it-shifts.ts';
import { routesFitPorts } from './routes-fit-ports.ts';
import { subsetChoosesAmongPods } from './subset-chooses-among-pods.ts';
import { tlsModesAgree } from './tls-modes-agree.ts';
import { tlsOriginatedOnce } from './tls-originated-once.ts';
import { triesFitIntoTimeout } from './tries-fit-into-timeout.ts';
import { weightsReadAsPercentages } from './weights-read-as-percentages.ts';

/** What is legal and rarely meant. */
export const hazardsRules: readonly ManifestRule[] = [
  faultHasPercentage,
  faultForSomeCallers,
  faultApartFromTimeout,
  hashWithinOneVersion,
  outliersLeaveACanary,
  gatewayFollowsTheMesh,
  loneDestinationTakesAll,
  weightsReadAsPercentages,
  eachShareIsWritten,
  portPolicyIsWhole,
  subsetChoosesAmongPods,
  routesFitPorts,
  tlsOriginatedOnce,
  resolvedForGatewaysAndSubsets,
  rewriteKeepsSlash,
  triesFitIntoTimeout,
  tlsModesAgree,
  callersApartFromGateways,
  everySplitIsShifted,
  rolloutNamesWhatItShifts,
  controllerMovesEachSplit,
];

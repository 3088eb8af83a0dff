import { claimsReachAGateway } from './intent/claims-reach-a-gateway.ts';
import { cookieOfItsOwn } from './intent/cookie-of-its-own.ts';
import { cookiesApart } from './intent/cookies-apart.ts';
import { joinedExposureHosts } from './intent/joined-exposure-hosts.ts';
import { noOverlappingExposures } from './intent/no-overlapping-exposures.ts';
import { pinInForce } from './intent/pin-in-force.ts';
import { pinsNotOverruled } from './intent/pins-not-overruled.ts';
import { portsKeepHostPolicy } from './intent/ports-keep-host-policy.ts';
import { stickyInMesh } from './intent/sticky-in-mesh.ts';
import { stickyOnHttp } from './intent/sticky-on-http.ts';
import { stickyReachesAGateway } from './intent/sticky-reaches-a-gateway.ts';
import { tlsClientsUseOneName } from './intent/tls-clients-use-one-name.ts';
import { twoVersionsToShiftBetween } from './intent/two-versions-to-shift-between.ts';
import { weightsHaveOneOwner } from './intent/weights-have-one-owner.ts';
import { anyObjectRules } from './manifest/any-object/rules.ts';
import { conflictsRules } from './manifest/conflicts/rules.ts';
import { destinationRuleRules } from './manifest/destination-rule/rules.ts';
import { gatewayRules } from './manifest/gateway/rules.ts';
import { hazardsRules } from './manifest/hazards/rules.ts';
import { reachabilityRules } from './manifest/reachability/rules.ts';
import { referencesRules } from './manifest/references/rules.ts';
import { securityRules } from './manifest/security/rules.ts';
import { serviceEntryRules } from './manifest/service-entry/rules.ts';
import { sidecarRules } from './manifest/sidecar/rules.ts';
import { virtualServiceRules } from './manifest/virtual-service/rules.ts';
import type { ManifestRule } from './manifest-rule.ts';
import { rolloutRules } from './rollout/rules.ts';
import type { Rule } from './rule.ts';
import type { IntentSubject } from './subjects.ts';

/** What holds for intents whatever they are for, so of the phases of a change as well. */
export const phaseRules: readonly Rule<IntentSubject>[] = [
  noOverlappingExposures,
  pinsNotOverruled,
  joinedExposureHosts,
  claimsReachAGateway,
  pinInForce,
  stickyOnHttp,
  stickyReachesAGateway,
  stickyInMesh,
  cookieOfItsOwn,
  cookiesApart,
  portsKeepHostPolicy,
  tlsClientsUseOneName,
  weightsHaveOneOwner,
  twoVersionsToShiftBetween,
];

/** What holds for what people write, beyond the schema and the links that resolution makes. */
export const intentRules: readonly Rule<IntentSubject>[] = [...phaseRules, ...rolloutRules];

/** Families whose rules about one object ask nothing of the others. */
const ownRules: readonly ManifestRule[] = [
  ...anyObjectRules,
  ...virtualServiceRules,
  ...destinationRuleRules,
  ...gatewayRules,
  ...serviceEntryRules,
  ...sidecarRules,
  ...securityRules,
];

/** What holds for manifests, rendered and hand-written: each by itself, then among each other. Every folder lists its own rules. */
export const manifestRules: readonly ManifestRule[] = [
  ...ownRules,
  ...referencesRules,
  ...conflictsRules,
  ...reachabilityRules,
  ...hazardsRules,
];

/** Those of them whose answer for one object stays true when others could not be read. */
export const objectRules: readonly ManifestRule[] = ownRules.filter(({ byObject }) => byObject?.sees === 'itself');

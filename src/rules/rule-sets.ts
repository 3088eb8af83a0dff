import { claimsReachAGateway } from './intent/claims-reach-a-gateway.ts';
import { joinedExposureHosts } from './intent/joined-exposure-hosts.ts';
import { noOverlappingExposures } from './intent/no-overlapping-exposures.ts';
import { pinInForce } from './intent/pin-in-force.ts';
import { pinsNotOverruled } from './intent/pins-not-overruled.ts';
import { knownSubset } from './manifest/known-subset.ts';
import { oneAuthoritySource } from './manifest/one-authority-source.ts';
import { oneDestinationRulePerHost } from './manifest/one-destination-rule-per-host.ts';
import { oneVirtualServicePerMeshHost } from './manifest/one-virtual-service-per-mesh-host.ts';
import { tunnelOrProxyProtocol } from './manifest/tunnel-or-proxy-protocol.ts';
import { virtualServiceHasRoutes } from './manifest/virtual-service-has-routes.ts';
import type { Rule } from './rule.ts';
import type { IntentSubject, ManifestSubject } from './subjects.ts';

/** What holds for what people write, beyond the schema and the links that resolution makes. */
export const intentRules: readonly Rule<IntentSubject>[] = [
  noOverlappingExposures,
  pinsNotOverruled,
  joinedExposureHosts,
  claimsReachAGateway,
  pinInForce,
];

/** What holds among the manifests of one environment, hand-written ones included. */
export const manifestRules: readonly Rule<ManifestSubject>[] = [
  knownSubset,
  oneVirtualServicePerMeshHost,
  oneDestinationRulePerHost,
  oneAuthoritySource,
  tunnelOrProxyProtocol,
  virtualServiceHasRoutes,
];

import type { ManifestRule } from '../../manifest-rule.ts';
import { configMapInOwnNamespace } from './config-map-in-own-namespace.ts';
import { credentialOrFiles } from './credential-or-files.ts';
import { distributeOrFailover } from './distribute-or-failover.ts';
import { failoverDetectsOutliers } from './failover-detects-outliers.ts';
import { failoverElsewhere } from './failover-elsewhere.ts';
import { localitiesApart } from './localities-apart.ts';
import { localitySharesSumTo100 } from './locality-shares-sum-to-100.ts';
import { mutualTlsHasCertificate } from './mutual-tls-has-certificate.ts';
import { oneLocalitySetting } from './one-locality-setting.ts';
import { onePolicyPerPort } from './one-policy-per-port.ts';
import { oneRingSize } from './one-ring-size.ts';
import { policySaysSomething } from './policy-says-something.ts';
import { primeTableSize } from './prime-table-size.ts';
import { regionsByFailover } from './regions-by-failover.ts';
import { selectorHasLabels } from './selector-has-labels.ts';
import { splitLocalErrors } from './split-local-errors.ts';
import { tunnelOrProxyProtocol } from './tunnel-or-proxy-protocol.ts';
import { uniqueCookieAttributes } from './unique-cookie-attributes.ts';
import { uniqueSubsetNames } from './unique-subset-names.ts';
import { unverifiedWithoutAuthorities } from './unverified-without-authorities.ts';
import { upgradeOrClientProtocol } from './upgrade-or-client-protocol.ts';

/** One DestinationRule by itself (Istio: pkg/config/validation/validation.go ValidateDestinationRule). */
export const destinationRuleRules: readonly ManifestRule[] = [
  uniqueSubsetNames,
  policySaysSomething,
  onePolicyPerPort,
  tunnelOrProxyProtocol,
  splitLocalErrors,
  upgradeOrClientProtocol,
  uniqueCookieAttributes,
  oneRingSize,
  primeTableSize,
  oneLocalitySetting,
  distributeOrFailover,
  regionsByFailover,
  localitySharesSumTo100,
  localitiesApart,
  failoverElsewhere,
  failoverDetectsOutliers,
  configMapInOwnNamespace,
  unverifiedWithoutAuthorities,
  credentialOrFiles,
  mutualTlsHasCertificate,
  selectorHasLabels,
];

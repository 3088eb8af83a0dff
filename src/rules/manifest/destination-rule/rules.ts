import type { ManifestRule } from '../../manifest-rule.ts';
import { tunnelOrProxyProtocol } from './tunnel-or-proxy-protocol.ts';

/** One DestinationRule by itself (Istio: pkg/config/validation/validation.go ValidateDestinationRule). */
export const destinationRuleRules: readonly ManifestRule[] = [tunnelOrProxyProtocol];
